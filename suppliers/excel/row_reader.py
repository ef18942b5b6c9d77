"""The first sheet of a workbook from outside, as text. Runs in a process of its own.

Started by ``suppliers.excel.assessment_form`` as ``python -m suppliers.excel.row_reader PATH``;
answers with JSON on standard output. No file can harm more than this process.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.parsers import expat

import python_calamine

# Stands in a cell that holds a formula: what it shows may differ from what the author saw.
FORMULA = "\ufffcformula"
MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 10
MAX_ROWS, MAX_COLUMNS, MAX_TEXT = 2000, 30, 33_000


def rows_of(path: Path) -> list[list[str]]:
    workbook = python_calamine.CalamineWorkbook.from_object(path.open("rb"))
    sheet = workbook.get_sheet_by_index(0)
    if sheet.total_height > MAX_ROWS * 50:
        raise ValueError("too many rows")
    found = sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS)
    rows = [[_text(value) for value in row[:MAX_COLUMNS]] for row in found]
    for row, column in _formulas(path):
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = FORMULA
    return rows


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.date | dt.datetime | dt.time | dt.timedelta):
        return str(value)
    return str(value).strip()[:MAX_TEXT]


def _formulas(path: Path) -> list[tuple[int, int]]:
    """Zero-based places of formulas on the first sheet of an .xlsx."""
    if not zipfile.is_zipfile(path):
        return []
    with zipfile.ZipFile(path) as archive:
        part = _first_sheet(archive)
        if part is None:
            return []
        found = _Formulas()
        with archive.open(part) as stream:
            found.parser.ParseFile(stream)
    return found.places


def _first_sheet(archive: zipfile.ZipFile) -> str | None:
    """Our own forms and Excel's name the sheets by number; the lowest is the first one."""
    names = [n for n in archive.namelist() if n.lower().startswith("xl/worksheets/sheet")]
    return min(names, key=lambda name: (len(name), name), default=None)


class _Formulas:
    def __init__(self) -> None:
        self.places: list[tuple[int, int]] = []
        self._cell = ""
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition("}")[2]
        if tag == "c":
            self._cell = attributes.get("r", "")
        elif tag == "f" and self._cell:
            self.places.extend(_place(self._cell))


def _place(address: str) -> Iterator[tuple[int, int]]:
    letters = address.rstrip("0123456789")
    digits = address[len(letters) :]
    if not digits or len(letters) > 3 or not letters.isascii() or not letters.isalpha():
        return
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    yield int(digits[:7]) - 1, column - 1


def main(path: Path) -> None:
    for kind, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
    ):
        try:
            resource.setrlimit(kind, (value, value))
        except (ValueError, OSError) as error:
            sys.stderr.write(f"limit {kind} not set: {error}\n")
    sys.stdout.write(json.dumps(rows_of(path)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
