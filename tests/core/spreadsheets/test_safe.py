"""Text never becomes a formula in what we write, proven by reopening it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from core.spreadsheets.safe import MAX_TEXT, safe_text, write_row

FORMULAS = [
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(A1)",
    '=HYPERLINK("http://evil.test","x")',
    "  =1+1",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM",
    "\u3000=1",
    "\ufeff=1",
    "-",
    "\tcmd",
    "=",
]


def reopened(book: Workbook) -> Workbook:
    buffer = BytesIO()
    book.save(buffer)
    buffer.seek(0)
    return load_workbook(buffer)


@pytest.mark.parametrize("write_only", [True, False])
@pytest.mark.parametrize("text", FORMULAS)
def test_formula_like_text_stays_text(text: str, write_only: bool) -> None:
    book = Workbook(write_only=write_only)
    sheet = book.create_sheet("T", 0)
    write_row(sheet, [text, "after"])
    first, second = reopened(book)["T"][1]
    # XML turns a lone carriage return into a line feed.
    assert (first.data_type, first.value) == ("s", text.replace("\r", "\n"))
    assert first.quotePrefix
    assert (second.data_type, second.value, bool(second.quotePrefix)) == ("s", "after", False)


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "TRUE", "12", "1E5", "2024-01-01", "x=1"])
def test_other_text_stays_what_it_is(text: str) -> None:
    book = Workbook(write_only=True)
    write_row(book.create_sheet("T"), [text])
    cell = reopened(book)["T"]["A1"]
    assert (cell.data_type, cell.value, bool(cell.quotePrefix)) == ("s", text, False)


def test_numbers_and_dates_keep_their_type() -> None:
    book = Workbook(write_only=True)
    moment = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
    write_row(book.create_sheet("T"), [-1, 2.5, True, date(2026, 3, 1), moment, None, "end"])
    row = reopened(book)["T"][1]
    assert [cell.data_type for cell in row] == ["n", "n", "b", "d", "d", "n", "s"]
    assert [cell.value for cell in row] == [
        -1,
        2.5,
        True,
        datetime(2026, 3, 1),
        datetime(2026, 3, 1, 12, 30),
        None,
        "end",
    ]


def test_characters_a_workbook_cannot_hold_are_left_out() -> None:
    book = Workbook(write_only=True)
    write_row(book.create_sheet("T"), ["a\x00\x01\x1fb\ud800\uffffc", "x" * 40_000])
    row = reopened(book)["T"][1]
    assert row[0].value == "abc"
    assert row[1].value == "x" * (MAX_TEXT - 1) + "…"


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_text_gets_an_apostrophe(text: str) -> None:
    assert safe_text(text) == "'" + text


def test_control_characters_cannot_hide_a_formula() -> None:
    assert safe_text("\x00\x01=1") == "'=1"


@pytest.mark.parametrize("text", ["", "a=1", "亮锡", "1-2", "x@y.test", "'=1"])
def test_csv_leaves_plain_text_alone(text: str) -> None:
    assert safe_text(text) == text
