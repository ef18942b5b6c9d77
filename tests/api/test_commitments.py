"""Documents, requests and signatures from a program: same services, codes and scope as pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from core import clock
from suppliers.enums import ChangeKind, RequestState
from suppliers.models import DocumentRequest, DocumentType, DocumentVersion, Signature, Supplier
from tests.api.conftest import ApiFor
from tests.factories.commitments import (
    make_document,
    make_request,
    make_signature,
    make_version,
)

pytestmark = pytest.mark.django_db
SOON = (clock.today() + dt.timedelta(days=30)).isoformat()
DOCUMENTS = "/api/v1/documents/"
REQUESTS = "/api/v1/document-requests/"
SIGNATURES = "/api/v1/signatures/"


@pytest.fixture
def version(db: None) -> DocumentVersion:
    DocumentType.objects.update(is_active=False)
    return make_version(make_document())


def ahead(days: int) -> str:
    return (timezone.localdate() + dt.timedelta(days=days)).isoformat()


def signing(version: DocumentVersion) -> dict[str, object]:
    return {
        "version": version.pk,
        "signer_name": "王亮",
        "signer_title": "总经理",
        "confirmed": True,
        "language": "zh-hans",
    }


def test_documents_show_drafts_to_our_people_only(
    api_for: ApiFor, auditor: User, supplier_user: User, version: DocumentVersion
) -> None:
    make_version(version.document, 2, ChangeKind.MATERIAL, is_published=False)
    address = f"{DOCUMENTS}{version.document_id}/"
    ours = api_for(auditor).get(address).json()
    theirs = api_for(supplier_user).get(address).json()
    assert [row["number"] for row in ours["versions"]] == [2, 1]
    assert [row["number"] for row in theirs["versions"]] == [1]
    assert theirs["versions"][0]["sha256"] == version.sha256
    assert len(api_for(supplier_user).get(DOCUMENTS).json()["results"]) == 1
    version.document.is_active = False
    version.document.save()
    assert api_for(supplier_user).get(address).status_code == 404


def test_ask_and_take_back(
    api_for: ApiFor, buyer: User, supplier: Supplier, version: DocumentVersion
) -> None:
    client = api_for(buyer)
    wanted = {
        "suppliers": [supplier.pk, 10**18],
        "documents": [version.document_id],
        "due_on": ahead(9),
    }
    made = client.post(REQUESTS, wanted)
    assert made.status_code == 201
    assert [row["documents"] for row in made.json()["asked"]] == [["test-letter"]]
    again = client.post(REQUESTS, wanted).json()
    assert again["asked"] == []
    assert [row["reason"] for row in again["skipped"]] == ["requested"]
    key = DocumentRequest.objects.get().pk
    listed = client.get(REQUESTS, {"state": "open", "supplier": str(supplier.pk)}).json()
    assert [row["id"] for row in listed["results"]] == [key]
    assert client.get(REQUESTS, {"document": "other"}).json()["count"] == 0
    assert client.get(REQUESTS, {"due_until": str(ahead(8))}).json()["count"] == 0
    assert client.post(f"{REQUESTS}{key}/cancel/").json()["state"] == "cancelled"
    closed = client.post(f"{REQUESTS}{key}/cancel/")
    assert (closed.status_code, closed.json()["error"]["code"]) == (409, "request_closed")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"documents": [], "suppliers": [1], "due_on": "2999-01-01"}, "invalid_input"),
        ({"documents": [1], "suppliers": [10**30], "due_on": "2999-01-01"}, "invalid_input"),
        ({"documents": [1], "suppliers": [1], "due_on": "2000-01-01"}, "due_on_past"),
        ({"documents": [1], "suppliers": list(range(1, 1002)), "due_on": SOON},
         "too_many_suppliers"),
    ],
)  # fmt: skip
def test_odd_requests(api_for: ApiFor, buyer: User, data: dict[str, object], code: str) -> None:
    answer = api_for(buyer).post(REQUESTS, data)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)


def test_sign_and_find_the_signature(
    api_for: ApiFor,
    supplier_user: User,
    other_supplier_user: User,
    auditor: User,
    supplier: Supplier,
    version: DocumentVersion,
) -> None:
    request = make_request(supplier, version)
    client = api_for(supplier_user)
    unsure = client.post(SIGNATURES, {**signing(version), "confirmed": False})
    assert unsure.json()["error"]["code"] == "signing_not_confirmed"
    made = client.post(SIGNATURES, signing(version))
    assert made.status_code == 201
    assert made.json()["document_sha256"] == version.sha256
    assert len(made.json()["seal"]) == 64
    twice = client.post(SIGNATURES, signing(version))
    assert (twice.status_code, twice.json()["error"]["code"]) == (409, "already_signed")
    assert Signature.objects.get().ip_address == "127.0.0.1"
    request.refresh_from_db()
    assert request.state == RequestState.DONE
    staff = api_for(auditor)
    expected: tuple[tuple[dict[str, Any], int], ...] = (
        ({"supplier": supplier.pk}, 1),
        ({"supplier": 0}, 0),
        ({"document": "TEST-letter"}, 1),
        ({"state": "revoked"}, 0),
        ({"signed_since": ahead(0)}, 1),
        ({"signed_since": ahead(1)}, 0),
        ({"way": "paper"}, 0),
    )
    for query, count in expected:
        assert staff.get(SIGNATURES, query).json()["count"] == count, query
    assert api_for(other_supplier_user).get(SIGNATURES).json()["count"] == 0
    assert staff.get(SIGNATURES, {"supplier": "9" * 40}).status_code == 400


def test_refuse_through_the_api(
    api_for: ApiFor, supplier_user: User, supplier: Supplier, version: DocumentVersion
) -> None:
    request = make_request(supplier, version)
    client = api_for(supplier_user)
    empty = client.post(f"{REQUESTS}{request.pk}/refuse/", {"reason": ""})
    assert empty.json()["error"]["code"] == "refusal_missing"
    done = client.post(f"{REQUESTS}{request.pk}/refuse/", {"reason": "No"})
    assert (done.json()["state"], done.json()["refusal"]) == ("refused", "No")


@pytest.mark.parametrize("address", [REQUESTS, SIGNATURES, DOCUMENTS])
def test_lists_ask_as_often_for_thirty_rows_as_for_three(
    address: str,
    api_for: ApiFor,
    auditor: User,
    version: DocumentVersion,
    supplier: Supplier,
    django_assert_max_num_queries: object,
) -> None:
    client = api_for(auditor)
    for count in (3, 30):
        for _number in range(count):
            make_signature(supplier, version)
            make_request(supplier, version, state=RequestState.DONE)
        with django_assert_max_num_queries(10):  # type: ignore[operator]
            assert client.get(address).status_code == 200
