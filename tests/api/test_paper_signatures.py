"""Scans of signed paper from a program: handed in, checked by somebody else, fetched."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from suppliers.models import DocumentType, DocumentVersion, Signature, Supplier
from tests.api.conftest import ApiFor
from tests.factories.commitments import TODAY, make_document, make_signature, make_version

pytestmark = pytest.mark.django_db
SIGNATURES = "/api/v1/signatures/"
PAPER = f"{SIGNATURES}paper/"
PDF = b"%PDF-1.7\n1 0 obj\n"


@pytest.fixture
def version(db: None) -> DocumentVersion:
    DocumentType.objects.update(is_active=False)
    return make_version(make_document())


def hand_in(client: Any, version: DocumentVersion, content: bytes = PDF, **more: Any) -> Any:
    sent = {
        "version": version.pk,
        "signed_on": TODAY().isoformat(),
        "signer_name": "王亮",
        "signer_title": "总经理",
        "evidence": SimpleUploadedFile("scan.pdf", content),
        **more,
    }
    return client.post(PAPER, sent, format="multipart")


def test_a_scan_is_recorded_checked_by_a_colleague_and_fetched(
    api_for: ApiFor,
    buyer: User,
    csr_specialist: User,
    supplier_user: User,
    other_supplier_user: User,
    supplier: Supplier,
    version: DocumentVersion,
) -> None:
    made = hand_in(api_for(buyer), version, supplier=supplier.code.lower())
    assert (made.status_code, made.json()["state"], made.json()["way"]) == (
        201, "to_check", "paper",
    )  # fmt: skip
    address, file = f"{SIGNATURES}{made.json()['id']}/", f"/api/v1/evidence/{made.json()['scan']}/"
    own = api_for(buyer).post(f"{address}check/", {"valid": True})
    assert (own.status_code, own.json()["error"]["code"]) == (403, "own_scan_not_checked")
    checked = api_for(csr_specialist).post(f"{address}check/", {"valid": True})
    assert checked.json()["state"] == "valid"
    for person in (csr_specialist, supplier_user):
        fetched = api_for(person).get(file)
        assert b"".join(fetched.streaming_content) == PDF  # type: ignore[attr-defined]
        assert "scan.pdf" in fetched.headers["Content-Disposition"]
    hidden = api_for(other_supplier_user).get(file)
    assert (hidden.status_code, hidden.json()["error"]["code"]) == (404, "evidence_not_found")


def test_a_contact_hands_in_for_the_own_company_only(
    api_for: ApiFor,
    supplier_user: User,
    supplier: Supplier,
    other_supplier: Supplier,
    version: DocumentVersion,
) -> None:
    client = api_for(supplier_user)
    foreign = hand_in(client, version, supplier=other_supplier.code)
    assert (foreign.status_code, foreign.json()["error"]["code"]) == (404, "supplier_not_found")
    assert not Signature.objects.exists()
    made = hand_in(client, version)
    assert (made.status_code, made.json()["supplier"]["id"]) == (201, supplier.pk)


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({}, "supplier_missing", "supplier"),
        ({"supplier": "S-1", "content": b"no scan"}, "scan_kind", "evidence"),
        ({"supplier": "S-1", "content": b""}, "evidence_empty", "evidence"),
        ({"supplier": "S-1", "signed_on": "2999-01-01"}, "signed_on_wrong", "signed_on"),
        ({"supplier": "S-1", "signed_on": "soon"}, "invalid_input", "signed_on"),
        ({"supplier": "S-1", "evidence": "a text"}, "invalid_input", "evidence"),
    ],
)
def test_odd_scans(
    more: dict[str, Any],
    code: str,
    field: str,
    api_for: ApiFor,
    buyer: User,
    supplier: Supplier,
    version: DocumentVersion,
) -> None:
    Supplier.objects.filter(pk=supplier.pk).update(code="S-1")
    answer = hand_in(api_for(buyer), version, **more)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], list(error["fields"])) == (400, code, [field])
    assert not Signature.objects.exists()


def test_the_sealed_pdf_is_handed_out(
    api_for: ApiFor, supplier_user: User, supplier: Supplier, version: DocumentVersion
) -> None:
    signature = make_signature(supplier, version)
    address = f"{SIGNATURES}{signature.pk}/pdf/"
    client = api_for(supplier_user)
    early = client.get(address)
    assert (early.status_code, early.json()["error"]["code"]) == (404, "signature_pdf_missing")
    signature.pdf.save("signed.pdf", ContentFile(PDF), save=True)
    fetched = client.get(address)
    assert b"".join(fetched.streaming_content) == PDF  # type: ignore[attr-defined]
