"""The sealed PDF of an online signature, and the blank one for signing on paper."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import clock
from core.services.activity import record_activity
from suppliers.enums import SignatureWay
from suppliers.models import DocumentVersion, Signature, Supplier
from suppliers.pdf.commitment import (
    CommitmentSheet,
    Fact,
    Paragraph,
    Section,
    SignatureBlock,
    commitment_pdf,
)
from suppliers.policies import commitments as policies
from suppliers.rules.clauses import clauses_of
from suppliers.selectors.documents import published_version, text_of
from suppliers.selectors.suppliers import supplier_of_contact
from suppliers.services.sealing import content_sha256

if TYPE_CHECKING:
    from accounts.models import User

# Typst's name of each language we have.
SHORT = {"en": "en", "zh-hans": "zh"}
AT_ONCE = 50


def make_signature_pdf(signature_id: int) -> Signature | None:
    """Make and keep the PDF of an online signature; nothing to do when there is one.

    It is made outside the transaction, which would keep everybody else waiting for it. Errors:
    PdfFailed and those of the storage; the periodic task tries again.
    """
    signature = _waiting(Signature.objects.all(), signature_id)
    if signature is None:
        return None
    content = commitment_pdf(signed_sheet(signature), signature.signed_at)
    return _keep_pdf(signature_id, content)


@transaction.atomic
def _keep_pdf(signature_id: int, content: bytes) -> Signature | None:
    """None when another process was quicker."""
    signature = _waiting(Signature.objects.select_for_update(of=("self",)), signature_id)
    if signature is None:
        return None
    signature.pdf_sha256 = content_sha256(content)
    signature.pdf.save(f"{signature.pdf_sha256}.pdf", ContentFile(content), save=False)
    signature.save(update_fields=["pdf", "pdf_sha256"])
    record_activity(
        None, "document.pdf_sealed", signature.supplier,
        signature=signature.pk, sha256=signature.pdf_sha256, name=signature.version.document.name,
    )  # fmt: skip
    return signature


def _waiting(rows: QuerySet[Signature], signature_id: int) -> Signature | None:
    found = rows.select_related("version__document", "supplier")
    return found.filter(pk=signature_id, way=SignatureWay.ONLINE, pdf="").first()


def signatures_without_pdf(now: dt.datetime) -> list[int]:
    """Keys of those whose PDF failed; the ones of the last minute are being made."""
    waiting = Signature.objects.filter(
        way=SignatureWay.ONLINE, pdf="", signed_at__lt=now - dt.timedelta(minutes=1)
    )
    return list(waiting.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])


def signed_sheet(signature: Signature) -> CommitmentSheet:
    """The document as it was read, with both parties and the facts of the signature."""
    version = signature.version
    with translation.override(signature.language):
        section = _section(
            version, signature.language, signature.company_name, signature.company_code
        )
        block = SignatureBlock(
            heading=_("Signed electronically"),
            lines=tuple(_signature_lines(signature)),
            note=_(
                "The seal is a keyed hash over these facts. Whoever holds this file can have the "
                "buyer verify that neither the file nor the signature was changed."
            ),
        )
        return CommitmentSheet((section,), block, _footer(version))


def _signature_lines(signature: Signature) -> list[Fact]:
    utc = signature.signed_at.astimezone(dt.UTC)
    local = timezone.localtime(signature.signed_at)
    until = signature.valid_until
    return [
        Fact(pgettext("person", "Name"), signature.signer_name),
        Fact(_("Job title"), signature.signer_title),
        Fact(_("Company"), f"{signature.company_name} ({signature.company_code})"),
        Fact(_("Signed at"), f"{utc:%Y-%m-%d %H:%M:%S} UTC · {local:%Y-%m-%d %H:%M:%S %Z}"),
        Fact(_("Valid until"), until.isoformat() if until else _("without an end")),
        Fact(_("Internet address"), signature.ip_address or _("not known")),
        Fact(_("Document SHA-256"), signature.document_sha256, is_code=True),
        Fact(_("Seal"), signature.seal, is_code=True),
    ]


def blank_for(actor: User, version_id: int) -> tuple[str, bytes]:
    """The name without its ending, and the PDF to be signed on paper: for our own people, and for
    contacts with the name of their company filled in.

    Errors: may_not_act_for_supplier, version_not_found, PdfFailed.
    """
    supplier: Supplier | None = None
    if not actor.is_internal:
        policies.require_speak_for_company(actor)
        supplier = supplier_of_contact(actor)
    version = published_version(version_id)
    return f"{version.document.code}-{version.number}", blank_pdf(version, supplier)


def blank_pdf(version: DocumentVersion, supplier: Supplier | None) -> bytes:
    """Both languages with lines to sign on; the supplier's name is filled in where it is known.

    Errors: PdfFailed.
    """
    sections = []
    for language in SHORT:
        with translation.override(language):
            name = " · ".join(supplier.names) if supplier else ""
            sections.append(_section(version, language, name, supplier.code if supplier else ""))
    lines = tuple(Fact(label, "") for label in _both_languages())
    with translation.override("en"):
        english = _("Signature and company seal")
    with translation.override("zh-hans"):
        heading = f"{english} / {_('Signature and company seal')}"
    sheet = CommitmentSheet(tuple(sections), SignatureBlock(heading, lines), _footer(version))
    return commitment_pdf(sheet, clock.now())


def _both_languages() -> list[str]:
    labels = []
    for language in SHORT:
        with translation.override(language):
            labels.append(
                [
                    _("Company"),
                    pgettext("person", "Name"),
                    _("Job title"),
                    _("Date of signing"),
                    _("Signature and seal"),
                ]
            )
    english, chinese = labels
    return [f"{one} / {two}" for one, two in zip(english, chinese, strict=True)]


def _section(
    version: DocumentVersion, language: str, company_name: str, company_code: str
) -> Section:
    """In the active language, which is ``language``."""
    document = version.document
    chinese = language.startswith("zh")
    company = f"{company_name} ({company_code})" if company_name else ""
    own = settings.COMPANY_LOCAL_NAME if chinese else settings.COMPANY_NAME
    return Section(
        language=SHORT[language],
        title=(document.local_name if chinese else "") or document.name,
        subtitle=_("Version %(number)s") % {"number": version.number},
        parties=(
            Fact(_("Buyer (party)"), own or settings.COMPANY_NAME),
            Fact(_("Supplier"), company),
        ),
        paragraphs=tuple(
            Paragraph(clause.text, clause.is_heading)
            for clause in clauses_of(text_of(version, language))
        ),
    )


def _footer(version: DocumentVersion) -> str:
    return f"{version.document.code} · {version.number} · SHA-256 {version.sha256[:16]}…"
