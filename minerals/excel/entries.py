"""From what the spreadsheet library returns to entries and clean texts."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from minerals.excel.errors import UnreadableWorkbook
from minerals.rules.declaration import Entry, Note

MAX_CELL_TEXT = 32_767
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ESCAPED_RETURN = re.compile(r"_x000[dD]_")
_PERCENT = re.compile(r"(\d{1,3})\s*%")
_FULL_WIDTH_PERCENT = str.maketrans("０１２３４５６７８９％", "0123456789%")


class Cleaner:
    """Makes entries and texts from raw values and collects what had to be cleaned."""

    def __init__(self) -> None:
        self.notes: list[Note] = []

    def entry(self, cell: str, value: Any) -> Entry:
        """``value`` of a cell as an entry; a cell that shows nothing is empty."""
        if isinstance(value, str):
            text = self.clean(cell, value)
            return Entry(cell, text, "text") if text else Entry(cell)
        if isinstance(value, bool):
            return Entry(cell, value, "boolean")
        if isinstance(value, int | float):
            return Entry(cell, float(value), "number")
        if isinstance(value, date):
            return _date_entry(cell, value)
        if isinstance(value, time | timedelta):
            return Entry(cell, _fraction(value), "number")
        return Entry(cell)

    def text(self, cell: str, value: Any) -> str:
        """A value of a list as text, not trimmed."""
        return self.clean(cell, value) if isinstance(value, str) else self.entry(cell, value).text

    def clean(self, cell: str, text: str) -> str:
        """``text`` without control characters, which no database column can hold."""
        if len(text) > MAX_CELL_TEXT:
            raise UnreadableWorkbook("cell_too_long", {"cell": cell, "length": str(len(text))})
        if text.isprintable():
            return _ESCAPED_RETURN.sub("", text) if "_x000" in text else text
        plain = _CONTROL.sub("", _ESCAPED_RETURN.sub("", text))
        if _CONTROL.search(text):
            self.notes.append(Note("control_characters", cell))
        return plain


def option_value(entry: Entry, options: tuple[str, ...]) -> str:
    """The answer as the option list writes it, else the trimmed text as typed.

    The forms hold 100% as the number 1 or as a text, depending on the version.
    """
    text = entry.text
    for option in options:
        if option.lower() == text.lower():
            return option
    if "100%" in options:
        found = _PERCENT.fullmatch(text.translate(_FULL_WIDTH_PERCENT))
        if text in ("1", "1.0", "100") or (found and int(found[1]) == 100):
            return "100%"
    return text


def _date_entry(cell: str, value: date) -> Entry:
    """A real date as ISO text; the day 0 of the spreadsheet calendar is the number 0."""
    day = value.date() if isinstance(value, datetime) else value
    if day.year < 1900:
        return Entry(cell, 0.0, "number")
    return Entry(cell, day.isoformat(), "date")


def _fraction(value: time | timedelta) -> float:
    """A time of day or a duration as the number the spreadsheet holds (days)."""
    if isinstance(value, timedelta):
        return value.total_seconds() / 86_400
    seconds = value.hour * 3600 + value.minute * 60 + value.second
    return (seconds + value.microsecond / 1_000_000) / 86_400
