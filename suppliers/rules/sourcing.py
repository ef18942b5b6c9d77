"""May we buy? From what was recorded, for one day: an outcome and the reasons for it.

Only a living, approved supplier with a qualification that covers category and site may be ordered
from. A limitation forbids until it is lifted, also when its planned end has passed. A waiver opens
what a missing qualification or a limitation closes, never what a disqualification, a rejection or
the phase-out closes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from suppliers.rules.sourcing_coverage import NARROW_WAIVER, NARROWING, coverage, named
from suppliers.rules.sourcing_facts import Question, Reason, Standing, Waived

Outcome = Literal["allowed", "with_waiver", "not_allowed"]

BEFORE_APPROVAL = ("registered", "signing", "certification", "approval")
ENDED = ("disqualified", "not_introduced")
NO_NEW_ORDERS = "no_new_orders"


@dataclass(frozen=True, slots=True)
class Answer:
    """``reasons``: the most weighty first."""

    outcome: Outcome
    reasons: tuple[Reason, ...]

    @property
    def is_exact(self) -> bool:
        """False where it depends on a category or site that the question left open."""
        return not any(reason.code in NARROWING for reason in self.reasons)


def unknown_supplier() -> Answer:
    """The same for a code that does not exist and for one that the asker may not know of."""
    return Answer("not_allowed", (Reason("supplier_unknown", "blocks"),))


def may_buy(standing: Standing, question: Question) -> Answer:
    """The most weighty reasons come first."""
    ends = list(_endings(standing, question))
    if ends:
        return Answer("not_allowed", tuple(ends))
    found = [*_limits(standing, question), *_status(standing, question)]
    found += [*coverage(standing, question), *_narrow_waivers(standing, question)]
    found.sort(key=_rank)
    waived = _waiver(standing, question)
    if not any(reason.weight == "waivable" for reason in found):
        return Answer("allowed", tuple(found))
    if waived is None or question.purpose == "new_category":
        # What it would be qualified for says nothing where nothing may be ordered.
        kept = (one for one in found if one.code not in NARROWING or one.code == NARROW_WAIVER)
        return Answer("not_allowed", tuple(kept))
    return Answer("with_waiver", (waived, *found))


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
    leaving = period.status == "phased_out"
    status = period.before if leaving else period.status
    since = (period.before_since or period.since) if leaving else period.since
    if standing.phase_out_on is not None:
        yield Reason("phase_out_planned", "note", params={"date": standing.phase_out_on})
    if status in BEFORE_APPROVAL:
        yield Reason("status_not_approved", "waivable", since, {"status": status})
    elif question.purpose == "new_category" and period.status != "qualified":
        yield Reason("status_gets_no_more", "waivable", period.since, {"status": period.status})
    elif question.purpose == "new_category":
        yield Reason("status_approved", "supports", period.since)


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
        for row in _waivers_on(standing, question)
        if not row.path or (question.path and question.path.startswith(row.path))
    ]
    if not found:
        return None
    last = max(found, key=lambda row: row.last_day)
    return Reason("waiver", "supports", last.starts_on, {"date": last.last_day})


def _waivers_on(standing: Standing, question: Question) -> list[Waived]:
    return [row for row in standing.waivers if row.holds(question.on)]


def _narrow_waivers(standing: Standing, question: Question) -> Iterable[Reason]:
    """Without a category in the question, one for a single category answers nothing; it is told."""
    current = _waivers_on(standing, question)
    if question.path or question.purpose != "order" or any(not row.path for row in current):
        return
    if current:
        yield Reason(NARROW_WAIVER, "note", params=named(current))
