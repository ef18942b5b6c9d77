"""Does a signature, or a PDF somebody holds, still say what was signed?"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext_noop as N_

from core.errors import InvalidInput
from core.uploads.contract import megabytes
from suppliers.enums import SignatureState
from suppliers.models import Signature
from suppliers.rules.documents import text_sha256
from suppliers.selectors.commitments import signature_for
from suppliers.services.sealing import has_true_seal

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Verified:
    """``text``: the wording is the one that was signed; ``facts``: the seal fits the facts;
    ``file``: the kept file is unchanged, None where there is none (yet)."""

    text: bool
    facts: bool
    file: bool | None

    @property
    def is_genuine(self) -> bool:
        return self.text and self.facts and self.file is not False


@dataclass(frozen=True, slots=True)
class FileVerdict:
    """``signature`` None: the file is none of ours, or it was changed."""

    sha256: str
    signature: Signature | None = None
    checks: Verified | None = None

    @property
    def is_genuine(self) -> bool:
        return self.checks is not None and self.checks.is_genuine

    @property
    def is_in_force(self) -> bool:
        return self.signature is not None and self.signature.state == SignatureState.VALID


def verify_signature(signature: Signature) -> Verified:
    version = signature.version
    digest = text_sha256(version.number, version.text_en, version.text_zh)
    return Verified(
        text=digest == version.sha256 == signature.document_sha256,
        facts=has_true_seal(signature),
        file=_kept_file(signature),
    )


def _kept_file(signature: Signature) -> bool | None:
    stored = signature.pdf or (signature.scan.content if signature.scan else None)
    expected = signature.pdf_sha256 or (signature.scan.sha256 if signature.scan else "")
    if not stored:
        return None
    try:
        with stored.open("rb") as stream:
            return _sha256(stream) == expected
    except OSError:
        return False


def _sha256(stream: File[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in stream.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def verify_file(actor: User, upload: File[bytes]) -> FileVerdict:
    """Looks for the signature with exactly this PDF among those the actor may see.

    Errors: file_too_large, above ``UPLOAD_MAX_BYTES``.
    """
    if upload.size > settings.UPLOAD_MAX_BYTES:
        limit = megabytes(settings.UPLOAD_MAX_BYTES)
        text = N_("The file is larger than %(limit)s MB.")
        raise InvalidInput("file_too_large", text, {"limit": limit}, field="file")
    digest = _sha256(upload)
    known = Signature.objects.visible_to(actor).filter(pdf_sha256=digest)
    key = known.order_by("pk").values_list("pk", flat=True).first()
    if key is None:
        return FileVerdict(digest)
    signature = signature_for(actor, key)
    return FileVerdict(digest, signature, verify_signature(signature))
