"""May we buy? All cases from plain facts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from suppliers.enums import SupplierStatus
from suppliers.rules.sourcing import Answer, may_buy
from suppliers.rules.sourcing_facts import Limited, Period, Qualified, Question, Standing, Waived

ON = dt.date(2026, 6, 15)
EARLY = dt.date(2026, 1, 1)
LATE = dt.date(2026, 12, 31)
GOOD = Standing(
    Period("qualified", EARLY),
    sites=frozenset({"SZ", "DG"}),
    qualifications=[Qualified("EL/", "", EARLY, LATE)],
)


def ask(standing: Standing, **question: Any) -> Answer:
    return may_buy(standing, Question(**{"on": ON, **question}))


def codes(answer: Answer) -> list[str]:
    return [reason.code for reason in answer.reasons]


def status(name: str, before: str = "") -> Standing:
    return replace(GOOD, status=Period(name, EARLY, before))


def test_a_qualified_supplier_is_allowed() -> None:
    answer = ask(GOOD, path="EL/", site="SZ")
    assert (answer.outcome, codes(answer)) == ("allowed", ["qualified_until"])
    assert answer.reasons[0].params == {"date": LATE}
    assert answer.reasons[0].since == EARLY


@pytest.mark.parametrize("name", SupplierStatus.values)
def test_every_status(name: str) -> None:
    """A qualification row alone does not help a supplier that is not approved."""
    outcome = ask(status(name)).outcome
    assert outcome == ("allowed" if name in ("qualified", "limited") else "not_allowed")


@pytest.mark.parametrize("name", ["registered", "signing", "certification", "approval"])
def test_before_the_approval_a_waiver_helps(name: str) -> None:
    standing = replace(status(name), qualifications=[], waivers=[Waived("", EARLY, LATE)])
    answer = ask(standing)
    assert answer.outcome == "with_waiver"
    assert codes(answer) == ["waiver", "status_not_approved", "no_qualification"]


@pytest.mark.parametrize("name", ["disqualified", "not_introduced", "phased_out"])
def test_an_end_is_opened_by_no_waiver(name: str) -> None:
    standing = replace(status(name), waivers=[Waived("", EARLY, LATE)])
    answer = ask(standing)
    assert (answer.outcome, codes(answer)) == ("not_allowed", [f"status_{name}"])


def test_before_it_was_on_record() -> None:
    answer = ask(replace(GOOD, status=None))
    assert (answer.outcome, codes(answer)) == ("not_allowed", ["not_registered"])


def test_a_merged_record_points_to_the_other() -> None:
    answer = ask(replace(GOOD, merged_into="S-9"))
    assert (answer.outcome, codes(answer)) == ("not_allowed", ["supplier_merged"])
    assert answer.reasons[0].params == {"code": "S-9"}


@pytest.mark.parametrize(
    ("path", "outcome", "code"),
    [
        ("", "allowed", "qualified_until"),
        ("EL/", "allowed", "qualified_until"),
        ("EL/PCB/", "allowed", "qualified_until"),
        ("ELX/", "not_allowed", "category_not_qualified"),
        ("ME/", "not_allowed", "category_not_qualified"),
    ],
)
def test_a_parent_covers_its_children_and_nothing_beside(
    path: str, outcome: str, code: str
) -> None:
    answer = ask(GOOD, path=path)
    assert (answer.outcome, codes(answer)[0]) == (outcome, code)


def test_a_child_does_not_cover_its_parent() -> None:
    standing = replace(GOOD, qualifications=[Qualified("EL/PCB/", "", EARLY, LATE)])
    assert codes(ask(standing, path="EL/")) == ["category_not_qualified"]
    assert ask(standing).outcome == "allowed"


def test_sites() -> None:
    bound = replace(GOOD, qualifications=[Qualified("EL/", "SZ", EARLY, LATE)])
    assert ask(bound, site="SZ").outcome == "allowed"
    assert codes(ask(bound, site="DG")) == ["site_not_qualified"]
    anywhere = ask(bound, path="EL/")
    assert (anywhere.outcome, codes(anywhere)) == (
        "allowed",
        ["qualified_until", "only_from_sites"],
    )
    assert codes(ask(GOOD, site="XX")) == ["site_unknown"]


@pytest.mark.parametrize(
    ("row", "on", "code"),
    [
        (Qualified("EL/", "", EARLY, LATE), EARLY, "qualified_until"),
        (Qualified("EL/", "", EARLY, LATE), LATE, "qualified_until"),
        (Qualified("EL/", "", EARLY), LATE, "qualified"),
        (Qualified("EL/", "", EARLY, ON - dt.timedelta(1)), ON, "qualification_expired"),
        (Qualified("EL/", "", ON + dt.timedelta(1), LATE), ON, "qualification_later"),
        (Qualified("EL/", "", EARLY, LATE, ON), ON, "qualification_withdrawn"),
        (Qualified("EL/", "", EARLY, LATE, ON), ON - dt.timedelta(1), "qualified_until"),
    ],
)
def test_days_of_a_qualification(row: Qualified, on: dt.date, code: str) -> None:
    answer = ask(replace(GOOD, qualifications=[row]), on=on, path="EL/")
    assert codes(answer) == [code]
    assert (answer.outcome == "allowed") == code.startswith("qualified")


def test_of_several_rows_one_that_holds_is_enough() -> None:
    rows = [Qualified("EL/", "", EARLY, ON - dt.timedelta(9)), Qualified("EL/", "", EARLY, LATE)]
    assert ask(replace(GOOD, qualifications=rows)).outcome == "allowed"


def test_no_new_orders() -> None:
    standing = replace(status("limited"), limits=[Limited("no_new_orders", EARLY)])
    answer = ask(standing)
    assert (answer.outcome, codes(answer)) == (
        "not_allowed",
        ["limited_no_new_orders", "qualified_until"],
    )


def test_no_new_category_leaves_orders_alone() -> None:
    standing = replace(status("limited"), limits=[Limited("no_new_category", EARLY)])
    assert ask(standing).outcome == "allowed"
    extension = ask(standing, purpose="new_category")
    assert (extension.outcome, codes(extension)[0]) == ("not_allowed", "limited_no_new_category")
    assert ask(GOOD, purpose="new_category").outcome == "allowed"


def test_days_of_a_limit() -> None:
    limits = [Limited("no_new_orders", ON, None, ON + dt.timedelta(5))]
    standing = replace(status("limited"), limits=limits)
    answers = {shift: ask(standing, on=ON + dt.timedelta(shift)).outcome for shift in (-1, 0, 4, 5)}
    assert answers == {-1: "allowed", 0: "not_allowed", 4: "not_allowed", 5: "allowed"}


def test_a_limit_holds_beyond_its_planned_end_until_it_is_lifted() -> None:
    limits = [Limited("no_new_orders", EARLY, ON - dt.timedelta(1))]
    answer = ask(replace(status("limited"), limits=limits))
    assert (answer.outcome, codes(answer)) == (
        "not_allowed",
        ["limited_no_new_orders", "qualified_until", "limit_overdue"],
    )


def test_a_waiver_opens_a_limit_and_a_missing_category() -> None:
    waived = [Waived("", EARLY, LATE)]
    limited = replace(status("limited"), limits=[Limited("no_new_orders", EARLY)], waivers=waived)
    assert ask(limited).outcome == "with_waiver"
    assert ask(limited, purpose="new_category").outcome == "not_allowed"
    assert ask(replace(GOOD, waivers=waived), path="ME/").outcome == "with_waiver"
    assert ask(replace(GOOD, waivers=waived), path="EL/").outcome == "allowed"


@pytest.mark.parametrize(
    ("waiver", "path", "helps"),
    [
        (Waived("", EARLY, LATE), "ME/", True),
        (Waived("ME/", EARLY, LATE), "ME/X/", True),
        (Waived("ME/", EARLY, LATE), "MX/", False),
        (Waived("EL/", EARLY, LATE), "ME/", False),
        (Waived("", ON, ON), "ME/", True),
        (Waived("", EARLY, ON - dt.timedelta(1)), "ME/", False),
        (Waived("", ON + dt.timedelta(1), LATE), "ME/", False),
        (Waived("", EARLY, LATE, ON), "ME/", False),
        (Waived("", EARLY, LATE, ON + dt.timedelta(1)), "ME/", True),
    ],
)
def test_days_and_categories_of_a_waiver(waiver: Waived, path: str, helps: bool) -> None:
    answer = ask(replace(GOOD, waivers=[waiver]), path=path)
    assert answer.outcome == ("with_waiver" if helps else "not_allowed")


def test_a_waiver_of_one_category_is_no_general_one() -> None:
    standing = replace(
        status("limited"),
        limits=[Limited("no_new_orders", EARLY)],
        waivers=[Waived("EL/", EARLY, LATE)],
    )
    assert ask(standing).outcome == "not_allowed"
    assert ask(standing, path="EL/").outcome == "with_waiver"


def test_phase_out_date() -> None:
    """Until the day itself it stays as it was before the phase-out."""
    leaving = replace(status("phased_out", "qualified"), phase_out_on=ON)
    before = ask(leaving, on=ON - dt.timedelta(1), path="EL/")
    assert (before.outcome, codes(before)) == (
        "allowed",
        ["qualified_until", "phase_out_planned"],
    )
    assert codes(ask(leaving)) == ["status_phased_out"]
    never = replace(status("phased_out", "signing"), phase_out_on=LATE, qualifications=[])
    assert codes(ask(never))[:1] == ["status_not_approved"]
