"""What waits for a colleague about lifecycles."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core import clock
from suppliers.enums import ApprovalKind
from suppliers.models import Approval, BuyerScope, Supplier
from suppliers.selectors.lifecycle_work import (
    EACH,
    expiring_qualifications,
    lifecycle_work,
)
from suppliers.services.qualifications import QualificationInput, request_qualification
from suppliers.services.suppliers import SupplierInput, create_supplier
from tests.suppliers.lifecycle.steps import agree, limit, qualify, to_approval

pytestmark = pytest.mark.django_db


def test_decisions_wait_for_deciders_only(
    buyer: User, csr_specialist: User, auditor: User, supplier: Supplier
) -> None:
    approval = to_approval(buyer, supplier)
    line = lifecycle_work(csr_specialist)[0]
    assert (line.severity, line.title) == ("warning", "Approve the supplier · Bright Tin Co.")
    assert line.url.endswith(f"/approvals/{approval.pk}/")
    assert lifecycle_work(buyer) == lifecycle_work(auditor) == []
    late = clock.now() - dt.timedelta(days=8)
    Approval.objects.filter(pk=approval.pk).update(requested_at=late)
    assert lifecycle_work(csr_specialist)[0].severity == "error"


def test_overdue_limits_come_first(buyer: User, csr_specialist: User, supplier: Supplier) -> None:
    qualify(buyer, csr_specialist, supplier)
    limit(buyer, csr_specialist, supplier, ends_on=clock.today())
    assert lifecycle_work(buyer) == []
    yesterday = clock.today() - dt.timedelta(days=1)
    supplier.restrictions.update(starts_on=yesterday, ends_on=yesterday)
    line = lifecycle_work(buyer)[0]
    assert (line.severity, line.due_on) == ("error", yesterday)
    BuyerScope.objects.create(user=buyer, countries=["DE"])
    assert lifecycle_work(buyer) == []


@pytest.mark.parametrize(("days", "shown"), [(-1, 0), (0, 1), (60, 1), (61, 0)])
def test_what_expires_within_sixty_days(
    buyer: User, csr_specialist: User, supplier: Supplier, days: int, shown: int
) -> None:
    qualify(buyer, csr_specialist, supplier)
    day = clock.today() + dt.timedelta(days=days)
    start = day - dt.timedelta(days=100)
    supplier.qualifications.update(valid_from=start, valid_until=day)
    assert expiring_qualifications(buyer).count() == shown
    assert len(lifecycle_work(buyer)) == shown


def test_a_renewal_asked_for_or_approved_is_enough(
    buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    qualify(buyer, csr_specialist, supplier)
    supplier.qualifications.update(valid_until=clock.today() + dt.timedelta(days=9))
    assert expiring_qualifications(buyer).count() == 1
    approval = request_qualification(buyer, supplier.pk, QualificationInput("EL"))
    assert expiring_qualifications(buyer).count() == 0
    agree(csr_specialist, approval)
    assert expiring_qualifications(buyer).count() == 0


def test_a_few_lines_and_the_rest_counted_with_few_queries(
    buyer: User, csr_specialist: User
) -> None:
    for number in range(9):
        made = create_supplier(None, SupplierInput(f"C{number}", f"Company {number}"))
        Approval.objects.create(supplier=made, kind=ApprovalKind.WAIVE, requested_by=buyer)
    assert csr_specialist.roles  # read before we count
    with CaptureQueriesContext(connection) as queries:
        lines = lifecycle_work(csr_specialist)
    assert len(lines) == EACH + 1
    assert (lines[-1].title, lines[-1].count) == ("6 more requests to decide", 6)
    assert len(queries) <= 7
