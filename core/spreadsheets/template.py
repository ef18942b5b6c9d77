"""Workbooks to be filled in: headings with notes, drop-downs, and a sheet that explains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from core.spreadsheets.safe import set_value
from core.spreadsheets.table import sheet_title

ROWS = 5_000
_TEXT_FORMAT = "@"
_HEADER_FONT = Font(bold=True, color="FFFFFF")
_REQUIRED_FILL = PatternFill("solid", fgColor="1F3A5F")
_OPTIONAL_FILL = PatternFill("solid", fgColor="5B7290")
_EXAMPLE_FILL = PatternFill("solid", fgColor="EAF0F6")
_WRAP = Alignment(vertical="top", wrap_text=True)
_CENTRE = Alignment(vertical="center", wrap_text=True)
_LINE = Border(bottom=Side(style="thin", color="D5DCE4"))
_LISTS = "Lists"


@dataclass(frozen=True, slots=True)
class FillColumn:
    """``options``: what the drop-down offers; ``many``: several may be typed, so that other
    texts are not refused; ``facts``: its line on the sheet that explains."""

    heading: str
    note: str
    width: float = 18
    required: bool = False
    options: Sequence[str] = ()
    many: bool = False
    number_format: str = _TEXT_FORMAT
    facts: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Guide:
    """The sheet that explains: a title, sentences, a table with a line for each column."""

    title: str
    heading: str
    sentences: Sequence[str]
    headings: Sequence[str]
    wrong: str
    widths: Sequence[float] = field(default=(26, 18, 12, 60, 28))


def write_template(
    target: Path | IO[bytes], title: str, columns: Sequence[FillColumn], guide: Guide
) -> None:
    """Write the workbook. The headings stand in the first row of the first sheet."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = sheet_title(title)
    sheet.freeze_panes = "A2"
    sheet.row_dimensions[1].height = 32
    for number, column in enumerate(columns, start=1):
        _head(sheet, number, column)
    _write_guide(book, columns, guide)
    _add_lists(book, sheet, columns, guide)
    book.save(target)


def _head(sheet: Worksheet, number: int, column: FillColumn) -> None:
    cell = cast(Cell, sheet.cell(row=1, column=number))
    set_value(cell, f"{column.heading} *" if column.required else column.heading)
    cell.font, cell.alignment = _HEADER_FONT, _CENTRE
    cell.fill = _REQUIRED_FILL if column.required else _OPTIONAL_FILL
    note = Comment(column.note, column.heading, height=110, width=300)
    cell.comment = note
    dimension = sheet.column_dimensions[get_column_letter(number)]
    dimension.width = column.width
    # Text cells keep leading zeros of codes and all digits of long numbers.
    dimension.number_format = column.number_format


def _add_lists(
    book: Workbook, sheet: Worksheet, columns: Sequence[FillColumn], guide: Guide
) -> None:
    lists = book.create_sheet(_LISTS)
    lists.sheet_state = "hidden"
    for number, column in enumerate(columns, start=1):
        if not column.options:
            continue
        letter = get_column_letter(number)
        for row, option in enumerate(column.options, start=1):
            set_value(lists.cell(row=row, column=number), option)
        choice = DataValidation(
            type="list",
            formula1=f"{_LISTS}!${letter}$1:${letter}${len(column.options)}",
            allow_blank=True,
            showErrorMessage=not column.many,
            errorTitle=column.heading[:32],
            error=guide.wrong[:225],
        )
        choice.add(f"{letter}2:{letter}{ROWS + 1}")
        sheet.add_data_validation(choice)


def _write_guide(book: Workbook, columns: Sequence[FillColumn], guide: Guide) -> None:
    sheet = book.create_sheet(sheet_title(guide.title))
    sheet.sheet_view.showGridLines = False
    for number, width in enumerate(guide.widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    set_value(sheet.cell(row=1, column=1), guide.heading)
    sheet.cell(row=1, column=1).font = Font(bold=True, size=14)
    row = 2
    for sentence in guide.sentences:
        row += 1
        set_value(sheet.cell(row=row, column=1), sentence)
    row += 2
    for number, heading in enumerate(guide.headings, start=1):
        cell = sheet.cell(row=row, column=number)
        set_value(cell, heading)
        cell.font, cell.fill, cell.alignment = _HEADER_FONT, _REQUIRED_FILL, _CENTRE
    for column in columns:
        row += 1
        for number, fact in enumerate(column.facts, start=1):
            cell = sheet.cell(row=row, column=number)
            set_value(cell, fact)
            cell.alignment, cell.border = _WRAP, _LINE
        # The example is marked, so that nobody takes it for a value.
        cell = sheet.cell(row=row, column=len(column.facts))
        cell.fill, cell.font = _EXAMPLE_FILL, Font(italic=True, color="5B7290")
