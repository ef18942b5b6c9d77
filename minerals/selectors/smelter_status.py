"""The status of smelters as of a day, from the lists that were in force on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count

from minerals.enums import ListSource
from minerals.models import ReferenceEntry, SmelterList, SmelterListing, StatusWord
from minerals.rules.known_status import ListedStatus, known_status
from minerals.rules.normalise import cid_key
from minerals.rules.smelter_status import ASSURED, BY_CODE


@dataclass(frozen=True)
class StatusBook:
    """Status of every smelter on ``day``. ``rmap``: RMI's list of that day, None before the
    first one; ``others``: the lists of cross-recognised schemes."""

    day: dt.date
    rmap: SmelterList | None
    others: tuple[SmelterList, ...]
    listed: Mapping[str, ListedStatus]
    recognised: frozenset[str]
    referenced: frozenset[str]

    def status_of(self, cid: str) -> str:
        """Code of ``SmelterStatus``; ``""`` where a word of the list waits to be explained."""
        key = cid_key(cid)
        return known_status(
            self.listed.get(key), key in self.recognised, key in self.referenced, self.day
        )

    def listing_of(self, cid: str) -> ListedStatus | None:
        return self.listed.get(cid_key(cid))

    @property
    def named(self) -> frozenset[str]:
        """Every ID that one of the lists names."""
        return self.recognised.union(self.listed)


def status_book(day: dt.date) -> StatusBook:
    """A few queries; the rows of a list are kept in memory, because lists never change."""
    rmap = list_in_force(ListSource.RMAP, day)
    others = tuple(
        found
        for source in ListSource
        if source != ListSource.RMAP and (found := list_in_force(source, day)) is not None
    )
    words = _words_key()
    recognised = _recognised(others, words)
    return StatusBook(
        day,
        rmap,
        others,
        _rows(rmap.pk, words) if rmap else {},
        recognised,
        _referenced(_reference_key()),
    )


def book_of(smelter_list: SmelterList, day: dt.date | None = None) -> StatusBook:
    """The book as if this list were the one in force: for what a list would change."""
    book = status_book(day or smelter_list.listed_on)
    words = _words_key()
    if smelter_list.source == ListSource.RMAP:
        return StatusBook(
            book.day,
            smelter_list,
            book.others,
            _rows(smelter_list.pk, words),
            book.recognised,
            book.referenced,
        )
    others = (*(one for one in book.others if one.source != smelter_list.source), smelter_list)
    recognised = _recognised(others, words)
    return StatusBook(book.day, book.rmap, others, book.listed, recognised, book.referenced)


def book_without(source: str, day: dt.date) -> StatusBook:
    """The book as if this source had published nothing yet: what its first list is held against."""
    book = status_book(day)
    if source == ListSource.RMAP:
        return StatusBook(book.day, None, book.others, {}, book.recognised, book.referenced)
    others = tuple(one for one in book.others if one.source != source)
    words = _words_key()
    recognised = frozenset(cid for each in others for cid in _rows(each.pk, words))
    return StatusBook(book.day, book.rmap, others, book.listed, recognised, book.referenced)


def list_in_force(source: str, day: dt.date) -> SmelterList | None:
    """The newest imported list of the source dated on or before ``day``. An invented list of the
    demo data counts only while the source has no real one."""
    lists = SmelterList.objects.in_force().filter(source=source)
    known = list(lists.filter(listed_on__lte=day).order_by("-listed_on", "-confirmed_at", "-pk"))
    if any(not one.is_demo for one in known):
        known = [one for one in known if not one.is_demo]
    return known[0] if known else None


def list_before(smelter_list: SmelterList) -> SmelterList | None:
    """The one of the same source that this list follows. A real list follows no invented one."""
    lists = SmelterList.objects.in_force().filter(source=smelter_list.source)
    if not smelter_list.is_demo:
        lists = lists.filter(is_demo=False)
    earlier = lists.filter(listed_on__lte=smelter_list.listed_on).exclude(pk=smelter_list.pk)
    if smelter_list.confirmed_at is not None:
        earlier = earlier.exclude(
            listed_on=smelter_list.listed_on, confirmed_at__gte=smelter_list.confirmed_at
        )
    return earlier.order_by("-listed_on", "-confirmed_at", "-pk").first()


def _words_key() -> tuple[int, int]:
    """Changes whenever somebody explains another word."""
    found = StatusWord.objects.aggregate(count=Count("pk"))
    newest = StatusWord.objects.order_by("-pk").values_list("pk", flat=True).first()
    return found["count"], newest or 0


def _recognised(others: Iterable[SmelterList], words: tuple[int, int]) -> frozenset[str]:
    """Smelters that another scheme's list names, unless it says that they did not pass."""
    return frozenset(
        cid
        for each in others
        for cid, listed in _rows(each.pk, words).items()
        if not listed.status_text or _is_assured(listed.status)
    )


def _is_assured(status: str) -> bool:
    return status in BY_CODE and BY_CODE[status].status_class == ASSURED


@lru_cache(maxsize=8)
def _rows(list_id: int, words: tuple[int, int]) -> Mapping[str, ListedStatus]:
    del words  # only tells two readings of the same list apart
    fields = ("cid", "status", "status_text", "last_audit_on", "due_on")
    rows = SmelterListing.objects.filter(list_id=list_id).values_list(*fields)
    return {
        cid_key(cid): ListedStatus(status, text, last_audit_on, due_on, list_id)
        for cid, status, text, last_audit_on, due_on in rows
    }


def _reference_key() -> tuple[int, ...]:
    newest = ReferenceEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
    return (newest or 0,)


@lru_cache(maxsize=2)
def _referenced(newest: tuple[int, ...]) -> frozenset[str]:
    """IDs that any official template knew."""
    del newest
    known = ReferenceEntry.objects.exclude(cid="").values_list("cid", flat=True).distinct()
    return frozenset(cid_key(cid) for cid in known.order_by())
