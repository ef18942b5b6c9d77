"""The check cases of the rubric (standards, section 4.2) as facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from minerals.rules.risk.facts import Origin, Place, RiskFacts, SmelterGroup

TODAY = dt.date(2026, 11, 20)
RECEIVED = dt.date(2026, 11, 10)
DECLARED = dt.date(2026, 11, 1)


def group(
    status: str,
    rows: Sequence[int],
    origin: Origin = "low_risk",
    *,
    cid: str = "",
    attributed: bool = False,
    confirmed: bool = False,
) -> SmelterGroup:
    """``cid`` is invented from the first row where it matters to nobody."""
    known = cid or ("" if status == "not_listed" else f"CID9{rows[0]:05}")
    name = f"Smelter {rows[0]}"
    return SmelterGroup(status, origin, tuple(rows), known, name, attributed, confirmed)


def places(*names: str, column: str = "D") -> tuple[Place, ...]:
    return tuple(Place(f"Declaration!{column}{number}", name) for number, name in enumerate(names))


def facts(**changes: object) -> RiskFacts:
    """A declaration without a fault, with ``changes``."""
    known: dict[str, object] = {
        "received_on": RECEIVED,
        "declared_on": DECLARED,
        "shares": ((Place("Declaration!D56", "tin"), "all"),),
        "groups": (group("conformant", range(5, 27)),),
    }
    return RiskFacts(**(known | changes))  # type: ignore[arg-type]


T1 = facts()
T2 = facts(
    version="accepted",
    shares=((Place("Declaration!D56", "tin"), "over_75"),),
    not_all_identified=places("tin"),
    unmatched=(33, 34),
    groups=(
        group("conformant", range(5, 32)),
        group("outreach_required", [32], "unknown"),
        group("not_listed", [33, 34], "unknown"),
    ),
    programme=places("B", "G"),
)
T3 = facts(
    contradictions=places("no_smelter_for_metal", "origin_denied"),
    missing=places("contact_name", "contact_email", "address"),
    shares=((Place("Declaration!D56", "tin"), "half_or_less"),),
    not_all_identified=places("tin", "gold"),
    not_all_reported=places("tin"),
    groups=(
        group("conformant", range(5, 13)),
        group("non_conformant", [13], "high_risk"),
        group("outreach_required", [14]),
    ),
    programme=places("A", "B", "D", "F", "G"),
)
T4 = facts(
    company_level=True,
    shares=((Place("Declaration!D56", "tin"), "over_90"),),
    groups=(group("conformant", range(5, 204)), group("non_conformant", [204])),
)
