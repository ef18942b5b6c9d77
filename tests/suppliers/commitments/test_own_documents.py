"""What a supplier's contact is asked to sign, apart from what can wait."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core import clock
from suppliers.enums import ChangeKind, SignatureState
from suppliers.models import DocumentVersion, Supplier
from suppliers.selectors.commitment_work import commitment_tasks
from suppliers.selectors.own_documents import earlier_signatures, own_documents
from tests.factories.commitments import make_document, make_request, make_signature, make_version

pytestmark = pytest.mark.django_db


def test_what_nobody_asked_for_is_not_counted_as_waiting(
    supplier: Supplier, supplier_user: User, version: DocumentVersion
) -> None:
    free = make_version(make_document("free"))
    make_request(supplier, version)
    own = own_documents(supplier_user)
    assert own is not None
    assert [one.version for one in own.asked] == [version]
    assert [one.version for one in own.later] == [free]
    assert [task.item for task in commitment_tasks(supplier_user)] == [version.document.label]


def test_what_was_signed_stays_listed_after_a_new_version(
    client: Client, supplier: Supplier, supplier_user: User, version: DocumentVersion
) -> None:
    signature = make_signature(supplier, version, pdf="signatures/a.pdf")
    client.force_login(supplier_user)
    address = reverse("suppliers:commitment-own")
    assert client.get(address).context["earlier"] == []
    make_version(version.document, 2, ChangeKind.MATERIAL)
    page = client.get(address)
    assert [(one.signature, one.why) for one in page.context["earlier"]] == [
        (signature, "replaced")
    ]
    assert reverse("suppliers:signature-pdf", args=[signature.pk]) in page.content.decode()
    assert "Version 1 · replaced" in page.content.decode()


def test_a_company_that_left_keeps_what_it_signed(
    supplier: Supplier, supplier_user: User, version: DocumentVersion
) -> None:
    past = clock.today() - dt.timedelta(days=1)
    expired = make_signature(supplier, version, valid_until=past)
    supplier.status = "disqualified"
    supplier.save()
    own = own_documents(supplier_user)
    assert own is not None
    assert [(one.signature, one.why) for one in earlier_signatures(own)] == [(expired, "expired")]
    revoked = make_signature(supplier, version, state=SignatureState.REVOKED)
    make_signature(supplier, version, state=SignatureState.REJECTED)
    assert {one.signature for one in earlier_signatures(own)} == {expired, revoked}
