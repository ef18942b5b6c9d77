"""What a risk score looks at: plain facts of one supplier, without a database.

Facts are stored with each rating, so that another policy can be tried on all suppliers at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal

Origin = Literal["recycled", "low_risk", "transit", "unknown", "high_risk", "drc"]
# From the least to the most.
ORIGINS: tuple[Origin, ...] = ("recycled", "low_risk", "transit", "unknown", "high_risk", "drc")
VersionState = Literal["latest", "accepted", "below_minimum"]
Share = Literal["all", "over_90", "over_75", "over_50", "half_or_less"]
SHARES: tuple[Share, ...] = ("all", "over_90", "over_75", "over_50", "half_or_less")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fact stands: ``cell`` like ``Declaration!D26``; ``name``: a finding's code, a metal,
    a field."""

    cell: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class SmelterGroup:
    """Rows of the smelter list alike in all that counts. ``status``: of the smelter on the day of
    the rating. ``attributed``: in the products we buy, not only somewhere in the company.
    ``confirmed``: a person has confirmed that. ``cid`` is empty where the smelter is not known."""

    status: str
    origin: Origin
    rows: tuple[int, ...]
    cid: str = ""
    name: str = ""
    attributed: bool = False
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class SupplierEvents:
    """What people recorded about the supplier, beyond the file. Each lifts the level at once."""

    no_response: bool = False
    refused: bool = False
    false_data: bool = False
    annex_ii: bool = False
    mitigation_overdue: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(name for name, value in asdict(self).items() if value)


@dataclass(frozen=True, slots=True)
class RiskFacts:
    """``company_level``: the declaration speaks for the whole company. ``declared_on``: effective
    date. ``received_on``: from then on a rejected smelter of a company-level answer can be cleared
    up. ``shares``: question 6 by metal. ``programme``: letters answered No. ``unmatched``: rows
    whose smelter nobody could tell. ``signed``: the minerals compliance declaration is in force."""

    received_on: dt.date
    declared_on: dt.date | None = None
    missing: tuple[Place, ...] = ()
    contradictions: tuple[Place, ...] = ()
    soft_contradictions: tuple[Place, ...] = ()
    version: VersionState = "latest"
    authoriser_missing: tuple[Place, ...] = ()
    scope_too_wide: bool = False
    company_level: bool = False
    late_weeks: int = 0
    shares: tuple[tuple[Place, Share], ...] = ()
    not_all_identified: tuple[Place, ...] = ()
    not_all_reported: tuple[Place, ...] = ()
    unmatched: tuple[int, ...] = ()
    groups: tuple[SmelterGroup, ...] = ()
    programme: tuple[Place, ...] = ()
    signed: bool = True
    events: SupplierEvents = field(default_factory=SupplierEvents)

    @property
    def row_count(self) -> int:
        return sum(len(group.rows) for group in self.groups)


def facts_to_json(facts: RiskFacts) -> dict[str, Any]:
    """Plain values; ``facts_from_json`` reads them back unchanged."""
    plain: dict[str, Any] = _plain(facts)
    return plain


_NAMES: Mapping[type, tuple[str, ...]] = {
    kind: tuple(each.name for each in fields(kind))
    for kind in (RiskFacts, SmelterGroup, SupplierEvents, Place)
}


def _plain(value: Any) -> Any:
    """As it comes back from a database: lists for tuples, text for days."""
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return {name: _plain(getattr(value, name)) for name in _NAMES[type(value)]}


def facts_from_json(data: Mapping[str, Any]) -> RiskFacts:
    return RiskFacts(
        received_on=dt.date.fromisoformat(data["received_on"]),
        declared_on=dt.date.fromisoformat(data["declared_on"]) if data["declared_on"] else None,
        missing=_places(data["missing"]),
        contradictions=_places(data["contradictions"]),
        soft_contradictions=_places(data["soft_contradictions"]),
        version=data["version"],
        authoriser_missing=_places(data["authoriser_missing"]),
        scope_too_wide=data["scope_too_wide"],
        company_level=data["company_level"],
        late_weeks=data["late_weeks"],
        shares=tuple((Place(**place), share) for place, share in data["shares"]),
        not_all_identified=_places(data["not_all_identified"]),
        not_all_reported=_places(data["not_all_reported"]),
        unmatched=tuple(data["unmatched"]),
        groups=tuple(
            SmelterGroup(**{**group, "rows": tuple(group["rows"])}) for group in data["groups"]
        ),
        programme=_places(data["programme"]),
        signed=data["signed"],
        events=SupplierEvents(**data["events"]),
    )


def _places(items: list[dict[str, str]]) -> tuple[Place, ...]:
    return tuple(Place(**item) for item in items)
