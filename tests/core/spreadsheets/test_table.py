"""Exports as workbook and CSV, reopened."""

from __future__ import annotations

import csv
import io
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column, Notes, csv_chunks, sheet_title, write_table

COLUMNS = [Column("Supplier", 30), Column("=Verdict"), Column("On", 12)]
ROWS: list[list[Value]] = [["亮锡 Co.", "-open", date(2026, 3, 1)], ["B", None, None]]


def test_workbook_has_header_filter_and_notes(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    notes = Notes("Filters", [("Family", "CMRT"), ("Search", "=cmd()")])
    assert write_table(path, "Declarations: all/2026", COLUMNS, ROWS, notes=notes) == 2
    book = load_workbook(path)
    assert book.sheetnames == ["Declarations  all 2026", "Filters"]
    sheet = book.worksheets[0]
    assert [[cell.value for cell in row][:2] for row in sheet.iter_rows()] == [
        ["Supplier", "=Verdict"],
        ["亮锡 Co.", "-open"],
        ["B", None],
    ]
    assert {cell.data_type for cell in sheet["B"][:2]} == {"s"}
    assert sheet["C2"].is_date
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:C3")
    assert sheet.column_dimensions["A"].width == 30
    assert sheet["A1"].font.b
    assert (book["Filters"]["B2"].data_type, book["Filters"]["B2"].value) == ("s", "=cmd()")


def test_empty_table_is_still_a_table() -> None:
    buffer = io.BytesIO()
    assert write_table(buffer, "T", COLUMNS, []) == 0
    assert load_workbook(buffer)["T"].auto_filter.ref == "A1:C1"


def test_csv_is_read_back_with_chinese() -> None:
    data = b"".join(csv_chunks(COLUMNS, ROWS))
    assert data.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig")))) == [
        ["Supplier", "'=Verdict", "On"],
        ["亮锡 Co.", "'-open", "2026-03-01"],
        ["B", "", ""],
    ]


def test_csv_comes_in_pieces() -> None:
    rows = ([f"S{number}", number, None] for number in range(1200))
    pieces = list(csv_chunks(COLUMNS, rows))
    assert [piece.count(b"\r\n") for piece in pieces] == [0, 501, 500, 200]


def test_rows_are_not_kept_in_memory(tmp_path: Path) -> None:
    tracemalloc.start()
    write_table(tmp_path / "t.xlsx", "T", COLUMNS, (["x" * 500, n, None] for n in range(3000)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000


@pytest.mark.parametrize(
    ("title", "expected"), [("a[b]:*?/\\c", "a b      c"), ("x" * 40, "x" * 31), ("  ", "Sheet")]
)
def test_sheet_titles(title: str, expected: str) -> None:
    assert sheet_title(title) == expected
