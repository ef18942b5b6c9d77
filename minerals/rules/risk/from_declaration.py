"""From a declaration as read and judged to the facts of its risk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from minerals.rules.consistency.roles import (
    Role,
    active_minerals,
    all_with_role,
    said,
)
from minerals.rules.consistency.rows import is_recycled, origins_in
from minerals.rules.declaration import Answer, Declaration, ResolvedSmelter, SmelterRow
from minerals.rules.judgement import Finding, OpenItem, SmelterMatch
from minerals.rules.matching import metal_of, name_of
from minerals.rules.normalise import metal_key, normalised
from minerals.rules.placeholders import is_placeholder
from minerals.rules.risk.facts import (
    ORIGINS,
    Origin,
    Place,
    RiskFacts,
    Share,
    SmelterGroup,
    SupplierEvents,
    VersionState,
)
from minerals.rules.smelter_status import NOT_LISTED

Link = Literal["", "confirmed", "excluded"]
Settled = frozenset[tuple[str, str]]

# The letters of the rubric; the forms ask the same under other letters.
PROGRAMME: Mapping[Role, str] = {
    "policy": "A",
    "policy_public": "B",
    "validated_smelters": "C",
    "due_diligence": "D",
    "surveys": "E",
    "reviews": "F",
    "corrective_action": "G",
}
# X1 to X12 of our catalogue of contradictions, by the findings and open items that tell them.
# Others of our findings that only look odd (origin denied beside gaps, covered countries but no
# high-risk area) are left out on purpose: to say yes about an origin must never cost a level.
CONTRADICTING = frozenset(
    {
        "smelter_of_undeclared_mineral",  # X1
        "declared_mineral_without_smelter",  # X2, found by us
        "smelter_list_missing",  # X2, found by the official Checker
        "recycled_with_mined_rows",  # X3
        "recycled_with_mined_origin",  # X3
        "covered_no_with_covered_mine",  # X4
        "cahra_no_with_listed_mine",  # X5
        "all_identified_with_unidentified_rows",  # X6
        "smelter_cid_metal_conflict",  # X8
        "product_list_missing",  # X9
        "policy_url_missing",  # X10
        "date_in_future",  # X11
        "date_before_template",  # X11
    }
)
# X7 and X12: points, but no floor.
SOFT = frozenset({"all_identified_with_gaps", "smelter_list_copies_reference"})
_AUTHORISER = ("authorizer_name", "authorizer_email", "effective_date")
_VERSIONS: Mapping[str, VersionState] = {
    "template_below_minimum": "below_minimum",
    "outdated_template": "below_minimum",
    "template_not_latest": "accepted",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known beyond the file.

    ``status_of`` gives the status of a smelter ID on the day of the rating, ``origin_of`` what a
    country's name says. ``links``: what people said about rows, by row. ``settled``: code and cell
    of findings a reviewer accepted or waived; they count no longer. ``products_wanted``: the
    campaign asked for an answer by product.
    """

    received_on: dt.date
    status_of: Callable[[str], str]
    origin_of: Callable[[str], Origin]
    links: Mapping[int, Link] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    settled: Settled = frozenset()
    products_wanted: bool = False
    late_weeks: int = 0
    signed: bool = True
    events: SupplierEvents = field(default_factory=SupplierEvents)


def facts_of(
    declaration: Declaration,
    open_items: Sequence[OpenItem],
    findings: Sequence[Finding],
    matches: Sequence[SmelterMatch],
    known: Known,
    mineral: str = "",
) -> RiskFacts:
    """The facts of one declaration; with ``mineral``, of its answers and rows for that one alone.

    ``matches`` is parallel to the smelter rows.
    """
    left = [one for one in findings if (one.code, one.cell) not in known.settled]
    items = [one for one in open_items if (one.code, one.cell) not in known.settled]
    both: list[Finding | OpenItem] = [*items, *left]
    telling = [one for one in both if _about(one.params, mineral)]
    company_level = declaration.scope_letter() == "A"
    rows = list(_rows(declaration, matches, mineral))
    return RiskFacts(
        received_on=known.received_on,
        declared_on=_day(declaration.effective_on),
        missing=_missing(items, mineral),
        contradictions=_with_code(telling, CONTRADICTING),
        soft_contradictions=_with_code(telling, SOFT),
        version=_version(left),
        authoriser_missing=_authoriser(declaration),
        scope_too_wide=company_level and known.products_wanted,
        company_level=company_level,
        late_weeks=known.late_weeks,
        shares=tuple(_shares(declaration, mineral)),
        not_all_identified=_said_no(declaration, "all_identified", mineral),
        not_all_reported=_said_no(declaration, "all_reported", mineral),
        unmatched=tuple(row.row for row, _resolved, match in rows if not match.cid),
        groups=_groups(declaration, rows, known, company_level),
        programme=tuple(_programme(declaration)),
        signed=known.signed,
        events=known.events,
    )


def minerals_of(declaration: Declaration) -> tuple[str, ...]:
    """The minerals that are rated: declared as used, or not decided yet."""
    return active_minerals(declaration)


def _about(params: Mapping[str, str], mineral: str) -> bool:
    """Something about another mineral says nothing about this one."""
    named = params.get("mineral", "") or params.get("metal", "")
    return not mineral or not named or metal_key(named) == metal_key(mineral)


def _with_code(found: Iterable[Finding | OpenItem], codes: frozenset[str]) -> tuple[Place, ...]:
    return tuple(Place(one.cell, one.code) for one in found if one.code in codes)


def _missing(items: Iterable[OpenItem], mineral: str) -> tuple[Place, ...]:
    counted = (one for one in items if one.counted and one.code not in CONTRADICTING)
    return tuple(Place(one.cell, one.code) for one in counted if _about(one.params, mineral))


def _version(findings: Iterable[Finding]) -> VersionState:
    found = [_VERSIONS[one.code] for one in findings if one.code in _VERSIONS]
    return "below_minimum" if "below_minimum" in found else next(iter(found), "latest")


def _authoriser(declaration: Declaration) -> tuple[Place, ...]:
    fields = ((name, declaration.company.get(name)) for name in _AUTHORISER)
    return tuple(
        Place(entry.cell if entry else "", name)
        for name, entry in fields
        if entry is not None and (not entry.text or is_placeholder(entry.text))
    )


def _shares(declaration: Declaration, mineral: str) -> Iterator[tuple[Place, Share]]:
    for answer in all_with_role(declaration, "supplier_share"):
        if _for(answer, mineral):
            yield _place(answer), share_of(answer.value or answer.entry.text)


def share_of(text: str) -> Share:
    """An answer about how many suppliers have answered. "Greater than 90%", ">90%" and "1" (a
    cell with 100 %) are known; whatever is not, says nothing good."""
    plain = normalised(text)
    if "100" in plain or plain == "1":
        return "all"
    if "90" in plain:
        return "over_90"
    if "75" in plain:
        return "over_75"
    less = any(word in plain for word in ("less", "以下", "小于"))
    return "over_50" if "50" in plain and not less else "half_or_less"


def _said_no(declaration: Declaration, role: Role, mineral: str) -> tuple[Place, ...]:
    return tuple(
        _place(answer)
        for answer in all_with_role(declaration, role)
        if said(answer) == "no" and _for(answer, mineral)
    )


def _programme(declaration: Declaration) -> Iterator[Place]:
    """A letter once, however many minerals it is asked for."""
    for role, letter in PROGRAMME.items():
        for answer in all_with_role(declaration, role):
            if said(answer) == "no":
                yield Place(answer.entry.cell, letter)
                break


def _for(answer: Answer, mineral: str) -> bool:
    return not mineral or not answer.mineral or metal_key(answer.mineral) == metal_key(mineral)


def _place(answer: Answer) -> Place:
    return Place(answer.entry.cell, answer.mineral or answer.question)


Row = tuple[SmelterRow, ResolvedSmelter, SmelterMatch]


def _rows(declaration: Declaration, matches: Sequence[SmelterMatch], mineral: str) -> Iterator[Row]:
    """Rows that name a smelter or say that none is known; of one mineral where one is asked."""
    parallel = zip(declaration.smelters, declaration.resolved, matches, strict=True)
    for row, resolved, match in parallel:
        metal = metal_of(resolved, row)
        if mineral and metal_key(metal) != metal_key(mineral):
            continue
        if metal or match.cid or name_of(resolved, row):
            yield row, resolved, match


def _groups(
    declaration: Declaration, rows: Iterable[Row], known: Known, company_level: bool
) -> tuple[SmelterGroup, ...]:
    mined = _mine_countries(declaration)
    found: dict[tuple[str, str, str, Origin, bool], list[int]] = {}
    for row, resolved, match in rows:
        link = known.links.get(row.row, "")
        if link == "excluded":
            continue
        status = known.status_of(match.cid) if match.cid else NOT_LISTED
        name = known.names.get(match.cid, "") or resolved.standard_name or name_of(resolved, row)
        origin = _origin(row, mined.get(normalised(name), ()), known.origin_of)
        key = (match.cid, name, status, origin, link == "confirmed")
        found.setdefault(key, []).append(row.row)
    return tuple(
        SmelterGroup(
            status=status,
            origin=origin,
            rows=tuple(numbers),
            cid=cid,
            name=name,
            attributed=confirmed or not company_level,
            confirmed=confirmed,
        )
        for (cid, name, status, origin, confirmed), numbers in found.items()
    )


def _mine_countries(declaration: Declaration) -> dict[str, list[str]]:
    """Countries of the Mine List by the smelter that its rows name."""
    found: dict[str, list[str]] = {}
    for mine in declaration.mines:
        if mine.smelter.strip() and mine.country.strip():
            found.setdefault(normalised(mine.smelter), []).append(mine.country.strip())
    return found


def _origin(row: SmelterRow, mined: Sequence[str], origin_of: Callable[[str], Origin]) -> Origin:
    """The riskiest of what the row and the mine list say; unknown where they say nothing."""
    if said_recycled(row.recycled) or is_recycled(row.mine_countries):
        return "recycled"
    named = [origin_of(text) for text in (*origins_in(row.mine_countries), *mined)]
    # A text in two parts ("Congo, Republic of the") also gives pieces that name no country.
    telling: list[Origin] = [origin for origin in named if origin != "unknown"]
    return max(telling, key=ORIGINS.index, default="unknown")


def said_recycled(text: str) -> bool:
    return normalised(text) in ("yes", "是", "100")


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
