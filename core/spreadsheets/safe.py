"""Values for cells: text stays text, whatever it begins with.

A spreadsheet program runs text that begins with ``=``, ``+``, ``-`` or ``@`` as a formula, and a
formula can fetch and send data. In a workbook the type of the cell says that it is text; in CSV,
which has no types, an apostrophe in front does. Source: OWASP, CSV Injection; the full-width
signs count because East Asian editions read them like the plain ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | Decimal | bool | date | datetime | None
Sheet = Worksheet | WriteOnlyWorksheet

MAX_TEXT = 32_767
_FORMULA = re.compile("[\\s\u200b\ufeff]*[=+\\-@＝＋－﹢－﹣＠﹫−]|[\t\r\n]")
_UNPRINTABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet program could take ``text`` for a formula or a command."""
    return bool(_FORMULA.match(text))


def clean_text(value: str) -> str:
    """``value`` without characters a workbook cannot hold, cut at Excel's limit for a cell."""
    text = _UNPRINTABLE.sub("", ILLEGAL_CHARACTERS_RE.sub("", value))
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"


def safe_text(value: str) -> str:
    """``value`` for a format without types (CSV): an apostrophe in front of a would-be formula."""
    text = clean_text(value)
    return f"'{text}" if looks_like_formula(text) else text


def set_value(cell: Cell, value: Value) -> None:
    """Put ``value`` into a cell of openpyxl; text is stored as text, numbers and dates as such.

    Text that looks like a formula also gets the quote prefix, so that it stays text when somebody
    edits the cell. Times lose their zone, which Excel does not know.
    """
    if not isinstance(value, str):
        cell.value = value.replace(tzinfo=None) if isinstance(value, datetime) else value
        return
    text = clean_text(value)
    cell.value = text
    # openpyxl has taken a leading "=" for a formula and "#N/A" for an error.
    cell.data_type = "s"
    if looks_like_formula(text):
        cell.quotePrefix = True


def write_row(sheet: Sheet, values: Iterable[Value]) -> None:
    """Append ``values`` as the next row of a normal or write-only worksheet."""
    sheet.append([_content(sheet, value) for value in values])


def _content(sheet: Sheet, value: Value) -> Cell | Value:
    """A cell of its own where the type must be said; plain numbers need none and are quicker."""
    if value == "":
        return None
    if isinstance(value, str | datetime):
        cell = Cell(sheet, row=1, column=1)
        set_value(cell, value)
        return cell
    return value
