"""A NUL character in a form: nothing breaks, and nothing stores it (PostgreSQL cannot)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from suppliers.models import CountryRisk, DocumentRequest, SavedView, Supplier
from suppliers.services.actions import ActionInput, take_action
from tests.suppliers.lifecycle.steps import document, sign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_documents_asked")]


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def post(user: User, route: str, *args: object, **data: object) -> int:
    return client_of(user).post(reverse(f"suppliers:{route}", args=args), data).status_code


def test_reasons_and_notes(
    buyer: User, csr_specialist: User, admin: User, supplier: Supplier, supplier_user: User
) -> None:
    signature = sign(supplier, document())
    assert post(buyer, "signature-revoke", signature.pk, reason="Wrong\0 person") == 302
    signature.refresh_from_db()
    assert signature.check_note == "Wrong person"
    asked = DocumentRequest.objects.create(
        supplier=supplier, version=signature.version, due_on="2099-01-01"
    )
    assert post(supplier_user, "commitment-refuse", asked.pk, reason="No\0") in (200, 302)
    asked.refresh_from_db()
    assert asked.refusal == "No"
    assert post(admin, "risk-country", "CN", points="2", source="A\0B") == 302
    assert CountryRisk.objects.get(country="CN").source == "AB"
    assert post(buyer, "view-save", name="Mi\0ne", query="search=a\0") == 302
    assert SavedView.objects.get().name == "Mine"


def test_words_of_requests_and_decisions(
    buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    take_action(buyer, supplier.pk, "start_signing", ActionInput())
    data = {"reason_code": "csr", "explanation": "No\0"}
    assert post(buyer, "supplier-action", supplier.pk, "not_introduce", **data) < 500
    take_action(
        buyer, supplier.pk, "not_introduce", ActionInput(reason_code="csr", explanation="x")
    )
    approval = supplier.approvals.get()
    decision = {"verdict": "approve", "note": "Be\0cause"}
    assert post(csr_specialist, "approval-decide", approval.pk, **decision) == 422
    approval.refresh_from_db()
    assert approval.state == "open"  # not decided without the words that went with it
    assert post(csr_specialist, "supplier-gate-record", supplier.pk, "training", note="\0") < 500
    assert post(buyer, "supplier-edit", supplier.pk, name="\0", code="S-1") < 500
    assert post(buyer, "sourcing-bulk", codes="S-1\0") < 500
