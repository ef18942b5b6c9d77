"""Findings about the effective date. Source of the bounds: formats.md 5.6."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from minerals.rules.consistency.context import Context
from minerals.rules.consistency.making import finding
from minerals.rules.dates import effective_date
from minerals.rules.declaration import Declaration, Entry
from minerals.rules.judgement import Finding
from minerals.rules.releases import released_on

# The validation of the date cell starts here, in every template.
EARLIEST = date(2006, 12, 31)
_SLASHED = re.compile(r"(\d{1,2})\s*([-/])\s*(\d{1,2})\s*\2\s*(\d{4})")


def effective_date_findings(declaration: Declaration, context: Context) -> Iterator[Finding]:
    entry = declaration.company.get("effective_date")
    if entry is None or entry.missing or not entry.text:
        return
    days = _readings(entry)
    if not days:
        yield finding("date_unreadable", entry.cell, value=entry.text)
        return
    if len(days) > 1:
        yield finding(
            "date_ambiguous",
            entry.cell,
            value=entry.text,
            date=days[0].isoformat(),
            other_date=days[1].isoformat(),
        )
    elif entry.kind == "text":
        yield finding("date_is_text", entry.cell, value=entry.text, date=days[0].isoformat())
    yield from _plausible(declaration, entry, days, context.today)


def _readings(entry: Entry) -> tuple[date, ...]:
    """Every day the cell may mean: none when unreadable, two when day and month may be swapped."""
    certain = effective_date(entry)
    if certain is not None:
        return (certain,)
    found = _SLASHED.fullmatch(entry.text)
    if found is None:
        return ()
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if not (1 <= first <= 12 and 1 <= second <= 12 and year):
        return ()
    return (date(year, second, first), date(year, first, second))


def _plausible(
    declaration: Declaration, entry: Entry, days: tuple[date, ...], today: date
) -> Iterator[Finding]:
    """Only what holds for every reading of the date; the closest reading is named."""
    if min(days) > today:
        yield finding("date_in_future", entry.cell, date=min(days).isoformat())
    elif max(days) <= EARLIEST:
        yield finding("date_implausible", entry.cell, date=max(days).isoformat())
    else:
        yield from _age(declaration, entry, max(day for day in days if day <= today), today)


def _age(declaration: Declaration, entry: Entry, day: date, today: date) -> Iterator[Finding]:
    if day < _a_year_before(today):
        yield finding("date_too_old", entry.cell, date=day.isoformat())
    released = released_on(declaration.family, declaration.version)
    if released is not None and day < released:
        yield finding(
            "date_before_template",
            entry.cell,
            date=day.isoformat(),
            released=released.isoformat(),
        )


def _a_year_before(today: date) -> date:
    if today.month == 2 and today.day == 29:
        return date(today.year - 1, 2, 28)
    return today.replace(year=today.year - 1)
