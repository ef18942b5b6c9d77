"""Notifications about suppliers: over with what they ask, in the reader's language, and gone for
whoever does not see the supplier any more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from accounts.models import User
from core import clock
from core.models import Notification
from core.services.notification_mail import mail_digest, mail_urgent
from core.services.notifications import mark_all_read, notify
from portal.services.merging import merge
from suppliers.enums import ApprovalKind
from suppliers.models import Category, DocumentVersion, Supplier
from suppliers.services.approvals import decide, withdraw_request
from suppliers.services.assessment_requests import (
    RequestInput,
    cancel_assessment,
    request_assessments,
)
from suppliers.services.assessment_review import ReviewInput, review_assessment
from suppliers.services.document_requests import (
    BulkRequestInput,
    cancel_request,
    refuse_request,
    request_documents,
)
from suppliers.services.paper_signatures import (
    PaperInput,
    check_paper_signature,
    hand_in_own_scan,
)
from suppliers.services.reminders import remind_due
from suppliers.services.requests import RequestInput as ApprovalInput
from suppliers.services.requests import open_request
from suppliers.services.scopes import set_scope
from suppliers.services.signing import Circumstances, SigningInput, sign_document
from suppliers.services.suppliers import delete_supplier
from tests.factories.assessments import hand_in
from tests.factories.commitments import make_document, make_version

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
NEXT_WEEK = clock.today() + dt.timedelta(days=7)


@pytest.fixture
def letters(no_documents_asked: None) -> list[DocumentVersion]:
    return [make_version(make_document(code)) for code in ("letter-a", "letter-b")]


def ask(actor: User, supplier: Supplier, *versions: DocumentVersion) -> None:
    keys = [version.document_id for version in versions]
    request_documents(actor, BulkRequestInput([supplier.pk], keys, NEXT_WEEK))


def sign(actor: User, version: DocumentVersion) -> None:
    data = SigningInput(version.pk, "Wang Liang", "Director", True, "en")
    sign_document(actor, data, Circumstances(None, ""))


def unread(person: User) -> list[str]:
    found = Notification.objects.visible_to(person).unread().order_by("pk")
    return list(found.values_list("kind", flat=True))


def test_signed_is_asked_no_more_of_anybody(
    sign_in: SignIn,
    buyer: User,
    supplier: Supplier,
    supplier_user: User,
    letters: list[DocumentVersion],
) -> None:
    ask(buyer, supplier, *letters)
    remind_due(NEXT_WEEK)
    assert unread(supplier_user) == ["document.requested", "document.reminder"]
    sign(supplier_user, letters[0])
    assert unread(supplier_user) == ["document.requested", "document.reminder"]
    sign(supplier_user, letters[1])
    assert unread(supplier_user) == []
    assert "Notifications: 0 unread" in sign_in(supplier_user).get("/").content.decode()
    assert unread(buyer) == ["document.signed", "document.signed"]


def test_what_is_taken_back_or_refused_is_asked_no_more(
    buyer: User, supplier: Supplier, supplier_user: User, letters: list[DocumentVersion]
) -> None:
    ask(buyer, supplier, letters[0])
    ask(buyer, supplier, letters[1])
    first, second = supplier.document_requests.order_by("pk")
    cancel_request(buyer, first.pk)
    assert unread(supplier_user) == ["document.requested"]
    refuse_request(supplier_user, second.pk, "Our law forbids it.")
    assert unread(supplier_user) == []
    assert unread(buyer) == ["document.refused"]


def test_a_scan_settles_the_asking_and_its_check_the_check(
    buyer: User,
    csr_specialist: User,
    supplier: Supplier,
    supplier_user: User,
    letters: list[DocumentVersion],
) -> None:
    ask(buyer, supplier, *letters)
    for version in letters:
        scan = SimpleUploadedFile("scan.pdf", b"%PDF-1.7 signed and stamped")
        paper = PaperInput(version.pk, clock.today(), "Wang Liang", "Director", scan)
        signature = hand_in_own_scan(supplier_user, paper)
    assert unread(supplier_user) == []
    assert unread(csr_specialist) == ["document.scan_received"] * 2
    check_paper_signature(csr_specialist, signature.pk, is_valid=False, note="No seal.")
    assert unread(csr_specialist) == ["document.scan_received"]
    assert unread(supplier_user) == ["document.scan_rejected"]
    sign(supplier_user, letters[1])
    assert unread(supplier_user) == []


def test_older_ones_that_name_no_document_wait_for_the_last(
    buyer: User, supplier: Supplier, supplier_user: User, letters: list[DocumentVersion]
) -> None:
    ask(buyer, supplier, *letters)
    old = {"documents": "Letter", "due_on": "2026-01-01"}
    Notification.objects.filter(recipient=supplier_user).update(params=old)
    sign(supplier_user, letters[0])
    assert unread(supplier_user) == ["document.requested"]
    sign(supplier_user, letters[1])
    assert unread(supplier_user) == []


def test_a_self_assessment_handed_in_reviewed_or_taken_back(
    buyer: User, csr_specialist: User, supplier: Supplier, supplier_user: User
) -> None:
    def asked() -> Any:
        return request_assessments(csr_specialist, RequestInput([supplier.pk], NEXT_WEEK)).sent[0]

    first = asked()
    assert unread(supplier_user) == ["assessment.requested"]
    hand_in(first, supplier_user)
    assert unread(supplier_user) == []
    assert unread(csr_specialist) == ["assessment.submitted"]
    review_assessment(csr_specialist, first.pk, ReviewInput("return", "Please look again."))
    assert unread(csr_specialist) == []
    assert unread(supplier_user) == ["assessment.returned"]
    cancel_assessment(csr_specialist, first.pk)
    assert unread(supplier_user) == ["assessment.cancelled"]


@pytest.mark.parametrize("is_decided", [True, False])
def test_an_approval_decided_or_withdrawn(
    buyer: User, csr_specialist: User, admin: User, supplier: Supplier, is_decided: bool
) -> None:
    approval = open_request(buyer, supplier, ApprovalInput(ApprovalKind.QUALIFY))
    assert unread(csr_specialist) == unread(admin) == ["approval.requested"]
    if is_decided:
        decide(csr_specialist, approval.pk, approve=False, note="Not yet.")
    else:
        withdraw_request(buyer, approval.pk)
    assert unread(csr_specialist) == unread(admin) == []
    assert unread(buyer) == (["approval.rejected"] if is_decided else [])


def test_what_was_asked_goes_along_in_a_merge_and_ends_with_the_supplier(
    buyer: User,
    csr_specialist: User,
    supplier: Supplier,
    other_supplier: Supplier,
    supplier_user: User,
    letters: list[DocumentVersion],
) -> None:
    ask(buyer, supplier, letters[0])
    merge(csr_specialist, other_supplier.pk, supplier.pk)
    assert unread(supplier_user) == ["document.requested"]
    Supplier.objects.filter(merged_into=other_supplier).delete()
    delete_supplier(buyer, other_supplier.pk)
    assert unread(supplier_user) == []


def test_words_are_in_the_language_of_the_reader(
    buyer: User, supplier: Supplier, supplier_user: User, letters: list[DocumentVersion]
) -> None:
    ask(buyer, supplier, letters[0])
    request_assessments(buyer, RequestInput([supplier.pk], NEXT_WEEK))
    told = Notification.objects.visible_to(supplier_user).order_by("pk")
    for language, words in (
        ("en", ["Letter letter-a", "CSR investigation form"]),
        ("zh-hans", ["承诺书 letter-a", "自评问卷"]),
    ):
        with translation.override(language):
            for notification, word in zip(told, words, strict=True):
                assert word in notification.text


def test_older_ones_keep_the_words_they_have(buyer: User) -> None:
    told = notify([buyer], "test.told", "%(documents)s", {"documents": "Letter"})[0]
    assert str(told) == "Letter"
    partly = notify([buyer], "test.told", "%(documents)s", {"documents": {"en": "Letter"}})[0]
    assert partly.text_in("zh-hans") == "Letter"


@pytest.fixture
def told(buyer: User, outside: Supplier, inside: Supplier) -> list[Notification]:
    """News about both, from the time before the buyer had a scope."""
    return [
        notify([buyer], "test.told", "%(s)s", {"s": one.name}, about=one, is_urgent=urgent)[0]
        for one in (outside, inside)
        for urgent in (True, False)
    ]


def test_news_of_suppliers_outside_is_not_shown_counted_or_mailed(
    sign_in: SignIn,
    told: list[Notification],
    scoped: User,
    outside: Supplier,
    inside: Supplier,
) -> None:
    client = sign_in(scoped)
    page = client.get("/notifications/").content.decode()
    assert inside.name in page
    assert outside.name not in page
    assert "Notifications: 2 unread" in page
    for notification in told[:2]:
        assert client.post(f"/notifications/{notification.pk}/open/").status_code == 404
    assert [mail_urgent(notification.pk) for notification in told] == [False, False, True, False]
    assert mail_digest(scoped.pk)
    assert outside.name not in "".join(str(message.message()) for message in mail.outbox)
    assert mark_all_read(scoped) == 2


def test_a_wider_scope_shows_them_again(
    told: list[Notification], scoped: User, admin: User, categories: dict[str, Category]
) -> None:
    assert Notification.objects.visible_to(scoped).count() == 2
    set_scope(admin, scoped.pk, [], [])
    assert Notification.objects.visible_to(scoped).count() == 4


def test_older_ones_get_their_supplier(
    buyer: User, csr_specialist: User, supplier: Supplier, supplier_user: User
) -> None:
    open_request(buyer, supplier, ApprovalInput(ApprovalKind.QUALIFY))
    request_assessments(csr_specialist, RequestInput([supplier.pk], NEXT_WEEK))
    notify([buyer], "test.told", "Hello", subject=supplier)
    notify([buyer], "test.told", "Hello")
    Notification.objects.update(about_key=None)
    import_module("suppliers.migrations.0014_notifications_about").fill_about(apps, None)
    found = Notification.objects.order_by("pk").values_list("kind", "about_key")
    assert list(found) == [
        ("approval.requested", supplier.pk),
        ("assessment.requested", supplier.pk),
        ("test.told", supplier.pk),
        ("test.told", None),
    ]
