"""A list that says which file belongs to which supplier: two columns, CSV or xlsx."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

MAX_ROWS = 100_000


class MappingError(Exception):
    """The list cannot be used; the text names the file, the row and what to do."""


def read_mapping(path: Path) -> dict[str, str]:
    """File name to supplier code. A first row without a code that names a workbook is a heading."""
    try:
        rows = list(_rows(path))
    except (OSError, UnicodeDecodeError, csv.Error, CalamineError) as error:
        raise MappingError(f"{path.name} cannot be read as CSV (UTF-8) or xlsx: {error}.") from None
    found: dict[str, str] = {}
    for number, (name, code) in enumerate(rows, start=1):
        if number == 1 and "." not in name:
            continue
        if not name or not code:
            raise MappingError(
                f"{path.name}, row {number}: file name and supplier code are needed."
            )
        found[name] = code
    return found


def _rows(path: Path) -> Iterable[tuple[str, str]]:
    if path.suffix.lower() == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows: list[list[object]] = [list(row) for row in csv.reader(stream)]
    else:
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
        rows = [list(row) for row in sheet.to_python(nrows=MAX_ROWS)]
    for row in rows:
        cells = [_text(cell) for cell in (*row, "", "")[:2]]
        if any(cells):
            yield cells[0], cells[1]


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
