"""Signatures on paper: a scan is handed in, and a second person checks it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput
from core.services.activity import record_activity
from core.services.notifications import settle_about
from core.uploads.signatures import name_content
from suppliers.enums import SignatureState, SignatureWay
from suppliers.models import DocumentVersion, Signature, Supplier
from suppliers.policies import commitments as policies
from suppliers.rules.documents import valid_until
from suppliers.selectors.commitments import contact_of, signature_for, standing_of
from suppliers.selectors.documents import published_version
from suppliers.selectors.suppliers import supplier_for
from suppliers.services.document_requests import close_as_signed
from suppliers.services.evidence import store_evidence
from suppliers.services.sealing import seal_of
from suppliers.services.signers import our_people, settle_signing, signers_of, tell
from suppliers.services.signing import checked_signer, require_to_sign, required_reason
from suppliers.services.suppliers import require_alive
from suppliers.services.told import told_name

if TYPE_CHECKING:
    from accounts.models import User

SCAN_KINDS = frozenset({"PDF", "PNG", "JPEG"})
EARLIEST = dt.date(1990, 1, 1)
SCAN_TO_CHECK = N_("%(supplier)s: a signed scan waits to be checked (%(documents)s)")
SCAN_REJECTED = N_("The scan of %(documents)s could not be accepted: %(note)s")


@dataclass(frozen=True, slots=True)
class PaperInput:
    """``upload``: PDF, PNG or JPEG; ``signed_on``: the day written on the paper."""

    version_id: int
    signed_on: dt.date
    signer_name: str
    signer_title: str
    upload: UploadedFile[bytes]


@transaction.atomic
def hand_in_own_scan(actor: User, data: PaperInput) -> Signature:
    """A contact hands in the scan of a document signed for the own company.

    Errors: may_not_act_for_supplier, supplier_not_found, version_not_found, those of
    ``services.signing.require_to_sign``, scan_waits and those of ``record_paper_signature``.
    """
    policies.require_speak_for_company(actor)
    supplier = supplier_for(actor, contact_of(actor).supplier_id, locked=True)
    version = published_version(data.version_id)
    require_to_sign(supplier, version)
    _require_none_waiting(supplier, version)
    signature = _stored(actor, supplier, version, data)
    tell(
        our_people(supplier),
        "document.scan_received",
        SCAN_TO_CHECK,
        [version.document],
        {"supplier": told_name(supplier)},
        supplier=supplier,
        url=reverse("suppliers:signature-detail", args=[signature.pk]),
        subject=signature,
    )
    return signature


@transaction.atomic
def record_paper_signature(actor: User, supplier_id: int, data: PaperInput) -> Signature:
    """Our own people record a scan they received, also of an earlier published version.

    Errors: may_not_request_signatures, supplier_not_found, version_not_found, scan_kind,
    signed_on_wrong, signer_name_missing, signer_title_missing, signer_text_too_long and those of
    ``services.evidence``.
    """
    policies.require_request_signatures(actor)
    supplier = supplier_for(actor, supplier_id, locked=True)
    require_alive(supplier)
    return _stored(actor, supplier, published_version(data.version_id), data)


def _stored(
    actor: User, supplier: Supplier, version: DocumentVersion, data: PaperInput
) -> Signature:
    name, title = checked_signer(data.signer_name, data.signer_title)
    _require_sensible_day(data.signed_on)
    _require_scan(data.upload)
    signature = Signature.objects.create(
        supplier=supplier,
        version=version,
        way=SignatureWay.PAPER,
        state=SignatureState.TO_CHECK,
        signed_on=data.signed_on,
        signed_at=clock.now(),
        valid_until=valid_until(data.signed_on, version.document.validity_months),
        company_name=" · ".join(supplier.names),
        company_code=supplier.code,
        signer_name=name,
        signer_title=title,
        document_sha256=version.sha256,
        recorded_by=actor,
    )
    signature.scan = store_evidence(
        actor, supplier, data.upload, subject=signature, is_internal=False
    )
    signature.seal = seal_of(signature)
    signature.save(update_fields=["scan", "seal"])
    document = version.document
    settle_signing(supplier, document)
    record_activity(
        actor, "document.scan_received", supplier,
        signature=signature.pk, document=document.code, version=version.number, name=document.name,
    )  # fmt: skip
    return signature


@transaction.atomic
def check_paper_signature(
    actor: User, signature_id: int, *, is_valid: bool, note: str = ""
) -> Signature:
    """Another person than the one who handed it in says whether the scan counts.

    Errors: signature_not_found, may_not_request_signatures, own_scan_not_checked,
    signature_checked, reason_missing (a rejection says why).
    """
    signature = signature_for(actor, signature_id, locked=True)
    policies.require_check_signature(actor, signature)
    if signature.state != SignatureState.TO_CHECK:
        raise DomainError("signature_checked", N_("This scan has been checked already."))
    words = " ".join(note.split())[:500] if is_valid else required_reason(note, "note")
    signature.state = SignatureState.VALID if is_valid else SignatureState.REJECTED
    signature.checked_by, signature.checked_at = actor, clock.now()
    signature.check_note = words
    signature.save(update_fields=["state", "checked_by", "checked_at", "check_note"])
    _record_check(actor, signature)
    return signature


def _record_check(actor: User, signature: Signature) -> None:
    supplier, document = signature.supplier, signature.version.document
    settle_about(signature, "document.scan_received")
    accepted = signature.state == SignatureState.VALID
    record_activity(
        actor,
        "document.scan_accepted" if accepted else "document.scan_rejected",
        supplier,
        signature=signature.pk,
        document=document.code,
        note=signature.check_note,
        name=document.name,
    )
    if accepted:
        # A scan of a wording that was replaced, or one out of date, leaves the request open.
        if standing_of(supplier, document).is_in_force:
            close_as_signed(supplier, document)
        return
    tell(
        signers_of([supplier]).get(supplier.pk, []),
        "document.scan_rejected",
        SCAN_REJECTED,
        [document],
        {"note": signature.check_note[:200]},
        url=reverse("suppliers:commitment-own"),
        supplier=supplier,
        subject=signature,
        is_urgent=True,
    )


def _require_none_waiting(supplier: Supplier, version: DocumentVersion) -> None:
    """One at a time: the next one may be handed in once we have looked at it."""
    waiting = Signature.objects.filter(
        supplier=supplier, version__document=version.document, state=SignatureState.TO_CHECK
    )
    if waiting.exists():
        raise DomainError(
            "scan_waits", N_("Your scan of this document is here already; we are checking it.")
        )


def _require_sensible_day(signed_on: dt.date) -> None:
    if not EARLIEST <= signed_on <= clock.today():
        raise InvalidInput(
            "signed_on_wrong",
            N_("Write the day of the signature on the paper; it cannot lie in the future."),
            field="signed_on",
        )


def _require_scan(upload: UploadedFile[bytes]) -> None:
    upload.seek(0)
    kind = name_content(upload.read(8192)) if upload.size else ""
    upload.seek(0)
    if upload.size and kind not in SCAN_KINDS:
        raise InvalidInput(
            "scan_kind", N_("Upload the scan as PDF, PNG or JPEG."), field="evidence"
        )
