"""Exports: one table as a workbook that is pleasant to open, or as CSV, row by row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from core.spreadsheets.safe import Value, safe_text, set_value, write_row

_HEADER_FONT = Font(bold=True, color="FFFFFF")
_HEADER_FILL = PatternFill("solid", fgColor="1F3A5F")
_HEADER_ALIGNMENT = Alignment(vertical="center", wrap_text=True)
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TITLE = 31
_NOTE_WIDTHS = (28, 80)
_LINES_PER_CHUNK = 500
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` in characters, as Excel counts them."""

    title: str
    width: float = 18


@dataclass(frozen=True, slots=True)
class Notes:
    """What the reader of an export should know: filters, date, who made it. A sheet of its own."""

    title: str
    lines: Sequence[tuple[str, Value]]


def write_table(
    target: Path | IO[bytes],
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    *,
    notes: Notes | None = None,
) -> int:
    """Write an .xlsx with a styled, frozen, filterable header row; the number of rows written.

    Rows are streamed to disk one by one, so ``rows`` may be a generator over any number of them.
    """
    book = Workbook(write_only=True)
    sheet = add_sheet(book, title, [column.width for column in columns])
    sheet.freeze_panes = "A2"
    write_header(sheet, [column.title for column in columns])
    count = 0
    for row in rows:
        write_row(sheet, row)
        count += 1
    if columns:
        reach = f"A1:{get_column_letter(len(columns))}{count + 1}"
        sheet.auto_filter.ref = reach  # type: ignore[attr-defined]  # not in the stubs
    if notes is not None:
        _write_notes(book, notes)
    book.save(target)
    return count


def csv_chunks(columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """The table as CSV in pieces: UTF-8 with byte order mark, as Excel needs it for Chinese."""
    yield BYTE_ORDER_MARK
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([safe_text(column.title) for column in columns])
    for number, row in enumerate(rows, start=1):
        writer.writerow([_plain(value) for value in row])
        if number % _LINES_PER_CHUNK == 0:
            yield _drained(buffer)
    yield _drained(buffer)


def sheet_title(title: str) -> str:
    """``title`` as Excel allows it for a sheet: 31 characters, some signs replaced."""
    return _NOT_IN_TITLES.sub(" ", title).strip().strip("'")[:_LONGEST_TITLE] or "Sheet"


def add_sheet(book: Workbook, title: str, widths: Sequence[float]) -> WriteOnlyWorksheet:
    sheet: WriteOnlyWorksheet = book.create_sheet(sheet_title(title))
    for number, width in enumerate(widths, start=1):
        dimensions = sheet.column_dimensions  # type: ignore[attr-defined]  # not in the stubs
        dimensions[get_column_letter(number)].width = width
    return sheet


def write_header(sheet: WriteOnlyWorksheet, titles: Sequence[str]) -> None:
    sheet.append([_header_cell(sheet, title) for title in titles])


def _header_cell(sheet: WriteOnlyWorksheet, title: str) -> Cell:
    cell = Cell(sheet, row=1, column=1)
    set_value(cell, title)
    cell.font = _HEADER_FONT
    cell.fill = _HEADER_FILL
    cell.alignment = _HEADER_ALIGNMENT
    return cell


def _write_notes(book: Workbook, notes: Notes) -> None:
    sheet = add_sheet(book, notes.title, _NOTE_WIDTHS)
    for line in notes.lines:
        write_row(sheet, line)


def _plain(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return safe_text(value)
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date) else str(value)


def _drained(buffer: io.StringIO) -> bytes:
    data = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return data
