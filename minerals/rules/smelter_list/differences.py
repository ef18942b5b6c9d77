"""What is different between two lists of a source, and what makes a list unusual."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from minerals.rules.normalise import normalised
from minerals.rules.smelter_list.entries import ListEntry
from minerals.rules.smelter_status import status_key

Kind = Literal["new", "gone", "renamed", "status"]
KINDS: tuple[Kind, ...] = ("new", "gone", "status", "renamed")
# A file that loses as many of all smelters, in percent, waits for a person.
MANY_GONE_PERCENT = 40

Entries = Mapping[str, ListEntry]


@dataclass(frozen=True, slots=True)
class Change:
    """``before`` is None for a new smelter, ``now`` for one that is gone."""

    kind: Kind
    before: ListEntry | None
    now: ListEntry | None

    @property
    def entry(self) -> ListEntry:
        found = self.now or self.before
        assert found is not None
        return found


def changes(before: Entries, now: Entries) -> list[Change]:
    """In the order of the kinds, then of the lists. One smelter may be renamed and have another
    status: that is two changes."""
    found = [change for cid in now for change in _of_one(before.get(cid), now[cid])]
    found += [Change("gone", entry, None) for cid, entry in before.items() if cid not in now]
    return sorted(found, key=lambda change: (KINDS.index(change.kind), change.entry.row))


def _of_one(before: ListEntry | None, now: ListEntry) -> Iterator[Change]:
    if before is None:
        yield Change("new", None, now)
        return
    if _status(before) != _status(now):
        yield Change("status", before, now)
    if normalised(before.name) != normalised(now.name):
        yield Change("renamed", before, now)


def _status(entry: ListEntry) -> tuple[str, str]:
    """By meaning; two words nobody has explained are the same only if they are written alike."""
    return entry.status, "" if entry.status else status_key(entry.status_text)


def counts(found: Iterable[Change]) -> dict[str, int]:
    numbers = Counter(change.kind for change in found)
    return {kind: numbers.get(kind, 0) for kind in KINDS}


def same_content(before: Entries, now: Entries) -> bool:
    """Whether two lists say the very same about every smelter; rows may stand in another order."""
    return before.keys() == now.keys() and all(
        _told(before[cid]) == _told(entry) for cid, entry in now.items()
    )


def _told(entry: ListEntry) -> tuple[object, ...]:
    return (
        entry.metal,
        entry.name,
        entry.country,
        entry.status_text,
        entry.last_audit_on,
        entry.cycle_text,
        entry.due_on,
    )


def holds(gone: int, count_before: int, listed_on: dt.date, newest_on: dt.date | None) -> list[str]:
    """Codes of what a person must confirm knowing it; empty for an ordinary list. ``newest_on``:
    date of the newest list of the source, None before the first."""
    found = []
    if count_before and gone * 100 >= count_before * MANY_GONE_PERCENT:
        found.append("many_gone")
    if newest_on is not None and listed_on < newest_on:
        found.append("older_than_newest")
    return found
