"""What a review comes to, when somebody is reminded, and the table of its steps."""

from __future__ import annotations

import datetime as dt

import pytest

from minerals.enums import ReviewState
from minerals.rules.review import (
    finding_key,
    may_be_decided,
    reminder_of,
    tally,
    working_days_after,
)
from minerals.rules.review_steps import DECIDED, RUNNING, TABLE, steps_from

DUE = dt.date(2026, 3, 10)
ASKED = dt.date(2026, 2, 24)


def test_a_key_names_what_a_finding_says() -> None:
    key = finding_key("date_in_future", "Declaration!D22", {"a": "1", "b": 2})
    assert key == finding_key("date_in_future", "Declaration!D22", {"b": 2, "a": "1"})
    others = {
        finding_key("date_too_old", "Declaration!D22", {"a": "1", "b": 2}),
        finding_key("date_in_future", "Declaration!D23", {"a": "1", "b": 2}),
        finding_key("date_in_future", "Declaration!D22", {"a": "2", "b": 2}),
    }
    assert len(others | {key}) == 4


@pytest.mark.parametrize(
    ("findings", "decisions", "outcome", "clean"),
    [
        ([], {}, "accepted", True),
        ([("i", "info")], {}, "accepted", True),
        ([("e", "error")], {}, "", False),
        ([("e", "error")], {"e": "asked"}, "", False),
        ([("e", "error")], {"e": "waived"}, "accepted_with_exceptions", False),
        ([("w", "warning")], {}, "accepted_with_exceptions", False),
        ([("w", "warning")], {"w": "asked"}, "accepted_with_exceptions", False),
        ([("w", "warning")], {"w": "waived"}, "accepted_with_exceptions", False),
        ([("w", "warning")], {"w": "accepted"}, "accepted", True),
        ([("e", "error"), ("w", "warning")], {"w": "accepted"}, "", False),
    ],
)
def test_outcome(
    findings: list[tuple[str, str]], decisions: dict[str, str], outcome: str, clean: bool
) -> None:
    found = tally(findings, decisions)
    assert (found.outcome, found.is_clean) == (outcome, clean)


def test_an_error_is_never_right_as_it_is() -> None:
    assert not may_be_decided("error", "accepted")
    assert may_be_decided("error", "waived")
    assert may_be_decided("warning", "accepted")


def test_working_days_leave_weekends_out() -> None:
    friday = dt.date(2026, 3, 6)
    assert working_days_after(friday, 1) == dt.date(2026, 3, 9)
    assert working_days_after(friday, 10) == dt.date(2026, 3, 20)


@pytest.mark.parametrize(
    ("since", "today", "whom"),
    [
        (ASKED, DUE - dt.timedelta(days=1), None),
        (ASKED, DUE, "supplier"),
        (DUE, DUE, None),
        (DUE, DUE + dt.timedelta(days=4), None),
        (DUE, DUE + dt.timedelta(days=5), "supplier"),
        (DUE + dt.timedelta(days=5), DUE + dt.timedelta(days=10), "buyer"),
        (ASKED, DUE + dt.timedelta(days=30), "buyer"),
        (DUE + dt.timedelta(days=10), DUE + dt.timedelta(days=99), None),
    ],
)
def test_two_reminders_then_the_buyer(since: dt.date, today: dt.date, whom: str | None) -> None:
    assert reminder_of(DUE, since, today) == whom


def test_the_table_knows_the_states_of_the_product() -> None:
    states = {state for step in TABLE for state in step.states} - {""}
    targets = {step.target for step in TABLE} - {""}
    assert states | targets | {"accepted_with_exceptions"} == set(ReviewState.values)
    assert set(RUNNING) | set(DECIDED) == {"", *ReviewState.values}


def test_what_is_decided_can_only_be_reopened() -> None:
    for state in DECIDED:
        assert [step.code for step in steps_from(state)] == ["reopen"]
    assert "accept" not in [step.code for step in steps_from("clarification_open")]
