"""What was stored in one language is read in that of the reader."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.models import ActivityEntry
from core.services.activity import record_activity
from suppliers.models import Category, CountryRisk, DocumentVersion, Supplier
from suppliers.services.bulk import add_category
from suppliers.services.document_requests import request_certification_documents
from tests.factories.assessments import questionnaire
from tests.factories.commitments import make_document, make_version

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def letters(no_documents_asked: None) -> list[DocumentVersion]:
    codes = ("letter-a", "letter-b")
    return [make_version(make_document(code, at_certification=True)) for code in codes]


@pytest.fixture
def chinese(csr_specialist: User, sign_in: SignIn) -> Client:
    csr_specialist.language = "zh-hans"
    csr_specialist.save()
    return sign_in(csr_specialist)


def timeline(client: Client, supplier: Supplier) -> str:
    return client.get(f"{supplier.get_absolute_url()}?tab=timeline").content.decode()


def test_documents_forms_and_categories_in_the_timeline(
    chinese: Client, csr_specialist: User, supplier: Supplier, letters: list[DocumentVersion]
) -> None:
    request_certification_documents(csr_specialist, supplier)
    record_activity(
        csr_specialist, "document.signed", supplier, document="letter-a", name="Letter letter-a"
    )
    edition = questionnaire()
    record_activity(csr_specialist, "assessment.requested", supplier, name=edition.code)
    category = Category.objects.create(code="EL", name="Boards", local_name="线路板", path="EL/")
    add_category(csr_specialist, [supplier.pk], category.pk)
    page = timeline(chinese, supplier)
    for words in ("承诺书 letter-a、承诺书 letter-b", edition.local_title, "线路板"):
        assert words in page
    for words in ("Letter letter-a", edition.code, "Boards"):
        assert words not in page
    csr_specialist.language = "en"
    csr_specialist.save()
    page = timeline(chinese, supplier)
    assert "Letter letter-a, Letter letter-b" in page
    assert edition.title in page


def test_what_is_not_there_any_more_keeps_its_old_name(
    chinese: Client, csr_specialist: User, supplier: Supplier
) -> None:
    record_activity(csr_specialist, "document.signed", supplier, document="gone", name="Old letter")
    record_activity(csr_specialist, "document.reminded", supplier, name="Nameless letter")
    record_activity(csr_specialist, "assessment.requested", supplier, name="csr-1999")
    page = timeline(chinese, supplier)
    for words in ("Old letter", "Nameless letter", "csr-1999"):
        assert words in page


def test_names_take_a_constant_number_of_questions(
    chinese: Client,
    csr_specialist: User,
    supplier: Supplier,
    letters: list[DocumentVersion],
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    for _number in range(30):
        record_activity(csr_specialist, "document.signed", supplier, document="letter-a", name="x")
    assert ActivityEntry.objects.count() > 30
    with django_assert_max_num_queries(30):  # type: ignore[attr-defined]
        timeline(chinese, supplier)


def test_the_history_of_a_document(chinese: Client, letters: list[DocumentVersion]) -> None:
    document = letters[0].document
    record_activity(None, "document.created", document, code=document.code, name=document.name)
    page = chinese.get(reverse("suppliers:document-detail", args=[document.pk]))
    assert [line.detail for line in page.context["history"]] == [document.local_name]


def test_the_source_of_the_points_that_came_with_the_installation(
    chinese: Client, csr_specialist: User
) -> None:
    brought = import_module("suppliers.migrations._country_risk").SOURCE
    assert CountryRisk.objects.filter(source=brought).exists()
    CountryRisk.objects.filter(country="CN").update(source="Own research")
    page = chinese.get(reverse("suppliers:risk-tables")).content.decode()
    assert brought not in page
    assert "产品默认值" in page
    assert "Own research" in page
