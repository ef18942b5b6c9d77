"""Open requests of a duplicate go along or end, and nobody who asked is left without a word."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from core import clock
from core.models import ActivityEntry, Notification
from portal.services.merging import merge
from suppliers.models import Approval, Assessment, DocumentRequest, Questionnaire, Supplier
from suppliers.services.qualifications import QualificationInput, request_qualification
from suppliers.services.suppliers import SupplierInput, create_supplier
from suppliers.services.waivers import WaiverInput, request_waiver
from tests.suppliers.lifecycle.steps import (
    agree,
    category,
    document,
    limit,
    qualify,
    step,
    to_approval,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_documents_asked")]


@pytest.fixture
def pair(
    buyer: User, csr_specialist: User, supplier: Supplier, other_supplier: Supplier
) -> tuple[Supplier, Supplier]:
    """Both qualified for electronics."""
    boards = category("EL")
    for each in (supplier, other_supplier):
        qualify(buyer, csr_specialist, each, boards)
    Notification.objects.all().delete()
    return supplier, other_supplier


def told(person: User) -> list[dict[str, Any]]:
    rows = Notification.objects.filter(recipient=person, kind="supplier.merged")
    return [row.params for row in rows.order_by("pk")]


def ask_waiver(actor: User, supplier: Supplier) -> Approval:
    until = clock.today() + dt.timedelta(days=30)
    return request_waiver(actor, supplier.pk, WaiverInput("capacity", "x", clock.today(), until))


def ask_form(actor: User, supplier: Supplier, form: Questionnaire) -> Assessment:
    return Assessment.objects.create(
        supplier=supplier, questionnaire=form, requested_by=actor, due_on=clock.today()
    )


def test_documents_and_forms_go_along(
    buyer: User, csr_specialist: User, pair: tuple[Supplier, Supplier]
) -> None:
    keep, drop = pair
    version = document("a").versions.get()
    facts = {"version": version, "due_on": clock.today(), "requested_by": buyer}
    asked = DocumentRequest.objects.create(supplier=drop, **facts)
    form = Questionnaire.objects.create(code="q", title="Form", local_title="表")
    sent = ask_form(buyer, drop, form)
    merge(csr_specialist, keep.pk, drop.pk)
    asked.refresh_from_db()
    sent.refresh_from_db()
    assert (asked.supplier, asked.state) == (keep, "open")
    assert (sent.supplier, sent.state) == (keep, "requested")
    assert told(buyer) == []


def test_what_both_have_ends_and_the_asker_is_told_in_his_language(
    buyer: User, auditor: User, csr_specialist: User, pair: tuple[Supplier, Supplier]
) -> None:
    keep, drop = pair
    buyer.language = "zh-hans"
    buyer.save()
    made = document("a", local_name="文件")
    facts = {"version": made.versions.get(), "due_on": clock.today()}
    own = DocumentRequest.objects.create(supplier=keep, requested_by=csr_specialist, **facts)
    same = DocumentRequest.objects.create(supplier=drop, requested_by=buyer, **facts)
    form = Questionnaire.objects.create(code="q", title="Form", local_title="表")
    running, ended = ask_form(csr_specialist, keep, form), ask_form(buyer, drop, form)
    merge(csr_specialist, keep.pk, drop.pk)
    for row in (own, same, running, ended):
        row.refresh_from_db()
    assert (own.state, same.state, bool(same.closed_at)) == ("open", "cancelled", True)
    assert (running.state, ended.state) == ("requested", "cancelled")
    assert [row["what"]["zh-hans"] for row in told(buyer)] == ["文件", "表"]
    assert told(csr_specialist) == []
    verbs = set(ActivityEntry.objects.about(drop).values_list("verb", flat=True))
    assert {"document.request_cancelled", "assessment.cancelled"} <= verbs


def test_a_request_to_disqualify_goes_along_and_is_decided_there(
    buyer: User, csr_specialist: User, admin: User, pair: tuple[Supplier, Supplier]
) -> None:
    """It would be a way out otherwise: merged, and nobody decides any more."""
    keep, drop = pair
    asked = step(buyer, drop, "disqualify", reason_code="csr", explanation="Why.")
    assert asked is not None
    merge(csr_specialist, keep.pk, drop.pk)
    agree(admin, asked)
    keep.refresh_from_db()
    assert keep.status == "disqualified"
    assert told(buyer) == []


def test_a_category_goes_along_with_its_site(
    buyer: User, csr_specialist: User, admin: User, pair: tuple[Supplier, Supplier]
) -> None:
    keep, drop = pair
    category("ME")
    for each in pair:
        each.sites.create(code="SZ", name=f"Plant of {each.code}")
    data = QualificationInput("ME", "SZ", explanation="Wanted.")
    asked = request_qualification(buyer, drop.pk, data)
    merge(csr_specialist, keep.pk, drop.pk)
    asked.refresh_from_db()
    assert (asked.supplier, asked.payload["site"]) == (keep, "SZ-S-2")
    agree(admin, asked)
    row = keep.qualifications.get(category__code="ME")
    assert (row.state, row.site and row.site.code) == ("approved", "SZ-S-2")


def test_the_same_category_or_waiver_ends(
    buyer: User, csr_specialist: User, admin: User, pair: tuple[Supplier, Supplier]
) -> None:
    keep, drop = pair
    category("ME")
    data = QualificationInput("ME", explanation="Wanted.")
    first = request_qualification(csr_specialist, keep.pk, data)
    second = request_qualification(buyer, drop.pk, data)
    ask_waiver(csr_specialist, keep)
    waiver = ask_waiver(buyer, drop)
    merge(admin, keep.pk, drop.pk)
    for each in (first, second, waiver):
        each.refresh_from_db()
    assert [each.state for each in (first, second, waiver)] == ["open", "withdrawn", "withdrawn"]
    assert drop.qualifications.get(category__code="ME").state == "withdrawn"
    assert [row["what"]["en"] for row in told(buyer)] == [
        "Approve a category or site",
        "Grant a waiver",
    ]


def test_a_waiver_goes_along(
    buyer: User, csr_specialist: User, admin: User, pair: tuple[Supplier, Supplier]
) -> None:
    keep, drop = pair
    waiver = ask_waiver(buyer, drop)
    merge(csr_specialist, keep.pk, drop.pk)
    agree(admin, waiver)
    assert keep.waivers.count() == 1
    entry = ActivityEntry.objects.about(keep).get(verb="supplier.merged")
    assert entry.data["moved"]["approvals"] == 1


def test_what_is_about_the_duplicate_itself_ends(
    buyer: User, csr_specialist: User, admin: User, pair: tuple[Supplier, Supplier]
) -> None:
    """Its approval, and the lifting of its limit: decided for the other, they would be wrong."""
    keep, drop = pair
    limit(buyer, csr_specialist, keep)
    limit(buyer, csr_specialist, drop)
    lifting = step(buyer, drop, "lift", explanation="done")
    third = create_supplier(None, SupplierInput("S-3", "Third"))
    approving = to_approval(buyer, third, category("ME"))
    merge(admin, keep.pk, drop.pk)
    merge(admin, keep.pk, third.pk, confirmed=True)
    assert lifting is not None
    for each in (lifting, approving):
        each.refresh_from_db()
        assert each.state == "withdrawn"
    keep.refresh_from_db()
    assert keep.status == "limited"
    assert [row["what"]["en"] for row in told(buyer)] == [
        "Lift the limitation",
        "Approve the supplier",
    ]
