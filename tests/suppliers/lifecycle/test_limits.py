"""A limitation that goes on, or becomes a stricter one."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from core import clock
from suppliers.enums import SupplierStatus
from suppliers.models import Supplier
from suppliers.selectors.effects import effects_of_approval
from suppliers.selectors.lifecycle_work import overdue_limits
from suppliers.selectors.sourcing import SourcingQuestion, check_sourcing
from suppliers.services.actions import take_action
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
