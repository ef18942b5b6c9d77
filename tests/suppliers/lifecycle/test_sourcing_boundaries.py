"""The sourcing check at its edges: first and last days, several limits, waivers beside gaps.

The expected answers are those of the requirements: a limitation holds until it is lifted, a waiver
until its last day and for its category, an end is opened by nothing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from accounts.models import User
from core import clock
from core.errors import DomainError
from suppliers.models import StatusChange, Supplier
from suppliers.rules.sourcing import may_buy
from suppliers.rules.sourcing_facts import Limited, Period, Qualified, Question, Standing, Waived
from suppliers.selectors.sourcing import SourcingQuestion, check_sourcing
from suppliers.services.waivers import WaiverInput, request_waiver
from tests.suppliers.lifecycle.steps import agree, category, qualify

D = dt.date(2026, 6, 15)
DAY = dt.timedelta(days=1)
FAR = dt.date(2027, 12, 31)
OLD = dt.date(2025, 1, 1)
EL = Qualified("EL/", "", OLD, FAR)
OPEN = Period("qualified", OLD)
LIMITED = Period("limited", OLD)


def limit(start: dt.date = OLD, *, lifted: dt.date | None = None, **facts: Any) -> Limited:
    return Limited(facts.pop("scope", "no_new_orders"), start, lifted_on=lifted, **facts)


def waiver(path: str = "", start: dt.date = OLD, end: dt.date = FAR, ended: Any = None) -> Waived:
    return Waived(path, start, end, ended)


def of(period: Period | None, *qualifications: Qualified, **facts: Any) -> Standing:
    return Standing(period, qualifications=qualifications, **facts)


def gone(before: str, on: dt.date) -> Standing:
    period = Period("phased_out", D - DAY, before, OLD)
    return of(period, EL, phase_out_on=on)


EXPIRED = Qualified("EL/", "", OLD, D - DAY)
TWO_LIMITS = (limit(), limit(D - DAY))
ONE_LIFTED = (limit(lifted=D), limit(D - DAY))

CASES: dict[str, tuple[Standing, dict[str, Any], str, str]] = {
    # Qualification: both days included, the day of withdrawal no longer is.
    "first day": (of(OPEN, Qualified("EL/", "", D, FAR)), {}, "allowed", "qualified_until"),
    "day before the first": (
        of(OPEN, Qualified("EL/", "", D + DAY, FAR)), {}, "not_allowed", "qualification_later"),
    "last day": (of(OPEN, Qualified("EL/", "", OLD, D)), {}, "allowed", "qualified_until"),
    "day after the last": (of(OPEN, EXPIRED), {}, "not_allowed", "qualification_expired"),
    "day of the withdrawal": (
        of(OPEN, replace(EL, ended_on=D)), {}, "not_allowed", "qualification_withdrawn"),
    "day before the withdrawal": (
        of(OPEN, replace(EL, ended_on=D + DAY)), {}, "allowed", "qualified_until"),
    "withdrawn after it expired": (
        of(OPEN, replace(EXPIRED, ended_on=D)), {}, "not_allowed", "qualification_expired"),
    "renewed in time": (
        of(OPEN, EXPIRED, Qualified("EL/", "", D, FAR)), {}, "allowed", "qualified_until"),
    # Limitation: first day included, the day of lifting no longer is.
    "limit from today": (of(LIMITED, EL, limits=[limit(D)]), {}, "not_allowed",
                         "limited_no_new_orders"),
    "limit from tomorrow": (of(LIMITED, EL, limits=[limit(D + DAY)]), {}, "allowed",
                            "qualified_until"),
    "limit lifted today": (of(OPEN, EL, limits=[limit(lifted=D)]), {}, "allowed",
                           "qualified_until"),
    "limit lifted tomorrow": (of(LIMITED, EL, limits=[limit(lifted=D + DAY)]), {}, "not_allowed",
                              "limited_no_new_orders"),
    "limit on its planned last day": (
        of(LIMITED, EL, limits=[limit(ends_on=D)]), {}, "not_allowed", "limited_no_new_orders"),
    "limit lifted before it began": (
        of(OPEN, EL, limits=[limit(D, lifted=D - DAY)]), {}, "allowed", "qualified_until"),
    "one of two limits is lifted": (of(LIMITED, EL, limits=ONE_LIFTED), {}, "not_allowed",
                                    "limited_no_new_orders"),
    "a waiver opens two limits": (of(LIMITED, EL, limits=TWO_LIMITS, waivers=[waiver()]), {},
                                  "with_waiver", "waiver"),
    "no new category leaves orders": (
        of(LIMITED, EL, limits=[limit(scope="no_new_category")]), {}, "allowed",
        "qualified_until"),
    # Waiver: both days included, for its category.
    "waiver of another category": (
        of(LIMITED, EL, limits=[limit()], waivers=[waiver("ME/")]), {}, "not_allowed",
        "limited_no_new_orders"),
    "waiver on its last day": (
        of(LIMITED, EL, limits=[limit()], waivers=[waiver(end=D)]), {}, "with_waiver", "waiver"),
    "day after the waiver": (
        of(LIMITED, EL, limits=[limit()], waivers=[waiver(end=D - DAY)]), {}, "not_allowed",
        "limited_no_new_orders"),
    "waiver ended early today": (
        of(LIMITED, EL, limits=[limit()], waivers=[waiver(ended=D)]), {}, "not_allowed",
        "limited_no_new_orders"),
    "expired beside a waiver": (of(OPEN, EXPIRED, waivers=[waiver("EL/")]), {}, "with_waiver",
                                "waiver"),
    "expired and limited beside a waiver": (
        of(LIMITED, EXPIRED, limits=[limit()], waivers=[waiver("EL/")]), {}, "with_waiver",
        "waiver"),
    "a waiver that is not needed": (of(OPEN, EL, waivers=[waiver()]), {}, "allowed",
                                    "qualified_until"),
    "a waiver of a part does not cover the whole": (
        of(LIMITED, EL, limits=[limit()], waivers=[waiver("EL/PCB/")]), {}, "not_allowed",
        "limited_no_new_orders"),
    # Phase-out: orders until the day before it, as far as they were possible.
    "phase-out tomorrow": (gone("qualified", D + DAY), {}, "allowed", "qualified_until"),
    "phase-out today": (gone("qualified", D), {}, "not_allowed", "status_phased_out"),
    "phase-out of one never approved": (gone("signing", D + DAY), {}, "not_allowed",
                                        "status_not_approved"),
    "phase-out beside a waiver": (
        replace(gone("qualified", D), waivers=[waiver()]), {}, "not_allowed",
        "status_phased_out"),
    # The question for more: only qualified suppliers get it, and none under a limitation.
    "more for a qualified one": (of(OPEN, EL), {"purpose": "new_category"}, "allowed",
                                 "status_approved"),
    "more before the phase-out": (gone("qualified", D + DAY), {"purpose": "new_category"},
                                  "not_allowed", "status_gets_no_more"),
    "more before the limit begins": (
        of(LIMITED, EL, limits=[limit(D + DAY)]), {"purpose": "new_category"}, "not_allowed",
        "status_gets_no_more"),
    # Before it was on record, and ends that nothing opens.
    "before it was on record": (of(None, EL, waivers=[waiver()]), {}, "not_allowed",
                                "not_registered"),
    "disqualified beside a waiver": (of(Period("disqualified", D), EL, waivers=[waiver()]), {},
                                     "not_allowed", "status_disqualified"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_table(name: str) -> None:
    standing, question, outcome, first = CASES[name]
    answer = may_buy(standing, Question(D, **{"path": "EL/", **question}))
    assert (answer.outcome, answer.reasons[0].code) == (outcome, first)


def test_the_days_named_are_the_real_ones() -> None:
    """A withdrawal or an early end that is to come is not passed over."""
    leaving = of(OPEN, replace(EL, ended_on=D + 5 * DAY))
    assert may_buy(leaving, Question(D, "EL/")).reasons[0].params == {"date": D + 4 * DAY}
    limited = of(LIMITED, EL, limits=[limit()], waivers=[waiver(ended=D + 5 * DAY)])
    assert may_buy(limited, Question(D, "EL/")).reasons[0].params == {"date": D + 4 * DAY}
    never = may_buy(gone("signing", D + DAY), Question(D, "EL/")).reasons[0]
    assert (never.since, never.params) == (OLD, {"status": "signing"})


def outcome(actor: User, on: dt.date, **question: Any) -> list[str]:
    asked = SourcingQuestion(on=on, category="EL", **question)
    answer = check_sourcing(actor, ["S-1"], asked).rows[0].answer
    return [answer.outcome, answer.reasons[0].code]


@pytest.mark.django_db
def test_days_are_those_of_the_installation(
    buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    """Approved half an hour after midnight here, while the day before still runs in UTC."""
    qualify(buyer, csr_specialist, supplier)
    here = ZoneInfo(timezone.get_default_timezone_name())
    midnight = dt.datetime.combine(D, dt.time(0, 30), here)
    assert midnight.astimezone(dt.UTC).date() == D - DAY
    changes = StatusChange.objects.filter(supplier=supplier)
    changes.update(at=midnight - 9 * DAY)
    changes.filter(action="approve").update(at=midnight)
    supplier.qualifications.update(valid_from=D, valid_until=FAR)
    assert outcome(buyer, D - DAY)[1] == "status_not_approved"
    assert outcome(buyer, D) == ["allowed", "qualified_until"]
    assert outcome(buyer, D - 9 * DAY)[1] == "status_not_approved"
    assert outcome(buyer, D - 10 * DAY) == ["not_allowed", "not_registered"]


@pytest.mark.django_db
def test_a_waiver_whose_category_is_gone_is_not_one_for_all(
    buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    metals = category("ME")
    until = clock.today() + 30 * DAY
    data = WaiverInput("capacity", "x", clock.today(), until, "ME")
    approval = request_waiver(buyer, supplier.pk, data)
    metals.delete()
    with pytest.raises(DomainError, match="category_unknown"):
        agree(csr_specialist, approval)
    assert not supplier.waivers.exists()
