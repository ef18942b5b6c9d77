"""Keeping files that prove something about a supplier."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils.translation import gettext_noop as N_

from core.errors import InvalidInput
from core.models.subject import named
from core.services.activity import record_activity
from core.uploads.contract import MEGABYTE
from core.uploads.signatures import name_content
from suppliers.models import EvidenceFile, Supplier

if TYPE_CHECKING:
    from accounts.models import User

MAX_MEGABYTES = 20
# What an auditor or a supplier hands in; nothing that runs. Office files are kept, never opened.
KINDS = {
    "PDF": "pdf",
    "PNG": "png",
    "JPEG": "jpg",
    "XLSX": "xlsx",
    "DOCX": "docx",
    "PPTX": "pptx",
}
OFFICE = frozenset({"XLSX", "DOCX", "PPTX"})
_HEAD = 8192


def store_evidence(
    actor: User,
    supplier: Supplier,
    upload: UploadedFile[bytes],
    *,
    subject: models.Model | None = None,
    is_internal: bool = True,
) -> EvidenceFile:
    """Keep ``upload`` unchanged; call inside the transaction of what it proves.

    The caller has checked that the actor may. Errors: evidence_empty, evidence_too_large,
    evidence_kind (all on the field ``evidence``).
    """
    kind, sha256 = _checked(upload)
    name = " ".join((upload.name or "file").split())[-255:]
    stored = EvidenceFile(
        supplier=supplier,
        name=name,
        sha256=sha256,
        size=upload.size or 0,
        kind=kind,
        is_internal=is_internal,
        uploaded_by=actor,
        **named(subject),
    )
    # The name in the store says nothing and cannot leave its folder.
    stored.content.save(f"{sha256}.{kind}", upload, save=False)
    stored.save()
    record_activity(actor, "evidence.stored", supplier, name=name, evidence=stored.pk)
    return stored


def _checked(upload: UploadedFile[bytes]) -> tuple[str, str]:
    if not upload.size:
        raise InvalidInput(
            "evidence_empty", N_("The file is empty. Choose the file again."), field="evidence"
        )
    if upload.size > MAX_MEGABYTES * MEGABYTE:
        raise InvalidInput(
            "evidence_too_large",
            N_("The file is larger than %(limit)s MB. Scan it with a lower resolution."),
            {"limit": MAX_MEGABYTES},
            field="evidence",
        )
    upload.seek(0)
    head = upload.read(_HEAD)
    kind = KINDS.get(_office(upload) if head.startswith(b"PK\x03\x04") else name_content(head))
    if kind is None:
        raise InvalidInput(
            "evidence_kind",
            N_("This is no PDF, picture or Office document. Save it as PDF and try again."),
            field="evidence",
        )
    digest = hashlib.sha256()
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return kind, digest.hexdigest()


def _office(upload: UploadedFile[bytes]) -> str:
    """The kind of Office document a ZIP is, by its ending; the content is never opened by us."""
    ending = (upload.name or "").rpartition(".")[2].upper()
    return ending if ending in OFFICE else "ZIP"
