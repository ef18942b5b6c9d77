"""Dates and cycles of a list: real dates, texts of any habit, a number of years."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Literal

from minerals.rules.dates import date_from_serial, date_from_text

Order = Literal["", "day", "month"]
_SLASHED = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_TIME = re.compile(r"[T\s]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*([AaPp][Mm])?(Z|[+-]\d{2}:?\d{2})?$")
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_WHOLE = re.compile(r"\d+")
_LONGEST_CYCLE = 10


def order_of(texts: Iterable[str]) -> Order:
    """Whether the day or the month comes first in ``03/14/2025``, where the column as a whole
    tells; ``""`` where it does not, or says both."""
    firsts = seconds = 0
    for text in texts:
        if found := _SLASHED.fullmatch(_bare(text)):
            firsts, seconds = max(firsts, int(found[1])), max(seconds, int(found[2]))
    if firsts > 12 >= seconds:
        return "day"
    return "month" if seconds > 12 >= firsts else ""


def list_date(text: str, order: Order = "") -> dt.date | None:
    """The date of a cell, None where it cannot be told with certainty."""
    bare = _bare(text)
    found = _SLASHED.fullmatch(bare)
    if found is not None and order:
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        month, day = (second, first) if order == "day" else (first, second)
        return _valid(year, month, day)
    if _SERIAL.fullmatch(bare):
        return date_from_serial(float(bare))
    return date_from_text(bare)


def cycle_years(text: str) -> int | None:
    """The first whole number of ``1 year``, ``3-Year``, ``2``; None for none or a senseless one."""
    found = _WHOLE.search(text)
    years = int(found.group()) if found and len(found.group()) < 5 else 0
    return years if 1 <= years <= _LONGEST_CYCLE else None


def due_date(last_audit: dt.date | None, years: int | None) -> dt.date | None:
    """Last assessment plus the cycle (RMI: “next due”). 29 February falls on 28 February."""
    if last_audit is None or years is None:
        return None
    try:
        return last_audit.replace(year=last_audit.year + years)
    except ValueError:
        return last_audit.replace(year=last_audit.year + years, day=28)


def _bare(text: str) -> str:
    return _TIME.sub("", text.strip())


def _valid(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
