"""Documents that suppliers sign: things of the small world."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import User
from suppliers.enums import ChangeKind, SignatureState, SignatureWay
from suppliers.models import (
    DocumentRequest,
    DocumentType,
    DocumentVersion,
    EvidenceFile,
    Signature,
    Supplier,
)
from suppliers.rules.documents import text_sha256
from suppliers.services.sealing import seal_of


def _version(document: DocumentType, number: int, *, is_published: bool = True) -> DocumentVersion:
    return DocumentVersion.objects.create(
        document=document,
        number=number,
        change=ChangeKind.FIRST if number == 1 else ChangeKind.MATERIAL,
        text_en=f"# Rules\n1. Rule {number}.",
        text_zh=f"# 规则\n1. 规则 {number}。",
        sha256=text_sha256(number, f"# Rules\n1. Rule {number}.", f"# 规则\n1. 规则 {number}。"),
        published_at=timezone.now() if is_published else None,
    )


def _document(code: str) -> DocumentType:
    return DocumentType.objects.create(
        code=code, name=f"Letter {code}", kinds=["production"], order=900
    )


def _signature(
    supplier: Supplier, version: DocumentVersion, state: str, recorder: User, **fields: Any
) -> Signature:
    made = Signature(
        supplier=supplier,
        version=version,
        state=state,
        signed_on=timezone.localdate(),
        signed_at=timezone.now(),
        signer_name="Wang Liang",
        signer_title="Director",
        company_name=supplier.name,
        company_code=supplier.code,
        document_sha256=version.sha256,
        recorded_by=recorder,
        **fields,
    )
    made.seal = seal_of(made)
    made.save()
    return made


def _scan(supplier: Supplier, contact: User) -> EvidenceFile:
    made = EvidenceFile(
        supplier=supplier, name="scan.pdf", sha256="0" * 64, size=4, kind="pdf",
        is_internal=False, uploaded_by=contact,
    )  # fmt: skip
    made.content.save("scan.pdf", ContentFile(b"%PDF"), save=False)
    made.save()
    return made


def build(supplier: Supplier, contact: User, specialist: User, other: Supplier) -> dict[str, Any]:
    """Keys by the names that rows of the table use."""
    asked, signed, drafted = _document("asked"), _document("signed"), _document("drafted")
    version = _version(asked, 1)
    due_on = timezone.localdate() + dt.timedelta(days=9)
    request, foreign = (
        DocumentRequest.objects.create(
            supplier=one, version=version, due_on=due_on, requested_by=specialist
        )
        for one in (supplier, other)
    )
    signature = _signature(
        supplier, _version(signed, 1), SignatureState.VALID, contact, way=SignatureWay.ONLINE
    )
    signature.pdf.save("signed.pdf", ContentFile(b"%PDF"), save=True)
    scan = _signature(
        supplier, version, SignatureState.TO_CHECK, contact,
        way=SignatureWay.PAPER, scan=_scan(supplier, contact),
    )  # fmt: skip
    _version(drafted, 1)
    return {
        "document": signed.pk,
        "document_to_draft": asked.pk,
        "version": version.pk,
        "draft_version": _version(drafted, 2, is_published=False).pk,
        "document_request": request.pk,
        "foreign_document_request": foreign.pk,
        "signature": signature.pk,
        "scan": scan.pk,
        "scan_file": scan.scan_id,
        "soon": due_on.isoformat(),
        "today": timezone.localdate().isoformat(),
    }
