"""The checklist of conditions leads on, and only to pages that its reader may open."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from suppliers.models import Supplier
from tests.suppliers.lifecycle.steps import (
    assessment,
    category,
    result,
    to_approval,
    to_certification,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def record_link(supplier: Supplier, kind: str) -> str:
    return reverse("suppliers:supplier-gate-record", args=[supplier.pk, kind])


def test_a_self_assessment_can_be_recorded_by_hand_from_the_checklist(
    sign_in: SignIn, buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    to_certification(buyer, supplier)
    page = reverse("suppliers:supplier-detail", args=[supplier.pk])
    link = record_link(supplier, "self_assessment")
    assert link in sign_in(csr_specialist).get(page).content.decode()
    assert link not in sign_in(buyer).get(page).content.decode()


def test_no_condition_offers_a_form_that_the_reader_may_not_use(
    sign_in: SignIn, buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    supplier.categories.add(category())
    to_certification(buyer, supplier)
    blocked = reverse("suppliers:supplier-action", args=[supplier.pk, "submit_for_approval"])
    link = record_link(supplier, "certification_audit")
    assert link not in sign_in(buyer).get(blocked).content.decode()
    assert link in sign_in(csr_specialist).get(blocked).content.decode()


def test_nor_does_the_page_of_a_request(
    sign_in: SignIn, buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    approval = to_approval(buyer, supplier)
    page = reverse("suppliers:approval-detail", args=[approval.pk])
    link = record_link(supplier, "training")
    assert link not in sign_in(buyer).get(page).content.decode()
    assert link in sign_in(csr_specialist).get(page).content.decode()


def test_a_self_assessment_that_waits_is_one_click_away(
    sign_in: SignIn, buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    to_certification(buyer, supplier)
    waiting = assessment(supplier, state="submitted")
    page = reverse("suppliers:supplier-detail", args=[supplier.pk])
    link = reverse("suppliers:assessment-detail", args=[waiting.pk])
    for reader in (buyer, csr_specialist):
        browser = sign_in(reader)
        assert f'href="{link}">Open the self-assessment' in browser.get(page).content.decode()
        assert browser.get(link).status_code == 200


def test_a_reader_who_may_not_record_is_told_who_does(
    sign_in: SignIn, buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    to_certification(buyer, supplier)
    page = reverse("suppliers:supplier-detail", args=[supplier.pk])
    words = "Auditors, CSR specialists and administrators record it."
    assert words in sign_in(buyer).get(page).content.decode()
    assert words not in sign_in(csr_specialist).get(page).content.decode()
    result(supplier, "certification_audit")
    result(supplier, "monitoring_audit")
    assert words not in sign_in(buyer).get(page).content.decode()


def test_declarations_are_one_click_away(
    sign_in: SignIn, buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    supplier.minerals.create(metal="tin", reason="solder")
    to_certification(buyer, supplier)
    page = reverse("suppliers:supplier-detail", args=[supplier.pk])
    record = record_link(supplier, "declaration")
    seen = sign_in(buyer).get(page).content.decode()
    assert f'href="{page}?tab=minerals">Open declarations' in seen
    assert record not in seen
    assert record in sign_in(csr_specialist).get(page).content.decode()
    tab = sign_in(buyer).get(f"{page}?tab=minerals")
    assert tab.status_code == 200
