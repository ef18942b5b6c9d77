"""A limitation that goes on, or becomes a stricter one."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.translation import override

from accounts.models import User
from core import clock
from core.models import ActivityEntry, Notification
from suppliers.enums import SupplierStatus
from suppliers.models import Supplier
from suppliers.selectors.effects import effects_of_approval
from suppliers.selectors.lifecycle_work import overdue_limits
from suppliers.selectors.sourcing import SourcingQuestion, check_sourcing
from suppliers.services.actions import take_action
from suppliers.web.history import history_line
from tests.suppliers.lifecycle.steps import agree, limit, limit_input, qualify, shift, step

pytestmark = pytest.mark.django_db


def test_a_limitation_is_replaced_by_a_stricter_one(
    buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    """The first holds until the day before the second begins."""
    qualify(buyer, csr_specialist, supplier)
    limit(buyer, csr_specialist, supplier, scope="no_new_category")
    since = supplier.status_since
    begins = clock.today() + dt.timedelta(days=10)
    limit(buyer, csr_specialist, supplier, starts_on=begins)
    first, second = supplier.restrictions.order_by("pk")
    assert (first.lifted_on, second.starts_on, second.lifted_on) == (begins, begins, None)
    assert (supplier.status, supplier.status_since) == (SupplierStatus.LIMITED, since)
    outcomes = [
        check_sourcing(buyer, ["S-1"], SourcingQuestion(on=begins - dt.timedelta(days=days)))
        .rows[0]
        .answer.outcome
        for days in (1, 0)
    ]
    assert outcomes == ["allowed", "not_allowed"]
    agree(csr_specialist, step(buyer, supplier, "lift", explanation="Done."))
    assert {row.lifted_on for row in supplier.restrictions.all()} == {clock.today()}


def test_a_limitation_whose_planned_end_has_passed_is_continued(
    buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    qualify(buyer, csr_specialist, supplier)
    limit(buyer, csr_specialist, supplier, ends_on=clock.today())
    shift(supplier, 5)
    assert overdue_limits(buyer).exists()
    later = clock.today() + dt.timedelta(days=90)
    asked = take_action(buyer, supplier.pk, "restrict", limit_input(ends_on=later)).approval
    assert asked is not None
    assert "The status stays “Limited cooperation”" in effects_of_approval(asked)[0]
    agree(csr_specialist, asked)
    assert not overdue_limits(buyer).exists()
    assert supplier.restrictions.get(lifted_on=None).ends_on == later


def test_the_trail_says_what_the_limitation_is(
    buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    qualify(buyer, csr_specialist, supplier)
    limit(buyer, csr_specialist, supplier, ends_on=clock.today() + dt.timedelta(days=9))
    entry = ActivityEntry.objects.get(verb="lifecycle.restrict")
    detail = history_line(entry).detail
    assert "No new orders · from " in detail
    assert " until " in detail
    assert "to be done before it is lifted: Close the findings." in detail


@pytest.mark.parametrize(("approve", "verb"), [(True, "approved"), (False, "rejected")])
def test_the_one_who_asked_is_told_what_was_decided(
    buyer: User, csr_specialist: User, supplier: Supplier, *, approve: bool, verb: str
) -> None:
    qualify(buyer, csr_specialist, supplier)
    asked = step(buyer, supplier, "disqualify", reason_code="csr", explanation="Why.")
    assert asked is not None
    agree(csr_specialist, asked, approve=approve)
    told = Notification.objects.get(recipient=buyer, kind=f"approval.{verb}", subject_id=asked.pk)
    assert told.text.endswith(f"{verb} what you asked for: Disqualify.")
    with override("zh-hans"):
        assert "取消资格" in told.text


def test_what_became_void_is_named(buyer: User, csr_specialist: User, supplier: Supplier) -> None:
    qualify(buyer, csr_specialist, supplier)
    take_action(buyer, supplier.pk, "restrict", limit_input())
    step(buyer, supplier, "phase_out", explanation="Ends.", phase_out_on=clock.today())
    told = Notification.objects.get(recipient=buyer, kind="approval.withdrawn")
    assert told.text.endswith("because the status has changed: Limit the cooperation.")
