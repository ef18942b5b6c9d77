"""Asking, refusing, taking back, reminding."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from core.errors import DomainError, InvalidInput, NotAllowed, NotFound
from core.models import ActivityEntry, Notification
from suppliers.enums import RequestState, SignatureState, SupplierStatus
from suppliers.models import (
    DocumentRequest,
    DocumentType,
    DocumentVersion,
    Signature,
    Supplier,
    SupplierContact,
)
from suppliers.selectors.commitment_work import commitment_tasks, commitment_work
from suppliers.selectors.commitments import commitments_in_use, standing_of
from suppliers.selectors.request_plan import request_plan
from suppliers.services.document_requests import (
    BulkRequestInput,
    cancel_request,
    refuse_request,
    request_documents,
)
from suppliers.services.document_types import DocumentTypeInput, update_document_type
from suppliers.services.paper_signatures import (
    hand_in_own_scan,
    record_paper_signature,
)
from suppliers.services.reminders import remind_due
from suppliers.services.suppliers import SupplierInput, create_supplier
from tests.factories.commitments import (
    TODAY,
    make_document,
    make_request,
    make_signature,
    make_version,
    paper,
)

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 signed and stamped"


def day(number: int) -> dt.date:
    return TODAY() + dt.timedelta(days=number)


def ask(actor: User, *suppliers: Supplier, days: int = 10) -> Any:
    documents = [one.document.pk for one in commitments_in_use()]
    keys = [supplier.pk for supplier in suppliers]
    return request_documents(actor, BulkRequestInput(keys, documents, day(days)))


# --- Asking ---------------------------------------------------------------------------------------
def test_bulk_asks_and_skips_with_reasons(
    buyer: User, version: DocumentVersion, supplier: Supplier, supplier_user: User
) -> None:
    make_document("unwritten")
    service = make_version(make_document("service-letter", kinds=["service"]))
    make_version(make_document("second-letter", order=200))
    gone = create_supplier(None, SupplierInput("S-8", "Gone Ltd"))
    Supplier.objects.filter(pk=gone.pk).update(status=SupplierStatus.PHASED_OUT)
    done = create_supplier(None, SupplierInput("S-9", "Done Ltd"))
    make_signature(done, version)
    plan = request_plan(list(Supplier.objects.order_by("code")), commitments_in_use())
    sent = ask(buyer, supplier, gone, done)
    for one in (plan, sent):
        asked = {
            (row.supplier.code, row.is_reachable): [v.document.code for v in row.versions]
            for row in one.asked
        }
        assert asked == {
            ("S-1", True): ["test-letter", "second-letter"],
            ("S-9", False): ["second-letter"],
        }
        skipped = {
            (row.supplier.code, row.standing.document.code): row.reason for row in one.skipped
        }
        assert skipped == {
            ("S-1", "unwritten"): "no_version",
            ("S-1", "service-letter"): "not_required",
            ("S-8", "test-letter"): "left",
            ("S-8", "second-letter"): "left",
            ("S-8", "unwritten"): "left",
            ("S-8", "service-letter"): "left",
            ("S-9", "test-letter"): "signed",
            ("S-9", "unwritten"): "no_version",
            ("S-9", "service-letter"): "not_required",
        }
    rows = DocumentRequest.objects.order_by("supplier__code", "version__document__order")
    assert [(row.supplier.code, row.version.document.code) for row in rows] == [
        ("S-1", "test-letter"), ("S-1", "second-letter"), ("S-9", "second-letter"),
    ]  # fmt: skip
    assert {row.requested_by for row in rows} == {buyer}
    assert not service.requests.exists()
    told = Notification.objects.get()
    assert told.recipient == supplier_user
    assert "Letter test-letter, Letter second-letter" in told.text_in("en")


def test_asking_twice_asks_once(buyer: User, version: DocumentVersion, supplier: Supplier) -> None:
    ask(buyer, supplier)
    assert [one.reason for one in ask(buyer, supplier).skipped] == ["requested"]
    assert DocumentRequest.objects.count() == 1


def test_everybody_is_told_where_nobody_may_sign(
    buyer: User, version: DocumentVersion, supplier: Supplier, supplier_user: User
) -> None:
    SupplierContact.objects.update(may_sign=False)
    ask(buyer, supplier)
    assert Notification.objects.get().recipient == supplier_user


@pytest.mark.parametrize(
    ("suppliers", "documents", "days", "code"),
    [
        ([], [1], 3, "nothing_chosen"),
        ([1], [], 3, "nothing_chosen"),
        ([1], [1], -1, "due_on_past"),
        (list(range(1001)), [1], 3, "too_many_suppliers"),
    ],
)
def test_odd_bulk(
    suppliers: list[int], documents: list[int], days: int, code: str, buyer: User
) -> None:
    with pytest.raises(InvalidInput) as refused:
        request_documents(buyer, BulkRequestInput(suppliers, documents, day(days)))
    assert refused.value.code == code


def test_who_may_ask(auditor: User, version: DocumentVersion, supplier: Supplier) -> None:
    with pytest.raises(NotAllowed):
        ask(auditor, supplier)


def test_take_back_and_refuse(
    buyer: User,
    csr_specialist: User,
    version: DocumentVersion,
    supplier: Supplier,
    supplier_user: User,
    other_supplier_user: User,
) -> None:
    request = make_request(supplier, version, requested_by=buyer)
    with pytest.raises(NotFound):
        refuse_request(other_supplier_user, request.pk, "not mine")
    with pytest.raises(NotAllowed):
        refuse_request(csr_specialist, request.pk, "for them")
    for reason, code in ((" ", "refusal_missing"), ("x" * 2001, "refusal_too_long")):
        with pytest.raises(InvalidInput) as refused:
            refuse_request(supplier_user, request.pk, reason)
        assert refused.value.code == code
    refuse_request(supplier_user, request.pk, "Our lawyers object.")
    request.refresh_from_db()
    assert (request.state, request.refusal) == (RequestState.REFUSED, "Our lawyers object.")
    told = Notification.objects.filter(kind="document.refused")
    assert {one.recipient for one in told} == {buyer, csr_specialist}
    assert standing_of(supplier, version.document).state == "refused"
    with pytest.raises(DomainError) as closed:
        cancel_request(buyer, request.pk)
    assert closed.value.code == "request_closed"
    # Asked again after a refusal, and taken back.
    ask(buyer, supplier)
    assert standing_of(supplier, version.document).state == "requested"
    cancel_request(buyer, DocumentRequest.objects.get(state=RequestState.OPEN).pk)
    assert standing_of(supplier, version.document).state == "refused"


# --- Reminding ------------------------------------------------------------------------------------
def asked_since_long(supplier: Supplier, version: DocumentVersion, due_in: int) -> DocumentRequest:
    request = make_request(supplier, version, due_in)
    DocumentRequest.objects.filter(pk=request.pk).update(
        requested_at=timezone.now() - dt.timedelta(days=60)
    )
    return request


def test_four_reminders_then_our_people(
    version: DocumentVersion,
    supplier: Supplier,
    supplier_user: User,
    buyer: User,
    csr_specialist: User,
) -> None:
    Supplier.objects.filter(pk=supplier.pk).update(buyer=buyer)
    request = asked_since_long(supplier, version, 10)
    reminded = [number for number in range(80) if remind_due(day(number)).reminders]
    assert reminded == [3, 10, 17, 24]
    request.refresh_from_db()
    assert (request.reminders, request.reminded_on) == (4, day(24))
    told = Notification.objects.filter(recipient=supplier_user).order_by("pk")
    assert [one.is_urgent for one in told] == [False, True, True, True]
    ours = Notification.objects.filter(kind="document.not_signed")
    assert {one.recipient for one in ours} == {buyer, csr_specialist}


def test_a_second_run_on_the_day_does_nothing(
    version: DocumentVersion, supplier: Supplier, supplier_user: User
) -> None:
    asked_since_long(supplier, version, 0)
    assert remind_due(TODAY()).reminders == 1
    assert remind_due(TODAY()).reminders == 0
    assert Notification.objects.count() == 1


def test_documents_of_one_day_are_one_message(
    version: DocumentVersion, supplier: Supplier, supplier_user: User
) -> None:
    asked_since_long(supplier, version, 0)
    asked_since_long(supplier, make_version(make_document("second-letter")), 0)
    assert remind_due(TODAY()).reminders == 2
    assert Notification.objects.count() == 1


@pytest.mark.parametrize("case", ["signed", "refused", "disqualified", "scan", "merged"])
def test_nobody_is_reminded_needlessly(
    case: str,
    version: DocumentVersion,
    supplier: Supplier,
    other_supplier: Supplier,
    supplier_user: User,
) -> None:
    request = asked_since_long(supplier, version, -3)
    if case in ("signed", "refused"):
        state = RequestState.DONE if case == "signed" else RequestState.REFUSED
        DocumentRequest.objects.filter(pk=request.pk).update(state=state)
    if case == "disqualified":
        Supplier.objects.filter(pk=supplier.pk).update(status=SupplierStatus.DISQUALIFIED)
    if case == "merged":
        Supplier.objects.filter(pk=supplier.pk).update(merged_into=other_supplier)
    if case == "scan":
        make_signature(supplier, version, state=SignatureState.TO_CHECK)
    assert remind_due(TODAY()).reminders == 0
    assert not Notification.objects.exists()


def test_a_signed_document_is_not_reminded_whatever_its_request_says(
    version: DocumentVersion, supplier: Supplier, supplier_user: User
) -> None:
    asked_since_long(supplier, version, -1)
    make_signature(supplier, version)
    assert remind_due(TODAY()).reminders == 0
    # One that ends soon is asked for anew.
    Signature.objects.update(valid_until=day(10))
    assert remind_due(TODAY()).reminders == 1


def test_a_document_out_of_use_is_neither_reminded_nor_asked_for(
    version: DocumentVersion, supplier: Supplier, supplier_user: User, admin: User
) -> None:
    request = asked_since_long(supplier, version, -1)
    document = version.document
    DocumentType.objects.filter(pk=document.pk).update(is_active=False)
    assert remind_due(TODAY()).reminders == 0
    DocumentType.objects.filter(pk=document.pk).update(is_active=True)
    wanted = DocumentTypeInput(document.code, document.name, "", document.kinds, is_active=False)
    update_document_type(admin, document.pk, wanted)
    request.refresh_from_db()
    assert (request.state, request.closed_at is not None) == (RequestState.CANCELLED, True)
    entry = ActivityEntry.objects.about(supplier).get(verb="document.request_cancelled")
    assert (entry.actor, entry.data["name"]) == (admin, document.name)


def test_one_broken_request_keeps_nobody_else_from_being_reminded(
    version: DocumentVersion,
    supplier: Supplier,
    other_supplier: Supplier,
    supplier_user: User,
    other_supplier_user: User,
) -> None:
    broken = asked_since_long(supplier, version, -1)
    asked_since_long(other_supplier, version, -1)
    # No day can be counted back from the first one there is.
    DocumentRequest.objects.filter(pk=broken.pk).update(due_on=dt.date.min)
    with pytest.raises(ExceptionGroup):
        remind_due(TODAY())
    assert [one.recipient for one in Notification.objects.all()] == [other_supplier_user]


# --- Work -----------------------------------------------------------------------------------------
def test_the_queue_of_our_people(
    version: DocumentVersion,
    supplier: Supplier,
    supplier_user: User,
    buyer: User,
    auditor: User,
) -> None:
    hand_in_own_scan(supplier_user, paper(version))
    second = make_version(make_document("second-letter"))
    refused = make_request(supplier, second)
    refuse_request(supplier_user, refused.pk, "No")
    make_request(supplier, make_version(make_document("third-letter")), -14)
    items = commitment_work(buyer)
    assert [(item.severity, item.title.split(":")[0]) for item in items] == [
        ("error", "Refused"),
        ("error", "Not signed after all reminders"),
        ("warning", "Check the signed scan"),
    ]
    assert commitment_work(auditor) == []
    assert commitment_work(supplier_user) == []


def test_a_long_queue_is_cut(
    version: DocumentVersion, supplier: Supplier, supplier_user: User, buyer: User
) -> None:
    for number in range(8):
        make_request(supplier, make_version(make_document(f"letter-{number}")), -20)
    items = commitment_work(buyer)
    assert len(items) == 6
    assert items[-1].title == "3 more documents are refused, late or to be checked"
    assert sum(item.count for item in items) == 8


def test_a_buyer_with_scans_of_his_own_is_not_asked_to_check_them(
    version: DocumentVersion, supplier: Supplier, buyer: User, csr_specialist: User
) -> None:
    record_paper_signature(buyer, supplier.pk, paper(version))
    assert commitment_work(buyer) == []
    assert len(commitment_work(csr_specialist)) == 1


def test_tasks_of_a_supplier(
    version: DocumentVersion, supplier: Supplier, supplier_user: User, buyer: User
) -> None:
    signed = make_version(make_document("signed-letter"))
    make_signature(supplier, signed)
    make_version(make_document("not-urgent"))
    make_version(make_document("at-certification", at_certification=True))
    make_request(supplier, version, 4)
    assert [task.is_done for task in commitment_tasks(supplier_user)] == [False, True]
    Supplier.objects.filter(pk=supplier.pk).update(status=SupplierStatus.SIGNING)
    tasks = commitment_tasks(supplier_user)
    assert [(task.title, task.due_on, task.is_done) for task in tasks] == [
        ("Sign: Letter test-letter, version 1", day(4), False),
        ("Sign: Letter at-certification, version 1", None, False),
        ("Letter signed-letter", None, True),
    ]
    assert commitment_tasks(buyer) == []
    assert not Signature.objects.filter(state=SignatureState.TO_CHECK).exists()
