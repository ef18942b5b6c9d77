"""How the status of one smelter changed from list to list."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.badges import Badge
from minerals.enums import ListSource
from minerals.models import ReferenceEntry, Smelter, SmelterList, SmelterListing
from minerals.rules.known_status import ListedStatus, known_status
from minerals.selectors.smelter_words import smelter_badge


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One list; ``listing`` is None where it does not name the smelter."""

    list: SmelterList
    listing: SmelterListing | None
    badge: Badge | None


@dataclass(frozen=True, slots=True)
class Period:
    """From ``since`` until the day before ``until`` (None: until now)."""

    since: dt.date
    until: dt.date | None
    status: str
    badge: Badge


@dataclass(frozen=True, slots=True)
class SmelterHistory:
    """Newest first."""

    rows: list[HistoryRow]
    periods: list[Period]


def smelter_history(smelter: Smelter) -> SmelterHistory:
    """Three queries, however many lists there are. A list dated on the same day as an earlier one
    of its source stands in for it."""
    lists = _lists()
    found = SmelterListing.objects.filter(cid=smelter.cid, list__in=lists)
    listings = {one.list_id: one for one in found}
    referenced = ReferenceEntry.objects.filter(cid=smelter.cid).exists()
    rows = [_row(one, listings.get(one.pk)) for one in lists]
    periods = _periods(lists, listings, referenced)
    return SmelterHistory(rows[::-1], periods[::-1])


def _lists() -> list[SmelterList]:
    """The oldest first; invented ones only where there is no real one of the source."""
    every = list(SmelterList.objects.in_force().order_by("listed_on", "confirmed_at", "pk"))
    real = {one.source for one in every if not one.is_demo}
    return [one for one in every if not one.is_demo or one.source not in real]


def _row(smelter_list: SmelterList, listing: SmelterListing | None) -> HistoryRow:
    badge = None
    if listing is not None and smelter_list.source == ListSource.RMAP:
        badge = smelter_badge(listing.status)
    return HistoryRow(smelter_list, listing, badge)


def _periods(
    lists: list[SmelterList], listings: dict[int, SmelterListing], referenced: bool
) -> list[Period]:
    periods: list[Period] = []
    newest: dict[str, SmelterList] = {}
    for day in sorted({one.listed_on for one in lists}):
        newest |= {one.source: one for one in lists if one.listed_on == day}
        status = _status_on(day, newest, listings, referenced)
        if periods and periods[-1].status == status:
            continue
        if periods:
            last = periods[-1]
            periods[-1] = Period(last.since, day, last.status, last.badge)
        periods.append(Period(day, None, status, smelter_badge(status)))
    return periods


def _status_on(
    day: dt.date,
    newest: dict[str, SmelterList],
    listings: dict[int, SmelterListing],
    referenced: bool,
) -> str:
    rmap = newest.get(ListSource.RMAP)
    listing = listings.get(rmap.pk) if rmap else None
    listed = (
        ListedStatus(listing.status, listing.status_text, listing.last_audit_on, listing.due_on)
        if listing
        else None
    )
    others = (one for source, one in newest.items() if source != ListSource.RMAP)
    recognised = any(one.pk in listings for one in others)
    return known_status(listed, recognised, referenced, day)
