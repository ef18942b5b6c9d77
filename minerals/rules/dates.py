"""Effective dates as suppliers write them: real dates, serial numbers, texts."""

from __future__ import annotations

import re
from datetime import date, timedelta

from minerals.rules.declaration import Entry

_EPOCH = date(1899, 12, 30)
_LAST_SERIAL = 109_574  # 2199-12-31
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march mär märz", "apr april", "may mai",
            "jun june juni", "jul july juli", "aug august", "sep sept september",
            "oct october okt oktober", "nov november", "dec december dez dezember",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DAY_NAME = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?[-/\s,]*([^\W\d_]+)\.?[-/\s,]*(\d{2}|\d{4})")
_NAME_DAY = re.compile(r"([^\W\d_]+)\.?[-/\s]*(\d{1,2})(?:st|nd|rd|th)?[-/\s,]+(\d{4})")
_NUMERIC = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4})")
_TIME = re.compile(r"[T\s]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")


def effective_date(entry: Entry | None) -> date | None:
    """The date ``entry`` means, None when it cannot be told with certainty.

    ``03/04/2025`` is such a case: day and month may stand either way round.
    """
    if entry is None or entry.raw is None or isinstance(entry.raw, bool):
        return None
    if isinstance(entry.raw, str):
        return date_from_text(entry.raw)
    return date_from_serial(entry.raw)


def date_from_serial(serial: float) -> date | None:
    """A spreadsheet's day number (1900 system) as a date."""
    return _EPOCH + timedelta(days=int(serial)) if 61 <= serial <= _LAST_SERIAL else None


def date_from_text(text: str) -> date | None:
    """``2025-06-30``, ``30-Jun-2025``, ``June 30, 2025``, ``30.06.2025``, ``2025年6月30日`` ..."""
    trimmed = _TIME.sub("", text.strip())
    for pattern, order in ((_YEAR_FIRST, "ymd"), (_COMPACT, "ymd")):
        if found := pattern.fullmatch(trimmed):
            parts = dict(zip(order, map(int, found.groups()), strict=True))
            return _valid(parts["y"], parts["m"], parts["d"])
    if found := _DAY_NAME.fullmatch(trimmed):
        return _named(found[2], found[1], found[3])
    if found := _NAME_DAY.fullmatch(trimmed):
        return _named(found[1], found[2], found[3])
    if found := _NUMERIC.fullmatch(trimmed):
        return _numeric(int(found[1]), int(found[3]), int(found[4]), found[2])
    if trimmed.isdecimal() and len(trimmed) == 5:
        return date_from_serial(float(trimmed))
    return None


def _named(month: str, day: str, year: str) -> date | None:
    number = _MONTHS.get(month.lower())
    full_year = int(year) + (2000 if len(year) == 2 else 0)
    return _valid(full_year, number, int(day)) if number else None


def _numeric(first: int, second: int, year: int, separator: str) -> date | None:
    """Dots mean day first; otherwise only an impossible month tells which is which."""
    if separator == "." or first > 12 or first == second:
        return _valid(year, second, first)
    return _valid(year, first, second) if second > 12 else None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
