"""Certificates of smelters: recorded with their validity, verified by a second person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput, NotFound
from core.services.activity import record_activity
from minerals.enums import ListSource
from minerals.models import SmelterCertificate
from minerals.policies import smelters as policies
from minerals.selectors.smelters import smelter_with_cid
from suppliers.models import Supplier
from suppliers.selectors.suppliers import supplier_for, supplier_with_code
from suppliers.services.evidence import store_evidence

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from accounts.models import User

LONGEST_DAYS = 5 * 366


@dataclass(frozen=True, slots=True)
class CertificateInput:
    """``supplier``: code of the one that handed it in; files belong to it, so they need one.
    ``note`` says where a certificate without a file is published."""

    scheme: str
    valid_from: dt.date | None
    valid_until: dt.date | None
    number: str = ""
    supplier: str = ""
    note: str = ""
    evidence: Sequence[UploadedFile[bytes]] = ()


@transaction.atomic
def record_certificate(actor: User, cid: str, data: CertificateInput) -> SmelterCertificate:
    """Errors: may_not_view_smelters, smelter_not_found, may_not_write_about_smelters,
    certificate_scheme_unknown, certificate_period, certificate_without_proof,
    evidence_needs_supplier, supplier_not_found and those of ``services.evidence``."""
    policies.require_view_smelters(actor)
    smelter = smelter_with_cid(cid)
    policies.require_write_notes(actor)
    if data.scheme not in ListSource.values:
        raise InvalidInput("certificate_scheme_unknown", N_("Choose the scheme."), field="scheme")
    valid_from, valid_until = _period(data)
    supplier = supplier_with_code(actor, data.supplier) if data.supplier.strip() else None
    _require_proof(data, supplier)
    certificate = SmelterCertificate.objects.create(
        smelter=smelter,
        supplier=supplier,
        scheme=data.scheme,
        number=data.number.strip()[:120],
        valid_from=valid_from,
        valid_until=valid_until,
        note=data.note.strip()[:500],
        recorded_by=actor,
    )
    for upload in data.evidence:
        assert supplier is not None
        store_evidence(actor, supplier, upload, subject=certificate)
    record_activity(
        actor, "smelter.certificate_recorded", smelter, certificate=certificate.pk
    )  # fmt: skip
    return certificate


def _period(data: CertificateInput) -> tuple[dt.date, dt.date]:
    first, last = data.valid_from, data.valid_until
    if first is None or last is None:
        field = "valid_from" if first is None else "valid_until"
        raise InvalidInput("certificate_period", N_("Give both days of its validity."), field=field)
    if last < first:
        raise InvalidInput(
            "certificate_period", N_("The last day is before the first one."), field="valid_until"
        )
    if (last - first).days > LONGEST_DAYS:
        raise InvalidInput(
            "certificate_period",
            N_("No scheme certifies for more than five years; look at the years."),
            field="valid_until",
        )
    return first, last


def _require_proof(data: CertificateInput, supplier: Supplier | None) -> None:
    if not data.evidence and not data.note.strip():
        raise InvalidInput(
            "certificate_without_proof",
            N_("Add the file, or say where the certificate is published."),
            field="note",
        )
    if data.evidence and supplier is None:
        raise InvalidInput(
            "evidence_needs_supplier",
            N_("Say which supplier handed the file in."),
            field="supplier",
        )


@transaction.atomic
def verify_certificate(actor: User, certificate_id: int) -> SmelterCertificate:
    """From now on it counts as evidence. Errors: may_not_view_smelters, certificate_not_found,
    may_not_verify_certificates, own_certificate, certificate_withdrawn, certificate_verified."""
    certificate = _locked(actor, certificate_id)
    policies.require_verify_certificate(actor, certificate)
    if certificate.withdrawn_at is not None:
        raise DomainError("certificate_withdrawn", N_("This certificate was withdrawn."))
    if certificate.verified_at is not None:
        raise DomainError("certificate_verified", N_("This certificate is verified already."))
    certificate.verified_by, certificate.verified_at = actor, clock.now()
    certificate.save(update_fields=["verified_by", "verified_at"])
    record_activity(
        actor, "smelter.certificate_verified", certificate.smelter, certificate=certificate.pk
    )
    return certificate


@transaction.atomic
def withdraw_certificate(actor: User, certificate_id: int) -> SmelterCertificate:
    """It stays on record and counts no longer. Errors: may_not_view_smelters,
    certificate_not_found, may_not_write_about_smelters."""
    certificate = _locked(actor, certificate_id)
    policies.require_write_notes(actor)
    if certificate.withdrawn_at is None:
        certificate.withdrawn_at = clock.now()
        certificate.save(update_fields=["withdrawn_at"])
        record_activity(
            actor, "smelter.certificate_withdrawn", certificate.smelter, certificate=certificate.pk
        )
    return certificate


def _locked(actor: User, certificate_id: int) -> SmelterCertificate:
    policies.require_view_smelters(actor)
    rows = SmelterCertificate.objects.select_for_update(of=("self",)).select_related("smelter")
    found = rows.filter(pk=certificate_id).first()
    if found is None:
        raise NotFound("certificate_not_found", N_("There is no such certificate."))
    if found.supplier_id is not None:
        supplier_for(actor, found.supplier_id)
    return found
