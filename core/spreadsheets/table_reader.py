"""Finds and reads the one table of a file. Runs in a process of its own (``table_child``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import python_calamine

from core.spreadsheets.cell_text import cell_text
from core.spreadsheets.csv_text import (
    BrokenCsv,
    UnknownEncoding,
    csv_rows,
    decode,
    separator_of,
)
from core.spreadsheets.grid import Grid, TableKind, TableLimits, UnreadableTable
from core.spreadsheets.headings import column_letters, heading_key
from core.spreadsheets.odd_cells import MOST_NAMED, OddCells, odd_cells
from core.spreadsheets.spreadsheet_xml import XmlSheet, read_sheets
from core.spreadsheets.workbook_parts import read_parts
from core.uploads.contract import UploadRejected
from core.uploads.zips import DamagedPart, PartTooLarge, inflate

Words = Mapping[str, str]
FIRST_ROWS = 10
_PART_BYTES = 512 * 1024 * 1024
_BROKEN = (
    python_calamine.CalamineError,
    python_calamine.ZipError,
    python_calamine.XmlError,
)


def read_table(path: Path, kind: TableKind, known: Words, limits: TableLimits) -> Grid:
    """The first sheet that has a row of known headings among its first ten.

    ``known``: headings as ``heading_key`` gives them, to the code of their column. Without any,
    the first row with two texts is taken for the headings. Raises UnreadableTable.
    """
    if kind == "csv":
        return _read_csv(path, known, limits)
    if kind == "xml":
        return _read_xml(path, known, limits)
    book = _open(path)
    odd = _look_over(path, limits)
    found: Grid | None = None
    filled = False
    for meta in book.sheets_metadata:
        if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        _require_near(meta.name, odd.get(meta.name), limits)
        sheet = book.get_sheet_by_name(meta.name)
        filled = filled or sheet.start is not None
        # One row more than allowed tells that there are too many.
        values = sheet.to_python(skip_empty_area=False, nrows=limits.rows + FIRST_ROWS + 1)
        header = _header_row(values, known)
        if header is None:
            continue
        if found is not None:
            found.other_sheets.append(meta.name)
            continue
        found = _grid(meta.name, values, header, limits)
        _add_odd(found, odd.get(meta.name), sheet.merged_cell_ranges or [])
    if found is None:
        raise UnreadableTable("header_missing" if filled else "empty_sheet")
    return found


def _open(path: Path) -> python_calamine.CalamineWorkbook:
    try:
        return python_calamine.CalamineWorkbook.from_path(str(path))
    except python_calamine.PasswordError as error:
        raise UnreadableTable("encrypted_workbook") from error
    except _BROKEN as error:
        raise UnreadableTable("damaged_archive") from error


def _look_over(path: Path, limits: TableLimits) -> dict[str, OddCells]:
    try:
        with path.open("rb") as handle:
            sheets = read_parts(path, handle).sheets
            return {
                name: odd_cells(inflate(info, handle, _PART_BYTES)) for name, info in sheets.items()
            }
    except PartTooLarge as error:
        raise UnreadableTable("table_too_large") from error
    except (DamagedPart, UploadRejected) as error:
        raise UnreadableTable("damaged_archive") from error


def _require_near(name: str, odd: OddCells | None, limits: TableLimits) -> None:
    if odd is None or not odd.far:
        return
    if odd.rows > limits.rows + FIRST_ROWS:
        raise UnreadableTable("too_many_rows", {"count": str(odd.rows), "limit": str(limits.rows)})
    raise UnreadableTable("cell_far_out", {"sheet": name, "cell": odd.far})


def _header_row(values: Sequence[Sequence[Any]], known: Words) -> int | None:
    """Of the first rows the one with most known headings, of at least two columns; its index."""
    if not known:
        full = (sum(bool(cell) for cell in row) >= 2 for row in values[:FIRST_ROWS])
        return next((index for index, enough in enumerate(full) if enough), None)
    counts = [
        len({known.get(heading_key(cell)) for cell in row if type(cell) is str and cell} - {None})
        for row in values[:FIRST_ROWS]
    ]
    best = max(counts, default=0)
    return counts.index(best) if best >= 2 else None


def _grid(
    name: str, values: Sequence[Sequence[Any]], header_index: int, limits: TableLimits
) -> Grid:
    header = [cell_text(cell).strip() for cell in values[header_index]]
    while header and not header[-1]:
        header.pop()
    above = [[cell_text(cell) for cell in row] for row in values[:header_index]]
    grid = Grid(name, header_index + 1, header, above=above)
    width, characters = len(header), 0
    for number, row in enumerate(values[header_index + 1 :], start=header_index + 2):
        # A lone zero or “no” is content too.
        if not any(row) and all(type(cell) is str for cell in row):
            continue
        if len(row) > width and any(row[width:]) and len(grid.stray) < MOST_NAMED:
            beside = _beside(number, row, width)
            characters += sum(map(len, beside.values()))
            grid.stray |= beside
        cells = [cell if type(cell) is str else cell_text(cell) for cell in row[:width]]
        characters += sum(map(len, cells))
        if characters > limits.characters:
            raise UnreadableTable("table_too_large")
        grid.rows.append((number, cells))
    if len(grid.rows) > limits.rows:
        params = {"count": str(len(grid.rows)), "limit": str(limits.rows)}
        raise UnreadableTable("too_many_rows", params)
    return grid


def _beside(number: int, row: Sequence[Any], width: int) -> dict[str, str]:
    return {
        f"{column_letters(place)}{number}": cell_text(cell)
        for place, cell in enumerate(row)
        if place >= width and cell
    }


def _add_odd(grid: Grid, odd: OddCells | None, merged: Sequence[Any]) -> None:
    if odd is not None:
        grid.formulas, grid.errors = odd.formulas, odd.errors
    for (top, left), (bottom, right) in merged:
        # A title above the table may be merged.
        if bottom + 1 >= grid.header_row:
            area = f"{column_letters(left)}{top + 1}:{column_letters(right)}{bottom + 1}"
            grid.merged.append(area)


def _read_csv(path: Path, known: Words, limits: TableLimits) -> Grid:
    try:
        text, encoding = decode(path.read_bytes())
    except UnknownEncoding as error:
        raise UnreadableTable("encoding_unknown") from error
    values: list[list[str]] = []
    try:
        for row in csv_rows(text, separator_of(text)):
            values.append(row)
            if len(values) > limits.rows + FIRST_ROWS:
                break
    except BrokenCsv as error:
        raise UnreadableTable("csv_broken", {"row": str(error.row)}) from error
    if not any(any(row) for row in values):
        raise UnreadableTable("empty_sheet")
    header = _header_row(values, known)
    if header is None:
        raise UnreadableTable("header_missing")
    width = len(values[header])
    padded = [row + [""] * (width - len(row)) for row in values]
    grid = _grid("CSV", padded, header, limits)
    grid.encoding = encoding
    return grid


def _read_xml(path: Path, known: Words, limits: TableLimits) -> Grid:
    """SpreadsheetML 2003. Rows that the file leaves out are empty ones."""
    most = limits.rows + FIRST_ROWS
    sheets = read_sheets(path, most_rows=most, most_characters=limits.characters)
    found: Grid | None = None
    for sheet in sheets:
        values = _whole(sheet, most)
        header = _header_row(values, known)
        if header is None:
            continue
        if found is None:
            found = _grid(sheet.name, values, header, limits)
        else:
            found.other_sheets.append(sheet.name)
    if found is None:
        filled = any(sheet.rows for sheet in sheets)
        raise UnreadableTable("header_missing" if filled else "empty_sheet")
    return found


def _whole(sheet: XmlSheet, most: int) -> list[list[str]]:
    last = max((number for number, _cells in sheet.rows), default=0)
    if last > most:
        raise UnreadableTable("too_many_rows", {"count": str(last), "limit": str(most)})
    width = max((len(cells) for _number, cells in sheet.rows), default=0)
    values = [[""] * width for _row in range(last)]
    for number, cells in sheet.rows:
        values[number - 1] = cells + [""] * (width - len(cells))
    return values
