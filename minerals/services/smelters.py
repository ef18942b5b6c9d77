"""The register of smelters: one record for each ID that a list or an official template names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from core.countries import country_code
from minerals.models import (
    ReferenceEntry,
    ReferenceSnapshot,
    Smelter,
    SmelterList,
    SmelterListing,
)
from minerals.rules.normalise import cid_key
from minerals.rules.smelter_list.entries import metal_name

_PORTION = 500
_FIELDS = (
    "metal", "name", "country", "country_code", "city", "state", "search_text", "is_demo",
)  # fmt: skip


@dataclass(slots=True)
class _Known:
    """What all sources together say, the newest word last."""

    metal: str = ""
    name: str = ""
    country: str = ""
    city: str = ""
    state: str = ""
    is_demo: bool = True
    # Ordered and without repeats.
    names: dict[str, None] = field(default_factory=dict)

    def add(self, metal: str, name: str, country: str, is_demo: bool) -> None:
        self.metal = self.metal or metal_name(metal)
        self.name = name or self.name
        self.country = country or self.country
        self.is_demo = self.is_demo and is_demo


@transaction.atomic
def refresh_smelters() -> int:
    """Bring the register up to what lists in force and installed templates say; the number of
    smelters made or changed. Safe to run twice, and quick: a few queries.

    Names and places are the newest ones; what is real goes before invented demo data. The metal
    is the first one known, because an ID belongs to one metal. Nothing is ever removed.
    """
    known = _known_smelters()
    kept = {cid_key(smelter.cid): smelter for smelter in Smelter.objects.all()}
    new, changed = [], []
    for cid, facts in known.items():
        smelter = kept.get(cid)
        if smelter is None:
            new.append(_with(Smelter(cid=cid), facts))
        elif _differs(smelter, facts):
            changed.append(smelter)
    Smelter.objects.bulk_create(new, _PORTION)
    Smelter.objects.bulk_update(changed, _FIELDS, _PORTION)
    return len(new) + len(changed)


def _differs(smelter: Smelter, facts: _Known) -> bool:
    before = [getattr(smelter, name) for name in _FIELDS]
    facts.metal = smelter.metal or facts.metal
    _with(smelter, facts)
    return before != [getattr(smelter, name) for name in _FIELDS]


def _with(smelter: Smelter, facts: _Known) -> Smelter:
    smelter.metal, smelter.name = facts.metal[:60], facts.name[:255] or smelter.cid
    smelter.country = facts.country[:100]
    smelter.country_code = country_code(facts.country)
    smelter.city, smelter.state = facts.city[:120], facts.state[:120]
    smelter.search_text = "\n".join([smelter.cid.lower(), *facts.names])
    smelter.is_demo = facts.is_demo
    return smelter


@dataclass(frozen=True, slots=True)
class _Source:
    """A snapshot or a list; sorted from the least to the best word: demo first, then by day."""

    is_real: bool
    day: dt.date
    is_list: bool
    key: int


def _known_smelters() -> dict[str, _Known]:
    found: dict[str, _Known] = {}
    for source in sorted(_sources(), key=lambda one: (one.is_real, one.day, one.is_list, one.key)):
        rows = _listings(source.key) if source.is_list else _references(source.key)
        for cid, metal, name, other_name, country, city, state in rows:
            facts = found.setdefault(cid_key(cid), _Known())
            facts.add(metal, name, country, not source.is_real)
            facts.city, facts.state = city or facts.city, state or facts.state
            for text in (name, other_name, city):
                if text:
                    facts.names[" ".join(text.lower().split())] = None
    return found


def _sources() -> Iterable[_Source]:
    snapshots = ReferenceSnapshot.objects.values_list("is_demo", "installed_at", "pk")
    for is_demo, moment, key in snapshots:
        yield _Source(not is_demo, timezone.localdate(moment), False, key)
    lists = SmelterList.objects.in_force().values_list("is_demo", "listed_on", "pk")
    for is_demo, day, key in lists:
        yield _Source(not is_demo, day, True, key)


def _listings(key: int) -> Iterable[tuple[str, ...]]:
    rows = SmelterListing.objects.filter(list_id=key).values_list("cid", "metal", "name", "country")
    # A row without a name carries its ID instead.
    return (
        (cid, metal, "" if name == cid else name, "", country, "", "")
        for cid, metal, name, country in rows
    )


def _references(key: int) -> Iterable[tuple[str, ...]]:
    rows = ReferenceEntry.objects.filter(snapshot_id=key).exclude(cid="").order_by("row")
    return rows.values_list("cid", "metal", "standard_name", "name", "country", "city", "state")
