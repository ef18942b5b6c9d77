"""The list of findings as a workbook of its own, for files that cannot be given remarks."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from minerals.excel.correction.list_sheet import WIDTHS, head_lines, row_height
from minerals.excel.correction.markup import printable
from minerals.excel.correction.records import CorrectionSheet
from minerals.excel.correction.workbook_part import legal_sheet_name

_SIDE = Side("thin", "FFCBD2D9")
_FRAME = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_COLOURS = {
    "header": ("FFFFFF", "1F3A5F"),
    "error": ("9B1C12", "FDECEA"),
    "warning": ("7A4D00", "FFF6DD"),
    "info": ("1D4E89", "EAF2FB"),
}


def write_findings_workbook(target: Path, sheet: CorrectionSheet) -> None:
    """Write ``sheet`` alone to ``target``; its cells are named but cannot be linked to."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    page: Worksheet = workbook.create_sheet(legal_sheet_name(sheet.name))
    page.sheet_view.showGridLines = False
    for letter, width in zip("ABCD", WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    header = _write_head(page, sheet) + 2
    for column, heading in enumerate(sheet.headings, start=1):
        _coloured(_write(page, header, column, heading), "header")
    for number, row in enumerate(sheet.rows, start=header + 1):
        page.row_dimensions[number].height = row_height(row)
        _coloured(_write(page, number, 1, row.severity_word), row.severity)
        for column, value in enumerate((row.cell, row.what, row.remedy), start=2):
            _write(page, number, column, value).border = _FRAME
    page.freeze_panes = f"A{header + 1}"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    workbook.save(target)


def _write_head(page: Worksheet, sheet: CorrectionSheet) -> int:
    lines = head_lines(sheet)
    for number, (name, line, height) in enumerate(lines, start=1):
        cell = _write(page, number, 1, line)
        cell.font = Font(size=16 if name == "title" else 10, bold=name != "intro")
        page.merge_cells(start_row=number, end_row=number, start_column=1, end_column=4)
        page.row_dimensions[number].height = height
    return len(lines)


def _write(page: Worksheet, row: int, column: int, value: str) -> Cell:
    cell: Cell = page.cell(row, column, printable(value))
    # Whatever it begins with, it is text: = would make a formula of it.
    cell.data_type = "s"
    cell.number_format = "@"
    cell.font = Font(size=10)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _coloured(cell: Cell, name: str) -> None:
    colour, fill = _COLOURS[name]
    cell.font = Font(size=10, bold=True, color=f"FF{colour}")
    cell.fill = PatternFill("solid", fgColor=f"FF{fill}")
    cell.border = _FRAME
