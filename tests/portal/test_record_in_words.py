"""The page of a supplier says each thing once, and what is missing beside what counts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.models import ActivityEntry
from suppliers.models import DocumentType, MineralScope, Question, Supplier, SupplierContact
from suppliers.services.contacts import give_access
from tests.factories.assessments import hand_in, make_assessment

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def test_the_status_is_shown_once(sign_in: SignIn, buyer: User, supplier: Supplier) -> None:
    Supplier.objects.filter(pk=supplier.pk).update(status="signing")
    page = sign_in(buyer).get(supplier.get_absolute_url()).content.decode()
    assert page.count("<span>Signing</span>") == 1


def test_access_for_a_known_contact_adds_no_contact(buyer: User, supplier: Supplier) -> None:
    known = SupplierContact.objects.create(supplier=supplier, name="Wang", email="w@b.example")
    give_access(buyer, supplier.pk, known.pk)
    verbs = ActivityEntry.objects.about(supplier).values_list("verb", flat=True)
    assert "supplier.access_given" in verbs
    assert "supplier.contact_added" not in verbs


def test_master_data_names_the_minerals(sign_in: SignIn, buyer: User, supplier: Supplier) -> None:
    for metal in ("tin", "gold"):
        MineralScope.objects.create(supplier=supplier, metal=metal)
    page = sign_in(buyer).get(supplier.get_absolute_url()).content.decode()
    assert "<dt>Minerals in scope</dt><dd>Gold, Tin</dd>" in page


def test_the_score_says_how_much_of_it_is_not_proven(
    sign_in: SignIn, csr_specialist: User, supplier: Supplier, supplier_user: User
) -> None:
    assessment = hand_in(make_assessment(supplier), supplier_user)
    asked = Question.objects.filter(
        questionnaire=assessment.questionnaire, asks_evidence=True, kind="graded"
    ).count()
    assert asked > 0
    address = reverse("suppliers:assessment-detail", args=[assessment.pk])
    page = sign_in(csr_specialist).get(address).content.decode()
    words = f"{asked} answers count in it although the evidence asked for is missing."
    assert words in page
    Question.objects.update(asks_evidence=False)
    assert "although the evidence" not in sign_in(csr_specialist).get(address).content.decode()


def test_breadcrumbs_name_the_document(sign_in: SignIn, admin: User) -> None:
    admin.language = "zh-hans"
    admin.save()
    document = DocumentType.objects.create(
        code="some-letter", name="Some letter", local_name="承诺书", kinds=["production"]
    )
    page = sign_in(admin).get(reverse("suppliers:document-detail", args=[document.pk]))
    assert "<li>承诺书</li>" in page.content.decode()
