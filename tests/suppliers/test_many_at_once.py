"""Asking many suppliers costs hardly more queries than asking one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core import clock
from core.models import ActivityEntry, Notification
from suppliers.models import Assessment, DocumentRequest, DocumentType, Supplier, SupplierContact
from suppliers.services.assessment_requests import RequestInput, request_assessments
from suppliers.services.document_requests import BulkRequestInput, request_documents
from suppliers.services.document_types import DocumentTypeInput, update_document_type
from suppliers.services.document_versions import publish_version
from tests.factories.commitments import make_document, make_signature, make_version

pytestmark = pytest.mark.django_db
FEW, MANY = 3, 60


def suppliers_with_people(count: int) -> list[Supplier]:
    first = Supplier.objects.count()
    codes = [f"M-{number:04d}" for number in range(first, first + count)]
    made = Supplier.objects.bulk_create(Supplier(code=code, name=f"Co. {code}") for code in codes)
    people = User.objects.bulk_create(User(email=f"{code}@x.test", name=code) for code in codes)
    SupplierContact.objects.bulk_create(
        SupplierContact(supplier=one, user=person, name=person.name, may_sign=True)
        for one, person in zip(made, people, strict=True)
    )
    return made


def queries(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def costs(act: Callable[[list[Supplier]], Callable[[], object]]) -> tuple[int, int]:
    """Queries for a few suppliers and for many."""
    few, many = (queries(act(suppliers_with_people(count))) for count in (FEW, MANY))
    return few, many


def test_sending_self_assessments(buyer: User) -> None:
    due_on = clock.today() + dt.timedelta(days=20)

    def act(suppliers: list[Supplier]) -> Callable[[], object]:
        keys = [one.pk for one in suppliers]
        return lambda: request_assessments(buyer, RequestInput(keys, due_on))

    few, many = costs(act)
    assert many - few <= 4
    asked = Assessment.objects.get(supplier__code="M-0062")
    told = Notification.objects.get(recipient__email="M-0062@x.test")
    assert told.url.endswith(f"/{asked.pk}/")
    assert told.subject_id == str(asked.pk)
    entry = ActivityEntry.objects.about(asked.supplier).get()
    assert (entry.verb, entry.actor) == ("assessment.requested", buyer)
    assert entry.data["assessment"] == asked.pk


def test_asking_for_documents(buyer: User) -> None:
    DocumentType.objects.update(is_active=False)
    documents = [make_version(make_document(code)).document.pk for code in ("a", "b")]
    due_on = clock.today() + dt.timedelta(days=20)

    def act(suppliers: list[Supplier]) -> Callable[[], object]:
        keys = [one.pk for one in suppliers]
        return lambda: request_documents(buyer, BulkRequestInput(keys, documents, due_on))

    few, many = costs(act)
    assert many - few <= 4
    assert DocumentRequest.objects.count() == 2 * (FEW + MANY)
    assert Notification.objects.count() == FEW + MANY
    entry = ActivityEntry.objects.about(Supplier.objects.get(code="M-0062")).get()
    assert (entry.verb, entry.data["documents"]) == ("document.requested", ["a", "b"])


def test_publishing_and_taking_out_of_use(admin: User) -> None:
    document = make_document()
    first = make_version(document)

    def publish(suppliers: list[Supplier]) -> Callable[[], object]:
        for one in suppliers:
            make_signature(one, first)
        number = document.versions.count() + 1
        draft = make_version(document, number, "material", is_published=False)
        return lambda: publish_version(admin, draft.pk)

    few, many = costs(publish)
    assert many - few <= 4
    assert DocumentRequest.objects.filter(state="open").count() == FEW + MANY
    told = Notification.objects.filter(recipient__email="M-0062@x.test")
    assert [one.kind for one in told] == ["document.asked_again"]
    entries = ActivityEntry.objects.about(Supplier.objects.get(code="M-0062"))
    assert [one.verb for one in entries] == ["document.asked_again"]
    wanted = DocumentTypeInput(document.code, document.name, "", document.kinds, is_active=False)
    assert queries(lambda: update_document_type(admin, document.pk, wanted)) < 15
