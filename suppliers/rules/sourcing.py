"""May we buy? From what was recorded, for one day: an outcome and the reasons for it.

Only a living, approved supplier with a qualification that covers category and site may be ordered
from. A limitation forbids until it is lifted, also when its planned end has passed. A waiver opens
what a missing qualification or a limitation closes, never what a disqualification, a rejection or
the phase-out closes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Outcome = Literal["allowed", "with_waiver", "not_allowed"]
Weight = Literal["blocks", "waivable", "supports", "note"]
Purpose = Literal["order", "new_category"]

BEFORE_APPROVAL = ("registered", "signing", "certification", "approval")
ENDED = ("disqualified", "not_introduced")
NO_NEW_ORDERS = "no_new_orders"


@dataclass(frozen=True, slots=True)
class Period:
    """A status and since when; ``before`` is the one it followed."""

    status: str
    since: dt.date
    before: str = ""


@dataclass(frozen=True, slots=True)
class Qualified:
    """Both days included; ``ended_on`` is the first day it no longer holds."""

    path: str
    site: str
    valid_from: dt.date
    valid_until: dt.date | None = None
    ended_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Limited:
    """Holds from ``starts_on`` until the day before ``lifted_on``; ``ends_on`` is the plan."""

    scope: str
    starts_on: dt.date
    ends_on: dt.date | None = None
    lifted_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Waived:
    """Both days included; ``path`` empty covers everything."""

    path: str
    starts_on: dt.date
    ends_on: dt.date
    ended_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What is on record about one supplier; ``status`` is that of the day asked about, ``sites``
    are the codes it has, ``closed`` those of them no longer in use on that day, with the day of
    closing, None where it is not known."""

    status: Period | None
    phase_out_on: dt.date | None = None
    merged_into: str = ""
    sites: frozenset[str] = frozenset()
    closed: Mapping[str, dt.date | None] = field(default_factory=dict)
    qualifications: Sequence[Qualified] = ()
    limits: Sequence[Limited] = ()
    waivers: Sequence[Waived] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """``path``: of the category, empty for any; ``site``: its code, empty for any."""

    on: dt.date
    path: str = ""
    site: str = ""
    purpose: Purpose = "order"


@dataclass(frozen=True, slots=True)
class Reason:
    """``code`` is stable; ``params`` are plain values and days that its words name."""

    code: str
    weight: Weight
    since: dt.date | None = None
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    outcome: Outcome
    reasons: tuple[Reason, ...]


def unknown_supplier() -> Answer:
    """The same for a code that does not exist and for one that the asker may not know of."""
    return Answer("not_allowed", (Reason("supplier_unknown", "blocks"),))


def may_buy(standing: Standing, question: Question) -> Answer:
    """The most weighty reasons come first."""
    ends = list(_endings(standing, question))
    if ends:
        return Answer("not_allowed", tuple(ends))
    found = [*_status(standing, question), *_coverage(standing, question)]
    found += _limits(standing, question)
    waived = _waiver(standing, question)
    waivable = any(reason.weight == "waivable" for reason in found)
    if not waivable:
        return Answer("allowed", tuple(sorted(found, key=_rank)))
    if waived is None or question.purpose == "new_category":
        return Answer("not_allowed", tuple(sorted(found, key=_rank)))
    return Answer("with_waiver", (waived, *sorted(found, key=_rank)))


def _rank(reason: Reason) -> int:
    return ("blocks", "waivable", "supports", "note").index(reason.weight)


def _endings(standing: Standing, question: Question) -> Iterable[Reason]:
    """What no waiver opens."""
    if standing.merged_into:
        yield Reason("supplier_merged", "blocks", params={"code": standing.merged_into})
        return
    period = standing.status
    if period is None:
        yield Reason("not_registered", "blocks")
        return
    if period.status in ENDED:
        yield Reason(f"status_{period.status}", "blocks", period.since)
    elif question.site and question.site not in standing.sites:
        yield Reason("site_unknown", "blocks", params={"site": question.site})
    elif question.site and question.site in standing.closed:
        since = standing.closed[question.site]
        yield Reason("site_closed", "blocks", since, {"site": question.site})
    elif _is_phased_out(standing, question.on):
        yield Reason("status_phased_out", "blocks", standing.phase_out_on or period.since)


def _is_phased_out(standing: Standing, on: dt.date) -> bool:
    if standing.phase_out_on is not None:
        return on >= standing.phase_out_on
    return standing.status is not None and standing.status.status == "phased_out"


def _status(standing: Standing, question: Question) -> Iterable[Reason]:
    period = standing.status
    assert period is not None  # _endings has spoken otherwise
    status = period.before if period.status == "phased_out" else period.status
    if standing.phase_out_on is not None:
        yield Reason("phase_out_planned", "note", params={"date": standing.phase_out_on})
    if status in BEFORE_APPROVAL:
        yield Reason("status_not_approved", "waivable", period.since, {"status": status})
    elif question.purpose == "new_category":
        yield Reason("status_approved", "supports", period.since)


def _coverage(standing: Standing, question: Question) -> Iterable[Reason]:
    """A parent category covers those below it, a row without site every site."""
    if question.purpose == "new_category":
        return
    fitting = [row for row in standing.qualifications if question.path.startswith(row.path)]
    if not question.path:
        fitting = list(standing.qualifications)
    at_site = [row for row in fitting if not question.site or row.site in ("", question.site)]
    current = [row for row in at_site if _holds(row, question.on)]
    if current:
        yield from _covered(current, question)
    elif not fitting:
        code = "category_not_qualified" if standing.qualifications else "no_qualification"
        yield Reason(code, "waivable")
    elif not at_site:
        yield Reason("site_not_qualified", "waivable")
    else:
        yield _lapsed(at_site, question.on)


def _covered(current: Sequence[Qualified], question: Question) -> Iterable[Reason]:
    best = max(current, key=lambda row: (row.valid_until or dt.date.max, row.valid_from))
    params = {"date": best.valid_until} if best.valid_until else {}
    code = "qualified_until" if best.valid_until else "qualified"
    yield Reason(code, "supports", best.valid_from, params)
    sites = sorted({row.site for row in current})
    if not question.site and "" not in sites:
        yield Reason("only_from_sites", "note", params={"sites": ", ".join(sites)})


def _holds(row: Qualified, on: dt.date) -> bool:
    until = row.valid_until or dt.date.max
    return row.valid_from <= on <= until and (row.ended_on is None or on < row.ended_on)


def _lapsed(rows: Sequence[Qualified], on: dt.date) -> Reason:
    """Why none of them holds on the day: the most recent one speaks."""
    begun = [row for row in rows if row.valid_from <= on]
    if not begun:
        first = min(row.valid_from for row in rows)
        return Reason("qualification_later", "waivable", params={"date": first})
    last = max(begun, key=lambda row: row.ended_on or row.valid_until or dt.date.max)
    if last.ended_on is not None and last.ended_on <= on:
        return Reason("qualification_withdrawn", "waivable", last.ended_on)
    return Reason("qualification_expired", "waivable", params={"date": last.valid_until})


def _limits(standing: Standing, question: Question) -> Iterable[Reason]:
    for limit in standing.limits:
        begun = limit.starts_on <= question.on
        if not begun or (limit.lifted_on is not None and limit.lifted_on <= question.on):
            continue
        forbids = question.purpose == "new_category" or limit.scope == NO_NEW_ORDERS
        yield Reason(f"limited_{limit.scope}", "waivable" if forbids else "note", limit.starts_on)
        if limit.ends_on is not None and limit.ends_on < question.on:
            yield Reason("limit_overdue", "note", params={"date": limit.ends_on})


def _waiver(standing: Standing, question: Question) -> Reason | None:
    found = [
        row
        for row in standing.waivers
        if row.starts_on <= question.on <= row.ends_on
        and (row.ended_on is None or question.on < row.ended_on)
        and (not row.path or (question.path and question.path.startswith(row.path)))
    ]
    if not found:
        return None
    last = max(found, key=lambda row: row.ends_on)
    return Reason("waiver", "supports", last.starts_on, {"date": last.ends_on})
