"""Signing online by a contact who may sign for the company; revoking a signature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput, NotFound
from core.services.activity import record_activity
from suppliers.enums import RequestState, SignatureState, SignatureWay
from suppliers.models import DocumentVersion, Signature, Supplier, SupplierContact
from suppliers.policies import commitments as policies
from suppliers.rules.documents import valid_until
from suppliers.selectors.commitments import contact_of, signature_for, standing_of
from suppliers.selectors.documents import newest_version, published_version
from suppliers.selectors.recipients import who_see
from suppliers.selectors.suppliers import supplier_for
from suppliers.services.document_requests import close_as_signed
from suppliers.services.sealing import seal_of
from suppliers.services.signature_pdf import make_signature_pdf
from suppliers.services.signers import signers_of, tell
from suppliers.services.told import told_name

if TYPE_CHECKING:
    from accounts.models import User

LANGUAGES = ("en", "zh-hans")
MAX_NAME = 150
MAX_TITLE = 120
SIGNED = N_("%(supplier)s signed: %(documents)s")
REVOKED = N_("Your signature of %(documents)s is no longer valid: %(reason)s")


@dataclass(frozen=True, slots=True)
class SigningInput:
    """``language``: the one the text was read in; ``is_confirmed``: “I am authorised to sign”."""

    version_id: int
    signer_name: str
    signer_title: str
    is_confirmed: bool
    language: str


@dataclass(frozen=True, slots=True)
class Circumstances:
    """From where it was signed; found out by the door, never typed."""

    ip_address: str | None
    user_agent: str


@transaction.atomic
def sign_document(actor: User, data: SigningInput, circumstances: Circumstances) -> Signature:
    """Sign a version for the own company, seal the signature, then make its PDF.

    The PDF comes after the transaction: a failure there never loses the signature, a periodic task
    makes up for it. Errors: supplier_not_found, version_not_found, may_not_act_for_supplier,
    may_not_sign, version_superseded, signature_not_asked, already_signed, signer_name_missing,
    signer_title_missing, signer_text_too_long, signing_not_confirmed, language_unknown.
    """
    policies.require_speak_for_company(actor)
    contact = contact_of(actor)
    # The row is locked, so that a double click signs once.
    supplier = supplier_for(actor, contact.supplier_id, locked=True)
    version = published_version(data.version_id)
    policies.require_sign(contact)
    require_to_sign(supplier, version)
    name, title = _checked(data)
    signature = _signature(supplier, contact, version)
    signature.signer_name, signature.signer_title = name, title
    signature.language = data.language
    signature.ip_address = circumstances.ip_address
    signature.user_agent = circumstances.user_agent[:400]
    signature.recorded_by = actor
    signature.seal = seal_of(signature)
    signature.save()
    _record(actor, signature)

    def make_pdf() -> None:
        make_signature_pdf(signature.pk)

    # Robust: the error is logged, the signature stays, the periodic task tries again. No partial,
    # because the log names the function.
    transaction.on_commit(make_pdf, robust=True)
    return signature


def require_to_sign(supplier: Supplier, version: DocumentVersion) -> None:
    """Errors: version_superseded, signature_not_asked, already_signed."""
    newest = newest_version(version.document)
    if newest is not None and newest.pk != version.pk:
        raise DomainError(
            "version_superseded",
            N_("This wording was replaced by version %(number)s. Please read and sign that one."),
            {"number": newest.number},
        )
    standing = standing_of(supplier, version.document)
    if standing.state == "signed":
        raise DomainError(
            "already_signed", N_("Your company has signed this document already. Thank you.")
        )
    if not standing.can_be_signed:
        raise NotFound("signature_not_asked", N_("This document is not asked of your company."))


def _signature(supplier: Supplier, contact: SupplierContact, version: DocumentVersion) -> Signature:
    today = clock.today()
    return Signature(
        supplier=supplier,
        version=version,
        way=SignatureWay.ONLINE,
        state=SignatureState.VALID,
        signed_on=today,
        signed_at=clock.now(),
        valid_until=valid_until(today, version.document.validity_months),
        company_name=" · ".join(supplier.names),
        company_code=supplier.code,
        contact=contact,
        document_sha256=version.sha256,
    )


def _checked(data: SigningInput) -> tuple[str, str]:
    if data.language not in LANGUAGES:
        raise InvalidInput(
            "language_unknown",
            N_("“%(value)s” is not a language the text exists in."),
            {"value": data.language[:20]},
            field="language",
        )
    checked = checked_signer(data.signer_name, data.signer_title)
    if not data.is_confirmed:
        raise InvalidInput(
            "signing_not_confirmed",
            N_("Please confirm that you may sign for your company."),
            field="is_confirmed",
        )
    return checked


def checked_signer(name: str, title: str) -> tuple[str, str]:
    """Name and job title without odd spaces. Errors: signer_name_missing, signer_title_missing,
    signer_text_too_long."""
    name, title = " ".join(name.split()), " ".join(title.split())
    if not name:
        raise InvalidInput(
            "signer_name_missing", N_("Please write the full name."), field="signer_name"
        )
    if not title:
        raise InvalidInput(
            "signer_title_missing", N_("Please write the job title."), field="signer_title"
        )
    for text, limit, field in ((name, MAX_NAME, "signer_name"), (title, MAX_TITLE, "signer_title")):
        if len(text) > limit:
            raise InvalidInput(
                "signer_text_too_long",
                N_("Please use at most %(limit)s characters."),
                {"limit": limit},
                field=field,
            )
    return name, title


def _record(actor: User, signature: Signature) -> None:
    supplier, document = signature.supplier, signature.version.document
    requests = supplier.document_requests.filter(
        version__document=document, state=RequestState.OPEN
    ).select_related("requested_by")
    askers = who_see(supplier, [one.requested_by for one in requests])
    close_as_signed(supplier, document)
    record_activity(
        actor,
        "document.signed",
        supplier,
        signature=signature.pk,
        document=document.code,
        version=signature.version.number,
        sha256=signature.document_sha256,
        name=document.name,
    )
    tell(
        askers,
        "document.signed",
        SIGNED,
        [document],
        {"supplier": told_name(supplier)},
        url=reverse("suppliers:signature-detail", args=[signature.pk]),
        supplier=supplier,
        subject=signature,
    )


@transaction.atomic
def revoke_signature(actor: User, signature_id: int, reason: str) -> Signature:
    """The signature no longer counts; it stays, with the reason.

    Errors: may_not_request_signatures, signature_not_found, signature_not_valid, reason_missing.
    """
    signature = signature_for(actor, signature_id, locked=True)
    policies.require_request_signatures(actor)
    if signature.state != SignatureState.VALID:
        raise DomainError("signature_not_valid", N_("Only a valid signature can be revoked."))
    words = required_reason(reason)
    signature.state = SignatureState.REVOKED
    signature.checked_by, signature.checked_at = actor, clock.now()
    signature.check_note = words
    signature.save(update_fields=["state", "checked_by", "checked_at", "check_note"])
    supplier, document = signature.supplier, signature.version.document
    record_activity(
        actor, "document.signature_revoked", supplier,
        signature=signature.pk, document=document.code, reason=words, name=document.name,
    )  # fmt: skip
    tell(
        signers_of([supplier]).get(supplier.pk, []),
        "document.signature_revoked",
        REVOKED,
        [document],
        {"reason": words[:200]},
        url=reverse("suppliers:commitment-own"),
        supplier=supplier,
        subject=signature,
        is_urgent=True,
    )
    return signature


def required_reason(reason: str, field: str = "reason") -> str:
    """Errors: reason_missing, reason_too_long."""
    words = " ".join(reason.split())
    if not words:
        raise InvalidInput(
            "reason_missing", N_("Write the reason; the supplier reads it."), field=field
        )
    if len(words) > 500:
        raise InvalidInput(
            "reason_too_long", N_("Please use at most %(limit)s characters."), {"limit": 500},
            field=field,
        )  # fmt: skip
    return words
