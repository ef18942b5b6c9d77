"""Records of smelters for IDs that something is said about."""

from __future__ import annotations

from collections.abc import Collection

from core.countries import country_code
from minerals.models import ReferenceEntry, Smelter, SmelterLine, SmelterListing
from minerals.rules.normalise import cid_key

# Where identity is taken from, the best source first: fields for ID, metal, name and country.
_LISTINGS = (SmelterListing, ("cid", "metal", "name", "country"), "-list__listed_on")
_ENTRIES = (ReferenceEntry, ("cid", "metal", "standard_name", "country"), "-snapshot_id")
_LINES = (SmelterLine, ("matched_cid", "metal", "standard_name", "country"), "-declaration_id")


def ensure_smelters(cids: Collection[str]) -> dict[str, Smelter]:
    """The record of each ID, made where there is none yet; by ID."""
    wanted = {cid_key(cid) for cid in cids}
    known = {row.cid: row for row in Smelter.objects.filter(cid__in=wanted)}
    missing = wanted - known.keys()
    if missing:
        Smelter.objects.bulk_create(_new_rows(missing), ignore_conflicts=True)
        known |= {row.cid: row for row in Smelter.objects.filter(cid__in=missing)}
    return known


def _new_rows(cids: set[str]) -> list[Smelter]:
    facts: dict[str, tuple[str, str, str]] = {}
    for model, fields, newest in (_LISTINGS, _ENTRIES, _LINES):
        rows = model._default_manager.filter(**{f"{fields[0]}__in": cids}).order_by(newest)
        for cid, *rest in rows.values_list(*fields):
            facts.setdefault(cid_key(cid), (rest[0], rest[1], rest[2]))
    return [_row(cid, *facts.get(cid, ("", cid, ""))) for cid in sorted(cids)]


def _row(cid: str, metal: str, name: str, country: str) -> Smelter:
    return Smelter(
        cid=cid,
        metal=metal[:60],
        name=(name or cid)[:255],
        country=country[:100],
        country_code=country_code(country),
        search_text=(name or cid).lower(),
    )
