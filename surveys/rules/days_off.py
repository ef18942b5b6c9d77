"""Working days of a country or region: weekends and public holidays are none.

Mainland China and Hong Kong keep different days; for countries whose calendar is not known only
weekends are off. Dates of the holidays: library ``holidays`` (statutory days; the days that China
works on a weekend to make up for one stay days off here: a mail less, never one too many).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from functools import lru_cache

import holidays

ONE_DAY = dt.timedelta(days=1)
SATURDAY = 5
# Friday and Saturday are the weekend there.
EARLY_WEEKEND = frozenset({"AE_OLD", "BD", "BH", "DZ", "EG", "IL", "IQ", "JO", "KW", "QA", "SA"})


@lru_cache(maxsize=256)
def _holidays(country: str, year: int) -> frozenset[dt.date]:
    if country not in holidays.list_supported_countries():
        return frozenset()
    return frozenset(holidays.country_holidays(country, years=year))


def is_day_off(day: dt.date, country: str, extra: Collection[dt.date] = ()) -> bool:
    """``country``: ISO 3166 alpha-2, upper case, may be empty. ``extra``: further days off."""
    weekend = (4, 5) if country in EARLY_WEEKEND else (SATURDAY, 6)
    return day.weekday() in weekend or day in _holidays(country, day.year) or day in extra


def working_day(day: dt.date, country: str, extra: Collection[dt.date] = ()) -> dt.date:
    """``day`` itself, or the first working day after it."""
    while is_day_off(day, country, extra):
        day += ONE_DAY
    return day
