"""What became possible for a buyer's own suppliers."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from suppliers.models import Supplier
from suppliers.selectors.lifecycle_work import lifecycle_work
from suppliers.selectors.next_steps import next_steps
from suppliers.services.suppliers import SupplierInput, create_supplier
from tests.suppliers.lifecycle.steps import (
    document,
    meet_gates,
    put_status,
    sign,
    step,
    to_certification,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_documents_asked")]


def steps(actor: User) -> list[tuple[str, str]]:
    return [(found.supplier.code, found.step.code) for found in next_steps(actor)]


@pytest.fixture
def own(buyer: User, supplier: Supplier) -> Supplier:
    Supplier.objects.filter(pk=supplier.pk).update(buyer=buyer)
    supplier.refresh_from_db()
    return supplier


def test_certification_can_begin_once_all_is_signed(buyer: User, own: Supplier) -> None:
    made = document()
    step(buyer, own, "start_signing")
    assert steps(buyer) == []
    sign(own, made)
    assert steps(buyer) == [("S-1", "start_certification")]
    (line,) = lifecycle_work(buyer)
    assert (line.title, line.detail) == (
        "Start certification · Bright Tin Co.",
        "All conditions are met.",
    )
    assert line.url == f"/suppliers/{own.pk}/actions/start_certification/"


def test_approval_can_be_asked_for_once_its_conditions_are_met(buyer: User, own: Supplier) -> None:
    to_certification(buyer, own)
    assert steps(buyer) == []
    meet_gates(own)
    assert steps(buyer) == [("S-1", "submit_for_approval")]


def test_those_of_others_and_those_about_to_end_are_left_out(
    buyer: User, csr_specialist: User, own: Supplier, other_supplier: Supplier
) -> None:
    put_status(other_supplier, "signing")
    step(buyer, own, "start_signing")
    assert steps(buyer) == [("S-1", "start_certification")]
    assert steps(csr_specialist) == []
    step(buyer, own, "not_introduce", reason_code="csr", explanation="Why.")
    assert steps(buyer) == []


def test_thirty_suppliers_cost_as_much_as_three(buyer: User) -> None:
    document()
    assert buyer.roles
    counts = []
    for number in range(30):
        made = create_supplier(None, SupplierInput(f"N{number}", f"Company {number}"))
        Supplier.objects.filter(pk=made.pk).update(buyer=buyer, status="signing")
        if number in (2, 29):
            with CaptureQueriesContext(connection) as queries:
                next_steps(buyer)
            counts.append(len(queries))
    assert counts[0] == counts[1]
