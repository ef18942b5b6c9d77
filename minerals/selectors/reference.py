"""The reference list in force, and what people decided about names."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from minerals.enums import DecisionKind, Family
from minerals.models import MatchDecision, ReferenceEntry, ReferenceSnapshot
from minerals.rules.declaration import LookupEntry
from minerals.rules.matching import Decision, DecisionKey
from minerals.rules.reference import ReferenceList, reference_from_lookup


def snapshots_in_force() -> list[ReferenceSnapshot]:
    """The newest snapshot of each family; an invented demo list only where no real one exists."""
    newest: dict[str, ReferenceSnapshot] = {}
    for snapshot in ReferenceSnapshot.objects.order_by("installed_at", "id"):
        held = newest.get(snapshot.family)
        if held is None or held.is_demo or not snapshot.is_demo:
            newest[snapshot.family] = snapshot
    return [newest[family] for family in Family.values if family in newest]


def reference_list() -> ReferenceList | None:
    """The list rows are held against; None while no official template is installed.

    The invented list of the demo data does not count: a real file would then seem to name nothing
    but unknown smelters. Its own look-up helps out instead. Snapshots are immutable, so the built
    list is kept in memory under their keys.
    """
    keys = tuple(snapshot.pk for snapshot in snapshots_in_force() if not snapshot.is_demo)
    return _built_list(keys) if keys else None


@lru_cache(maxsize=4)
def _built_list(snapshot_ids: tuple[int, ...]) -> ReferenceList:
    rows: list[LookupEntry] = []
    for snapshot_id in snapshot_ids:
        rows.extend(lookup_rows(snapshot_id))
    return reference_from_lookup(tuple(rows))


def snapshot_list(snapshot_id: int) -> ReferenceList:
    """The look-up of one template, also of the invented one of the demo data."""
    return _built_list((snapshot_id,))


def lookup_rows(snapshot_id: int) -> list[LookupEntry]:
    """The look-up of one template, row by row."""
    fields = ("row", "metal", "name", "standard_name", "country", "cid", "source", "city", "state")
    found = ReferenceEntry.objects.filter(snapshot_id=snapshot_id).values_list(*fields)
    return [LookupEntry(*values) for values in found]


def active_decisions() -> dict[DecisionKey, Decision]:
    """Every decision that has not been undone, by metal and normalised text."""
    confirmed: dict[DecisionKey, str] = {}
    rejected: dict[DecisionKey, set[str]] = defaultdict(set)
    found = MatchDecision.objects.filter(undone_at=None)
    for metal, text_key, kind, cid in found.values_list("metal", "text_key", "kind", "cid"):
        key = DecisionKey(metal, text_key)
        if kind == DecisionKind.CONFIRMED:
            confirmed[key] = cid
        else:
            rejected[key].add(cid)
    return {
        key: Decision(confirmed.get(key, ""), frozenset(rejected.get(key, ())))
        for key in confirmed.keys() | rejected.keys()
    }
