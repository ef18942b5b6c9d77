"""Answers about past days stay as they were, whatever becomes of the phase-out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from importlib import import_module

import pytest
import time_machine
from django.apps import apps

from accounts.models import User
from core import clock
from core.errors import DomainError
from suppliers.models import StatusChange, Supplier
from suppliers.selectors.links import input_of
from suppliers.selectors.sourcing import SourcingQuestion, check_sourcing
from suppliers.services.suppliers import update_supplier
from tests.suppliers.lifecycle.steps import qualify, step

pytestmark = pytest.mark.django_db
APRIL = dt.date(2024, 4, 1)


def on(day: str) -> AbstractContextManager[object]:
    return time_machine.travel(f"{day}T08:00:00+08:00", tick=False)


@pytest.fixture
def answer(buyer: User, csr_specialist: User, supplier: Supplier) -> Callable[[], str]:
    """About the first of April, for a supplier that was qualified in January."""
    with on("2024-01-10"):
        StatusChange.objects.filter(supplier=supplier).update(at=clock.now())
        qualify(buyer, csr_specialist, supplier)

    def asked() -> str:
        question = SourcingQuestion("EL", on=APRIL)
        return check_sourcing(buyer, ["S-1"], question).rows[0].answer.outcome

    return asked


def plan(buyer: User, supplier: Supplier, day: dt.date | None) -> None:
    reason = "Ends" if day else ""
    data = replace(input_of(supplier), phase_out_on=day, phase_out_reason=reason)
    update_supplier(buyer, supplier.pk, data)
    supplier.refresh_from_db()


def out(buyer: User, supplier: Supplier, day: dt.date) -> None:
    step(buyer, supplier, "phase_out", explanation="Ends", phase_out_on=day)


def test_a_second_phase_out_says_nothing_about_the_first(
    buyer: User, supplier: Supplier, answer: Callable[[], str]
) -> None:
    with on("2024-03-01"):
        out(buyer, supplier, clock.today())
    with on("2024-06-01"):
        assert answer() == "not_allowed"
        step(buyer, supplier, "reopen")
        assert answer() == "not_allowed"
    with on("2024-09-01"):
        out(buyer, supplier, dt.date(2025, 1, 1))
        assert answer() == "not_allowed"


def test_orders_before_the_day_stay_possible_when_it_is_opened_again(
    buyer: User, supplier: Supplier, answer: Callable[[], str]
) -> None:
    with on("2024-03-01"):
        out(buyer, supplier, dt.date(2024, 12, 1))
    with on("2024-06-01"):
        assert answer() == "allowed"
        step(buyer, supplier, "reopen")
        assert answer() == "allowed"


def test_a_plan_that_has_come_stays(
    buyer: User, supplier: Supplier, answer: Callable[[], str]
) -> None:
    with on("2024-02-01"):
        plan(buyer, supplier, dt.date(2024, 3, 1))
    with on("2024-06-01"):
        assert answer() == "not_allowed"
        for day in (None, dt.date(2024, 12, 1)):
            with pytest.raises(DomainError) as refused:
                plan(buyer, supplier, day)
            assert refused.value.code == "phase_out_fixed"
        with pytest.raises(DomainError):
            out(buyer, supplier, clock.today())
        supplier.refresh_from_db()
        out(buyer, supplier, dt.date(2024, 3, 1))
        assert answer() == "not_allowed"
        step(buyer, supplier, "reopen")
        assert answer() == "not_allowed"


def test_the_day_of_a_running_phase_out_is_filled_in(buyer: User, supplier: Supplier) -> None:
    day = clock.today() + dt.timedelta(days=9)
    out(buyer, supplier, day)
    made = StatusChange.objects.filter(supplier=supplier, action="phase_out")
    made.update(phase_out_on=None)
    import_module("suppliers.migrations.0017_fill_phase_out_days").fill_phase_out_days(apps, None)
    assert made.get().phase_out_on == day
