"""Documents, versions, requests and signatures for tests."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from suppliers.enums import ChangeKind, RequestState, SignatureState, SignatureWay
from suppliers.models import (
    DocumentRequest,
    DocumentType,
    DocumentVersion,
    MineralScope,
    Signature,
    Supplier,
)
from suppliers.rules.documents import text_sha256
from suppliers.services.paper_signatures import PaperInput
from suppliers.services.sealing import seal_of

TODAY = timezone.localdate
TEXT_EN = "# Rules\n1. Nobody works against their will.\n2. Records are kept for five years."
TEXT_ZH = "# 规则\n1. 不使用强迫劳动。\n2. 记录保存五年。"
PDF = b"%PDF-1.7 signed and stamped"


def make_document(code: str = "test-letter", **fields: object) -> DocumentType:
    facts: dict[str, object] = {
        "name": f"Letter {code}",
        "local_name": f"承诺书 {code}",
        "kinds": ["production"],
        **fields,
    }
    return DocumentType.objects.create(code=code, **facts)


def make_version(
    document: DocumentType,
    number: int = 1,
    change: str = ChangeKind.FIRST,
    *,
    text_en: str = TEXT_EN,
    text_zh: str = TEXT_ZH,
    is_published: bool = True,
) -> DocumentVersion:
    return DocumentVersion.objects.create(
        document=document,
        number=number,
        change=change,
        text_en=text_en,
        text_zh=text_zh,
        sha256=text_sha256(number, text_en, text_zh),
        published_at=timezone.now() if is_published else None,
    )


def make_signature(supplier: Supplier, version: DocumentVersion, **fields: object) -> Signature:
    facts: dict[str, object] = {
        "way": SignatureWay.ONLINE,
        "state": SignatureState.VALID,
        "signed_on": TODAY(),
        "signed_at": timezone.now(),
        "signer_name": "Wang Liang",
        "signer_title": "Director",
        "document_sha256": version.sha256,
        "company_name": supplier.name,
        "company_code": supplier.code,
        "language": "en",
        **fields,
    }
    made = Signature(supplier=supplier, version=version, **facts)
    made.seal = seal_of(made)
    made.save()
    return made


def make_request(
    supplier: Supplier, version: DocumentVersion, days: int = 10, **fields: object
) -> DocumentRequest:
    facts: dict[str, object] = {"state": RequestState.OPEN, **fields}
    return DocumentRequest.objects.create(
        supplier=supplier, version=version, due_on=TODAY() + dt.timedelta(days=days), **facts
    )


def with_minerals(supplier: Supplier) -> None:
    MineralScope.objects.create(supplier=supplier, metal="tin")


def paper(version: DocumentVersion, content: bytes = PDF, **fields: Any) -> PaperInput:
    """A scan as somebody hands it in."""
    facts = {
        "signed_on": TODAY() - dt.timedelta(days=2),
        "signer_name": "Wang Liang",
        "signer_title": "Director",
    }
    upload = SimpleUploadedFile("scan.pdf", content)
    return PaperInput(version_id=version.pk, upload=upload, **{**facts, **fields})
