"""What goes into a correction workbook, and where in a workbook a remark points."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import east_asian_width

from minerals.excel.addresses import column_index, column_letters
from minerals.rules.judgement import Severity

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")
MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
RANK: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}


class CannotAnnotate(Exception):
    """The supplier's file cannot be given remarks; send the list alone (``findings_workbook``)."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment text for one cell, such as ``Smelter List!C9``, in the reader's language."""

    cell: str
    text: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One line of the first sheet. ``severity`` colours the line, ``severity_word`` is shown."""

    severity: Severity
    severity_word: str
    cell: str
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class CorrectionSheet:
    """The first sheet. All texts are already in the language of the file.

    ``name`` is the tab's name, ``headings`` are those of severity, cell, what was found and remedy,
    ``note`` says how to send the file back, ``author`` signs the comments.
    """

    name: str
    title: str
    headings: tuple[str, str, str, str]
    rows: tuple[CorrectionRow, ...]
    author: str
    intro: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A cell by zero-based row and column."""

    row: int
    column: int

    @property
    def address(self) -> str:
        return f"{column_letters(self.column)}{self.row + 1}"


def position(address: str) -> Position | None:
    """``D16`` (or the first cell of ``D16:E16``) as a position; None where it is no address."""
    match = _CELL.fullmatch(address.split(":", 1)[0].strip())
    if match is None:
        return None
    row = int(match[2])
    try:
        column = column_index(match[1].upper())
    except ValueError:
        return None
    return Position(row - 1, column) if row <= MAX_ROW else None


def split_reference(cell: str) -> tuple[str, Position] | None:
    """``Smelter List!C9`` or ``'Smelter List'!C9`` as sheet name and position, else None."""
    sheet, mark, address = cell.rpartition("!")
    place = position(address)
    if not mark or place is None:
        return None
    if len(sheet) > 1 and sheet.startswith("'") and sheet.endswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    return sheet, place


def quoted(sheet_name: str) -> str:
    """A sheet name as a reference needs it: ``'Smelter List'``."""
    return "'" + sheet_name.replace("'", "''") + "'"


def text_width(line: str) -> int:
    """Columns of a fixed-width font: Chinese, Japanese and Korean characters take two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in line)


def by_cell(remarks: Iterable[Remark]) -> dict[str, dict[Position, list[Remark]]]:
    """Remarks by sheet name in lower case (as spreadsheets compare names) and cell, gravest first.

    Remarks without a usable address are left out: they stand in the list only.
    """
    found: dict[str, dict[Position, list[Remark]]] = {}
    for remark in sorted(remarks, key=lambda item: RANK[item.severity]):
        reference = split_reference(remark.cell)
        if reference is not None:
            sheet, place = reference
            found.setdefault(sheet.casefold(), {}).setdefault(place, []).append(remark)
    return found
