"""A table that came in, given back with remarks at its cells and a list of them behind it.

Every cell stands where it stood. The workbook is written row by row, so that its length costs no
memory; comments do, for which reason the first ones only are written and the list names all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import IO, Literal

from openpyxl import Workbook
from openpyxl.cell.cell import ERROR_CODES, Cell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.hyperlink import Hyperlink

from core.spreadsheets.grid import Grid
from core.spreadsheets.headings import column_index
from core.spreadsheets.safe import Value, clean_text, set_value, write_row
from core.spreadsheets.table import Column, add_sheet, write_header

Tone = Literal["error", "warning"]
MOST_COMMENTS = 5_000
# Spreadsheet programs take no more links in a sheet, and no more rows.
MOST_LINKS = 60_000
MOST_LINES = 1_000_000
# The reader looks for headings above this row: no line of the list is taken for them.
LIST_HEADER_ROW = 11
_LONGEST_COMMENT = 2_000
_NO_VALUE = "#N/A"
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_FILLS: dict[Tone, PatternFill] = {
    "error": PatternFill("solid", fgColor="FBD5D0"),
    "warning": PatternFill("solid", fgColor="FFF0C2"),
}
_TEXT_FORMAT = "@"
_BOLD = Font(bold=True)
_LINK = Font(underline="single", color="0B5CAD")


@dataclass(frozen=True, slots=True)
class Remark:
    """``row`` from 1, ``column`` from 0."""

    row: int
    column: int
    tone: Tone
    text: str


@dataclass(frozen=True, slots=True)
class ListLine:
    """``address`` of the cell it is about, if it has one, which its column ``link`` leads to."""

    address: str
    values: Sequence[Value]


@dataclass(frozen=True, slots=True)
class RemarkList:
    """The sheet behind the table: sentences above (eight at most), then the lines; ``link``: the
    column, from 0, that leads to the cell. ``author`` signs the comments."""

    title: str
    author: str
    sentences: Sequence[str]
    columns: Sequence[Column]
    link: int
    lines: Iterable[ListLine]


def write_marked(
    target: IO[bytes],
    grid: Grid,
    remarks: Iterable[Remark],
    listing: RemarkList,
    widths: Sequence[float],
) -> None:
    """Write the rows of ``grid`` as text, with ``remarks``, which come in the order of their rows.

    Formulas are not written: their last value stands in the cell, and an error where there was
    none, so that no cell is empty that was not. Merged cells stay merged.
    """
    book = Workbook(write_only=True)
    sheet = add_sheet(book, grid.sheet, widths)
    for number in range(1, len(widths) + 1):
        dimensions = sheet.column_dimensions  # type: ignore[attr-defined]  # not in the stubs
        dimensions[get_column_letter(number)].number_format = _TEXT_FORMAT
    sheet.freeze_panes = f"A{grid.header_row + 1}"
    pen = _Pen(sheet, grid, listing.author)
    written = 0
    for number, cells, here in _joined(_lines(grid), remarks):
        for _gap in range(number - written - 1):
            sheet.append([])
        sheet.append(pen.row(number, cells, here))
        written = number
    for area in grid.merged:
        sheet.merged_cells.add(area)  # type: ignore[attr-defined]  # not in the stubs
    _write_list(book, sheet.title, listing)
    book.save(target)


class _Pen:
    """Makes cells: text, odd ones, marked ones. A format costs little when it is made once."""

    def __init__(self, sheet: WriteOnlyWorksheet, grid: Grid, author: str) -> None:
        self._sheet, self._author = sheet, author
        self._odd = _odd(grid)
        self._beside = _by_row(grid.stray)
        self._header = grid.header_row
        self._comments = 0
        plain = Cell(sheet, row=1, column=1)
        plain.number_format = _TEXT_FORMAT
        self._plain = _style_of(plain)
        self._marked = {tone: self._format(fill) for tone, fill in _FILLS.items()}

    def _format(self, fill: PatternFill) -> StyleArray:
        cell = Cell(self._sheet, row=1, column=1, style_array=self._plain)
        cell.fill = fill
        return _style_of(cell)

    def row(
        self, number: int, texts: Sequence[str], remarks: Sequence[Remark]
    ) -> list[Cell | None]:
        by_column: dict[int, list[Remark]] = defaultdict(list)
        for remark in remarks:
            by_column[remark.column].append(remark)
        odd, beside = self._odd.get(number, {}), self._beside.get(number, {})
        width = max(len(texts), *(place + 1 for place in (*by_column, *odd, *beside)), 0)
        cells = []
        for place in range(width):
            text = texts[place] if place < len(texts) else beside.get(place, "")
            error = odd.get(place, "") if place in odd and not text else ""
            cells.append(self._cell(number, text, error, by_column.get(place, ())))
        return cells

    def _cell(self, number: int, text: str, error: str, here: Sequence[Remark]) -> Cell | None:
        if not text and not error and not here:
            return None
        style = self._marked[_gravest(here)] if here else self._plain
        cell = Cell(self._sheet, row=1, column=1, style_array=style)
        if error:
            cell.value, cell.data_type = error, "e"
        else:
            set_value(cell, text)
        if number == self._header:
            cell.font = _BOLD
        if here and self._comments < MOST_COMMENTS:
            self._comments += 1
            words = "\n\n".join(dict.fromkeys(remark.text for remark in here))
            cell.comment = Comment(
                clean_text(words)[:_LONGEST_COMMENT], self._author, height=130, width=320
            )
        return cell


def _style_of(cell: Cell) -> StyleArray:
    style: StyleArray = cell._style  # type: ignore[attr-defined]  # not in the stubs
    return style


def _gravest(remarks: Sequence[Remark]) -> Tone:
    return "error" if any(remark.tone == "error" for remark in remarks) else "warning"


def _lines(grid: Grid) -> Iterator[tuple[int, Sequence[str]]]:
    yield from enumerate(grid.above, start=1)
    yield grid.header_row, grid.header
    yield from grid.rows


def _joined(
    lines: Iterable[tuple[int, Sequence[str]]], remarks: Iterable[Remark]
) -> Iterator[tuple[int, Sequence[str], list[Remark]]]:
    """Rows with their remarks; a row may have remarks and no content."""
    groups = groupby(remarks, key=lambda remark: remark.row)
    waiting = next(groups, None)
    for number, cells in lines:
        while waiting is not None and waiting[0] < number:
            yield waiting[0], (), list(waiting[1])
            waiting = next(groups, None)
        if waiting is not None and waiting[0] == number:
            yield number, cells, list(waiting[1])
            waiting = next(groups, None)
        else:
            yield number, cells, []
    while waiting is not None:
        yield waiting[0], (), list(waiting[1])
        waiting = next(groups, None)


def _odd(grid: Grid) -> dict[int, dict[int, str]]:
    """The error code for each cell with a formula or an error."""
    formulas = dict.fromkeys(grid.formulas, _NO_VALUE)
    errors = {
        place: code if code in ERROR_CODES else _NO_VALUE for place, code in grid.errors.items()
    }
    return _by_row(formulas | errors)


def _by_row(cells: dict[str, str]) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for address, text in cells.items():
        match = _ADDRESS.fullmatch(address)
        if match is not None:
            found[int(match[2])][column_index(match[1])] = text
    return found


def _write_list(book: Workbook, about: str, listing: RemarkList) -> None:
    sheet = add_sheet(book, listing.title, [column.width for column in listing.columns])
    sheet.freeze_panes = f"A{LIST_HEADER_ROW + 1}"
    for sentence in listing.sentences:
        write_row(sheet, [sentence])
    for _gap in range(LIST_HEADER_ROW - 1 - len(listing.sentences)):
        sheet.append([])
    write_header(sheet, [column.title for column in listing.columns])
    place = "'" + about.replace("'", "''") + "'"
    for count, line in enumerate(listing.lines):
        if count == MOST_LINES:
            write_row(sheet, ["…"])
            break
        if line.address and count < MOST_LINKS:
            sheet.append(_linked(sheet, line, listing.link, f"{place}!{line.address}"))
        else:
            write_row(sheet, line.values)


def _linked(sheet: WriteOnlyWorksheet, line: ListLine, link: int, target: str) -> list[Cell]:
    cells = []
    for number, value in enumerate(line.values):
        cell = Cell(sheet, row=1, column=1)
        set_value(cell, value)
        if number == link:
            cell.hyperlink = Hyperlink(ref="A1", location=target)
            cell.font = _LINK
        cells.append(cell)
    return cells
