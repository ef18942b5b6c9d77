"""A table given back with remarks: everything at its place, nothing that could run."""

from __future__ import annotations

import io
import tempfile
import tracemalloc
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook, load_workbook

from core.spreadsheets.grid import Grid
from core.spreadsheets.marked import (
    LIST_HEADER_ROW,
    MOST_COMMENTS,
    ListLine,
    Remark,
    RemarkList,
    write_marked,
)
from core.spreadsheets.table import Column


def written(grid: Grid, remarks: Iterable[Remark], lines: Sequence[ListLine] = ()) -> Workbook:
    target = io.BytesIO()
    listing = RemarkList("Problems", "Portal", ["a.xlsx"], [Column("Cell")], 0, lines)
    write_marked(target, grid, remarks, listing, [20.0, 20.0])
    target.seek(0)
    return load_workbook(target)


def values(book: Workbook) -> list[tuple[Any, ...]]:
    return [tuple(cell.value for cell in row) for row in book.worksheets[0].iter_rows()]


def test_every_cell_keeps_its_place() -> None:
    grid = Grid("Data", 3, ["code", "name"], above=[["Our list"], []])
    grid.rows = [(5, ["A", "One"]), (7, ["", "Two"])]
    grid.stray, grid.merged = {"D7": "beside"}, ["A7:B7"]
    remarks = [Remark(5, 1, "warning", "odd"), Remark(9, 0, "error", "empty row")]
    book = written(grid, remarks, [ListLine("B5", ["B5"]), ListLine("", ["whole"])])
    sheet, listing = book.worksheets
    assert (sheet["A1"].value, sheet["A3"].value, sheet["B5"].value) == ("Our list", "code", "One")
    assert (sheet["B7"].value, sheet["D7"].value) == (None, "beside")
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A7:B7"]
    assert sheet["B5"].comment is not None
    assert sheet["B5"].comment.text == "odd"
    assert sheet["A9"].comment is not None
    colours = {sheet[place].fill.fgColor.rgb for place in ("A5", "B5", "A9")}
    assert len(colours) == 3
    assert listing.cell(LIST_HEADER_ROW, 1).value == "Cell"
    link = listing.cell(LIST_HEADER_ROW + 1, 1).hyperlink
    assert link is not None
    assert link.location == "'Data'!B5"
    assert listing.cell(LIST_HEADER_ROW + 2, 1).hyperlink is None


def test_nothing_that_is_written_can_run() -> None:
    grid = Grid("Data", 1, ["code", "name"])
    grid.rows = [(2, ["=1+1", "@SUM(A1)"]), (3, ["-1", "9"]), (4, ["", ""])]
    grid.formulas = {"B3": "=HYPERLINK(A1)", "A4": "=B4"}
    grid.errors = {"B4": "#DIV/0!"}
    remark = Remark(3, 1, "error", "=cmd|' /C calc'!A1")
    sheet = written(grid, [remark], [ListLine("A2", ["=1+1"])]).worksheets[0]
    types = [[cell.data_type for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert types == [["s", "s"], ["s", "s"], ["e", "e"]]
    assert sheet["A2"].quotePrefix
    # The last value of a formula stays; without one nobody may take the cell for empty.
    assert [sheet[place].value for place in ("B3", "A4", "B4")] == ["9", "#N/A", "#DIV/0!"]


def test_length_costs_no_memory() -> None:
    """Comments alone are kept until the end, and only so many are written."""
    peaks = [peak_of(rows) for rows in (MOST_COMMENTS + 100, 2 * MOST_COMMENTS)]
    assert peaks[1] < peaks[0] * 1.2


def peak_of(rows: int) -> int:
    shared = ["text"] * 2
    grid = Grid("Data", 1, ["a", "b"], rows=[(number, shared) for number in range(2, rows + 2)])
    remarks = (Remark(number, 1, "error", "wrong") for number, _ in grid.rows)
    listing = RemarkList("Problems", "Portal", [], [Column("Cell")], 0, ())
    with tempfile.TemporaryFile() as target:
        tracemalloc.start()
        write_marked(target, grid, remarks, listing, [18.0] * 2)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        book = zipfile.ZipFile(target)
        assert book.read("xl/comments/comment1.xml").count(b"<comment ") == MOST_COMMENTS
        coloured = book.read("xl/worksheets/sheet1.xml").split(f'r="B{rows + 1}"'.encode())[1]
        plain = book.read("xl/worksheets/sheet1.xml").split(f'r="A{rows + 1}"'.encode())[1]
        assert coloured[:6] != plain[:6]
    return peak
