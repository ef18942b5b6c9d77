"""Whoever no longer sees a supplier is not told about it either."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from core import clock
from core.models import Notification
from suppliers.enums import RequestState
from suppliers.models import DocumentRequest, Supplier
from suppliers.selectors.recipients import who_see
from suppliers.services.approvals import decide
from suppliers.services.reminders import remind_due
from suppliers.services.scopes import set_scope
from tests.suppliers.lifecycle.steps import document, step, to_certification

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_documents_asked")]


def narrow(admin: User, buyer: User) -> None:
    set_scope(admin, buyer.pk, [], ["DE"])


def test_a_buyer_whose_scope_was_narrowed_is_not_told_of_the_decision(
    admin: User, buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    to_certification(buyer, supplier)
    asked = step(buyer, supplier, "not_introduce", reason_code="csr", explanation="x")
    assert asked is not None
    narrow(admin, buyer)
    decide(csr_specialist, asked.pk, approve=True)
    assert not Notification.objects.filter(recipient=buyer).exists()


def test_nor_that_it_did_not_sign(
    admin: User, buyer: User, csr_specialist: User, supplier: Supplier, supplier_user: User
) -> None:
    due = clock.today() - dt.timedelta(days=20)
    made = DocumentRequest.objects.create(
        supplier=supplier,
        version=document().versions.get(),
        state=RequestState.OPEN,
        due_on=due,
        requested_by=buyer,
    )
    DocumentRequest.objects.filter(pk=made.pk).update(requested_at=clock.now() - dt.timedelta(40))
    narrow(admin, buyer)
    remind_due(clock.today())
    told = Notification.objects.filter(kind="document.not_signed")
    assert [one.recipient for one in told] == [csr_specialist]


def test_contacts_of_others_and_nobody_are_left_out(
    buyer: User, supplier: Supplier, supplier_user: User, other_supplier_user: User
) -> None:
    people = [buyer, None, supplier_user, other_supplier_user, buyer]
    assert who_see(supplier, people) == [buyer, supplier_user]
