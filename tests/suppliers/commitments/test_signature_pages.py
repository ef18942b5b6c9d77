"""Pages of signatures: a scan from upload to check, the sealed PDF, verifying a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from suppliers.enums import SignatureState
from suppliers.models import DocumentVersion, Signature
from tests.factories.commitments import TODAY, make_version

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
FORM = {
    "signer_name": "王亮",
    "signer_title": "总经理",
    "is_confirmed": "on",
    "language": "zh-hans",
}


def test_a_scan_from_upload_to_check(
    sign_in: SignIn, supplier_user: User, buyer: User, version: DocumentVersion
) -> None:
    scan = SimpleUploadedFile("scan.pdf", b"%PDF-1.4 signed")
    data = {"signed_on": TODAY().isoformat(), "signer_name": "王亮", "signer_title": "总经理"}
    address = reverse("suppliers:commitment-paper", args=[version.pk])
    sign_in(supplier_user).post(address, {**data, "evidence": scan})
    signature = Signature.objects.get()
    client = sign_in(buyer)
    listed = client.get(reverse("suppliers:signature-check-list"))
    assert list(listed.context["page_obj"]) == [signature]
    detail = reverse("suppliers:signature-detail", args=[signature.pk])
    assert "Does this scan count as signed?" in client.get(detail).content.decode()
    check = reverse("suppliers:signature-check", args=[signature.pk])
    client.post(check, {"decision": "rejected", "note": ""})
    signature.refresh_from_db()
    assert signature.state == SignatureState.TO_CHECK
    client.post(check, {"decision": "valid"})
    signature.refresh_from_db()
    assert (signature.state, signature.checked_by) == (SignatureState.VALID, buyer)
    own = sign_in(supplier_user).get(reverse("suppliers:commitment-own")).content.decode()
    assert reverse("suppliers:evidence-download", args=[signature.scan_id]) in own


def test_download_and_verify_the_sealed_pdf(
    sign_in: SignIn,
    supplier_user: User,
    other_supplier_user: User,
    auditor: User,
    version: DocumentVersion,
    django_capture_on_commit_callbacks: Any,
) -> None:
    client = sign_in(supplier_user)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("suppliers:commitment-sign", args=[version.pk]), FORM)
    signature = Signature.objects.get()
    address = reverse("suppliers:signature-pdf", args=[signature.pk])
    answer = client.get(address)
    content = answer.getvalue()
    assert content.startswith(b"%PDF")
    assert "attachment" in answer["Content-Disposition"]
    assert sign_in(other_supplier_user).get(address).status_code == 404
    verify = reverse("suppliers:signature-verify")
    staff = sign_in(auditor)
    good = staff.post(verify, {"file": SimpleUploadedFile("a.pdf", content)}).content.decode()
    assert "Genuine: file, wording and seal fit." in good
    bad = staff.post(verify, {"file": SimpleUploadedFile("a.pdf", content[:-1])}).content.decode()
    assert "No signature you may see has this file." in bad


def test_a_file_that_is_too_large_is_not_verified(
    sign_in: SignIn, auditor: User, settings: Any
) -> None:
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    file = SimpleUploadedFile("a.pdf", bytes(1024 * 1024 + 1))
    page = sign_in(auditor).post(reverse("suppliers:signature-verify"), {"file": file})
    assert page.context["form"].errors == {"file": ["The file is larger than 1 MB."]}
    assert page.context["result"] is None


def test_the_blank_pdf_names_the_own_company_only(
    sign_in: SignIn, supplier_user: User, auditor: User, version: DocumentVersion
) -> None:
    address = reverse("suppliers:document-blank", args=[version.pk])
    for person in (supplier_user, auditor):
        assert sign_in(person).get(address).getvalue().startswith(b"%PDF")
    draft = make_version(version.document, 2, is_published=False)
    address = reverse("suppliers:document-blank", args=[draft.pk])
    assert sign_in(auditor).get(address).status_code == 404
