"""The table of the lifecycle over all states and actions."""

from __future__ import annotations

import pytest

from suppliers.enums import ApprovalKind, SupplierStatus
from suppliers.models import Supplier
from suppliers.selectors.badges import status_badge_of
from suppliers.workflow import (
    BY_CODE,
    ENDED,
    TABLE,
    action_of,
    actions_from,
    transition,
)

S = SupplierStatus
# state: what a person may ask for there, and where it leads
WANTED = {
    S.REGISTERED: {"start_signing": S.SIGNING, "phase_out": S.PHASED_OUT},
    S.SIGNING: {
        "start_certification": S.CERTIFICATION,
        "not_introduce": S.NOT_INTRODUCED,
        "phase_out": S.PHASED_OUT,
    },
    S.CERTIFICATION: {
        "submit_for_approval": S.APPROVAL,
        "not_introduce": S.NOT_INTRODUCED,
        "phase_out": S.PHASED_OUT,
    },
    S.APPROVAL: {"not_introduce": S.NOT_INTRODUCED, "phase_out": S.PHASED_OUT},
    S.QUALIFIED: {
        "restrict": S.LIMITED,
        "disqualify": S.DISQUALIFIED,
        "phase_out": S.PHASED_OUT,
    },
    S.LIMITED: {
        "restrict": S.LIMITED,
        "lift": S.QUALIFIED,
        "disqualify": S.DISQUALIFIED,
        "phase_out": S.PHASED_OUT,
    },
    S.DISQUALIFIED: {"recertify": S.SIGNING},
    S.NOT_INTRODUCED: {"recertify": S.SIGNING},
    S.PHASED_OUT: {"reopen": S.REGISTERED},
}
BY_DECISION = {(S.APPROVAL, "approve"): S.QUALIFIED, (S.APPROVAL, "send_back"): S.CERTIFICATION}


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("action", sorted(BY_CODE))
def test_every_action_in_every_state(state: SupplierStatus, action: str) -> None:
    wanted = WANTED[state].get(action) or BY_DECISION.get((state, action))
    found = transition(state, action)
    assert (found.target if found else None) == wanted
    offered = [row.code for row in actions_from(state)]
    assert (action in offered) == (action in WANTED[state])


def test_codes_are_unique_and_unknown_ones_lead_nowhere() -> None:
    assert len(BY_CODE) == len(TABLE)
    assert transition(S.REGISTERED, "nonsense") is None
    assert transition("nonsense", "start_signing") is None


def test_what_ends_or_limits_needs_a_second_person_and_a_reason() -> None:
    for code in ("restrict", "disqualify", "not_introduce"):
        row = BY_CODE[code]
        assert (row.way, row.needs_second_person, row.needs_reason) == ("asked", True, True)
    assert BY_CODE["lift"].needs_second_person
    assert BY_CODE["approve"].needs_second_person
    assert BY_CODE["submit_for_approval"].opens == ApprovalKind.QUALIFY


def test_every_asked_step_has_its_own_kind_of_request() -> None:
    asked = [row for row in TABLE if row.way == "asked"]
    assert all(row.opens is not None for row in asked)
    assert len({row.opens for row in asked}) == len(asked)
    for row in asked:
        assert row.opens is not None
        assert action_of(row.opens) is row
    assert action_of(ApprovalKind.QUALIFY) is BY_CODE["approve"]
    assert action_of(ApprovalKind.WAIVE) is None
    assert action_of(ApprovalKind.QUALIFICATION) is None


def test_the_only_way_back_after_an_end_is_a_new_certification() -> None:
    for state in ENDED:
        assert [row.code for row in actions_from(state)] == ["recertify"]


def test_approval_looks_at_the_same_conditions_as_its_request() -> None:
    assert BY_CODE["approve"].gates == BY_CODE["submit_for_approval"].gates


@pytest.mark.parametrize("status", S)
def test_every_status_has_a_badge(status: S) -> None:
    assert status_badge_of(Supplier(status=status)).label == str(status.label)
