"""Documents and their versions from a program: what the settings page does, with its codes."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from suppliers.enums import ChangeKind, RequestState
from suppliers.models import DocumentRequest, DocumentType, DocumentVersion, Supplier
from tests.api.conftest import ApiFor
from tests.factories.commitments import make_document, make_request, make_signature, make_version

pytestmark = pytest.mark.django_db
DOCUMENTS = "/api/v1/documents/"
VERSIONS = "/api/v1/document-versions/"
LETTER = {"code": "Safety-Letter", "name": "Safety letter", "kinds": ["service"]}
TEXTS = {"text_en": "# Rules\n1. New.", "text_zh": "# 规则\n1. 新。"}


@pytest.fixture
def version(db: None) -> DocumentVersion:
    DocumentType.objects.update(is_active=False)
    return make_version(make_document())


def test_a_document_is_added_written_and_put_into_force(api_for: ApiFor, admin: User) -> None:
    client = api_for(admin)
    made = client.post(DOCUMENTS, LETTER)
    assert (made.status_code, made.json()["code"], made.json()["versions"]) == (
        201, "safety-letter", [],
    )  # fmt: skip
    address = f"{DOCUMENTS}{made.json()['id']}/"
    changed = client.patch(address, {"validity_months": 24, "code": "other"}).json()
    assert (changed["validity_months"], changed["name"], changed["code"]) == (
        24, "Safety letter", "safety-letter",
    )  # fmt: skip
    draft = client.put(f"{address}draft/", TEXTS).json()
    assert (draft["document"], draft["number"], draft["change"], draft["published_at"]) == (
        "safety-letter", 1, "first", None,
    )  # fmt: skip
    again = client.put(f"{address}draft/", {**TEXTS, "text_en": "1. Better."}).json()
    assert (again["id"], again["text_en"]) == (draft["id"], "1. Better.")
    done = client.post(f"{VERSIONS}{draft['id']}/publish/").json()
    assert done["version"]["published_at"] is not None
    assert (done["asked"], done["moved"]) == (0, 0)
    twice = client.post(f"{VERSIONS}{draft['id']}/publish/")
    assert (twice.status_code, twice.json()["error"]["code"]) == (409, "version_published")


@pytest.mark.parametrize(("change", "asked"), [(ChangeKind.MATERIAL, 1), (ChangeKind.COSMETIC, 0)])
def test_only_a_material_version_asks_again(
    change: str,
    asked: int,
    api_for: ApiFor,
    admin: User,
    supplier: Supplier,
    other_supplier: Supplier,
    version: DocumentVersion,
) -> None:
    make_signature(supplier, version)
    make_request(other_supplier, version)
    client = api_for(admin)
    address = f"{DOCUMENTS}{version.document_id}/draft/"
    draft = client.put(address, {**TEXTS, "change": change, "note": "Rule 1"}).json()
    done = client.post(f"{VERSIONS}{draft['id']}/publish/", {"due_on": "2999-01-01"})
    assert done.json()["error"]["code"] == "date_too_far"
    done = client.post(f"{VERSIONS}{draft['id']}/publish/").json()
    assert (done["asked"], done["moved"]) == (asked, 1)
    again = DocumentRequest.objects.filter(supplier=supplier, state=RequestState.OPEN)
    assert again.count() == asked


@pytest.mark.parametrize(
    ("data", "code", "field"),
    [
        ({**LETTER, "code": "Ü"}, "document_code_wrong", "code"),
        ({**LETTER, "code": "test-letter"}, "document_code_taken", "code"),
        ({**LETTER, "kinds": []}, "document_kinds_missing", "kinds"),
        ({**LETTER, "kinds": ["space"]}, "document_kind_unknown", "kinds"),
        ({**LETTER, "validity_months": 121}, "document_months_wrong", "validity_months"),
        ({**LETTER, "name": ""}, "invalid_input", "name"),
    ],
)
def test_odd_documents(
    data: dict[str, Any],
    code: str,
    field: str,
    api_for: ApiFor,
    admin: User,
    version: DocumentVersion,
) -> None:
    answer = api_for(admin).post(DOCUMENTS, data)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], list(error["fields"])) == (400, code, [field])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({**TEXTS, "change": "material", "text_zh": " "}, "text_missing"),
        (TEXTS, "change_unknown"),
        ({**TEXTS, "change": "first"}, "change_unknown"),
        ({**TEXTS, "change": "material", "text_en": "x" * 60_001}, "text_too_long"),
    ],
)
def test_odd_drafts(
    data: dict[str, Any], code: str, api_for: ApiFor, admin: User, version: DocumentVersion
) -> None:
    answer = api_for(admin).put(f"{DOCUMENTS}{version.document_id}/draft/", data)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)
    assert version.document.versions.count() == 1


def test_a_draft_is_discarded_and_a_published_version_is_not(
    api_for: ApiFor, admin: User, version: DocumentVersion
) -> None:
    draft = make_version(version.document, 2, ChangeKind.MATERIAL, is_published=False)
    client = api_for(admin)
    assert client.delete(f"{VERSIONS}{draft.pk}/").status_code == 204
    kept = client.delete(f"{VERSIONS}{version.pk}/")
    assert (kept.status_code, kept.json()["error"]["code"]) == (409, "version_published")
    assert list(version.document.versions.all()) == [version]


def test_versions_are_filtered_and_drafts_are_for_our_people(
    api_for: ApiFor, auditor: User, supplier_user: User, version: DocumentVersion
) -> None:
    draft = make_version(version.document, 2, ChangeKind.MATERIAL, is_published=False)
    make_version(make_document("other"))
    ours, theirs = api_for(auditor), api_for(supplier_user)
    expected: tuple[tuple[dict[str, Any], list[int]], ...] = (
        ({"document": "TEST-letter"}, [draft.pk, version.pk]),
        ({"document": "test-letter", "published": "true"}, [version.pk]),
        ({"document": "test-letter", "published": "false"}, [draft.pk]),
    )
    for query, keys in expected:
        found = ours.get(VERSIONS, query).json()["results"]
        assert [row["id"] for row in found] == keys, query
    seen = theirs.get(VERSIONS, {"document": "test-letter"}).json()["results"]
    assert [row["id"] for row in seen] == [version.pk]
    assert theirs.get(VERSIONS, {"published": "false"}).json()["count"] == 0
    assert theirs.get(f"{VERSIONS}{draft.pk}/").status_code == 404
    version.document.is_active = False
    version.document.save()
    assert theirs.get(f"{VERSIONS}{version.pk}/").status_code == 404


def test_the_blank_form_carries_the_name_of_the_company(
    api_for: ApiFor, supplier_user: User, version: DocumentVersion
) -> None:
    answer = api_for(supplier_user).get(f"{VERSIONS}{version.pk}/blank/")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert "test-letter-1.pdf" in answer.headers["Content-Disposition"]
