"""Suppliers x documents from a program: the rows, filters and costs of the page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from suppliers.models import BuyerScope, DocumentType, DocumentVersion, Supplier
from tests.api.conftest import ApiFor
from tests.factories.commitments import (
    TODAY,
    make_document,
    make_request,
    make_signature,
    make_version,
)

pytestmark = pytest.mark.django_db
MATRIX = "/api/v1/commitments/"


@pytest.fixture
def version(db: None) -> DocumentVersion:
    DocumentType.objects.update(is_active=False)
    return make_version(make_document())


def test_a_row_tells_where_each_document_stands(
    api_for: ApiFor,
    auditor: User,
    supplier: Supplier,
    other_supplier: Supplier,
    version: DocumentVersion,
) -> None:
    second = make_version(make_document("b-letter", order=200))
    signature = make_signature(supplier, version)
    asked = make_request(supplier, second)
    own, other = api_for(auditor).get(MATRIX).json()["results"]
    assert (own["id"], own["code"], own["status"]) == (
        supplier.pk, supplier.code, supplier.status,
    )  # fmt: skip
    assert own["documents"] == [
        {
            "document": "test-letter",
            "state": "signed",
            "required": True,
            "version": version.pk,
            "signature": signature.pk,
            "signed_version": version.pk,
            "signed_on": TODAY().isoformat(),
            "valid_until": None,
            "request": None,
            "due_on": None,
        },
        {
            "document": "b-letter",
            "state": "requested",
            "required": True,
            "version": second.pk,
            "signature": None,
            "signed_version": None,
            "signed_on": None,
            "valid_until": None,
            "request": asked.pk,
            "due_on": asked.due_on.isoformat(),
        },
    ]
    assert [one["state"] for one in other["documents"]] == ["missing", "missing"]


def test_filters_find_what_the_page_finds(
    api_for: ApiFor,
    auditor: User,
    supplier: Supplier,
    other_supplier: Supplier,
    version: DocumentVersion,
) -> None:
    make_version(make_document("b-letter"))
    make_signature(supplier, version)
    client = api_for(auditor)
    browser = Client()
    browser.force_login(auditor)
    expected: tuple[tuple[dict[str, Any], list[Supplier]], ...] = (
        ({"state": "signed"}, [supplier]),
        ({"state": "missing"}, [supplier, other_supplier]),
        ({"state": "missing", "sort": "-code"}, [other_supplier, supplier]),
        ({"state": "missing", "document": "test-letter"}, [other_supplier]),
        ({"state": "signed", "document": "b-letter"}, []),
        ({"search": other_supplier.code}, [other_supplier]),
        ({"kind": "service"}, []),
    )
    for query, suppliers in expected:
        found = client.get(MATRIX, query).json()
        keys = [one.pk for one in suppliers]
        assert [row["id"] for row in found["results"]] == keys, query
        assert found["count"] == len(keys)
        page = browser.get(reverse("suppliers:commitment-matrix"), query)
        assert [row.pk for row, _standings in page.context["rows"]] == keys, query
    narrowed = client.get(MATRIX, {"document": "b-letter"}).json()["results"]
    assert [one["document"] for one in narrowed[0]["documents"]] == ["b-letter"]


@pytest.mark.parametrize(
    "query", [{"document": "unknown"}, {"state": "lost"}, {"country": "Atlantis"}]
)
def test_an_unknown_choice_is_refused(
    query: dict[str, str], api_for: ApiFor, auditor: User, version: DocumentVersion
) -> None:
    answer = api_for(auditor).get(MATRIX, query)
    assert (answer.status_code, list(answer.json()["error"]["fields"])) == (400, list(query))


def test_a_buyer_with_a_scope_sees_the_rows_inside_it(
    api_for: ApiFor, buyer: User, supplier: Supplier, version: DocumentVersion
) -> None:
    inside = Supplier.objects.create(code="IN-1", name="Inside", country="VN")
    BuyerScope.objects.create(user=buyer, countries=["VN"])
    found = api_for(buyer).get(MATRIX).json()["results"]
    assert [row["id"] for row in found] == [inside.pk]


@pytest.mark.parametrize("query", [{}, {"state": "missing"}])
def test_thirty_rows_cost_as_many_queries_as_three(
    query: dict[str, str],
    api_for: ApiFor,
    auditor: User,
    version: DocumentVersion,
    django_assert_max_num_queries: Any,
) -> None:
    client = api_for(auditor)
    for count in (3, 30):
        for number in range(count):
            Supplier.objects.create(code=f"M-{count}-{number}", name=f"Maker {count} {number}")
        with django_assert_max_num_queries(12):
            assert client.get(MATRIX, query).status_code == 200
