"""Documents that suppliers sign: entries of the trail in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "document.created": _("Document created"),
    "document.changed": _("Document changed"),
    "document.draft_written": _("Draft of a version written"),
    "document.draft_changed": _("Draft of a version changed"),
    "document.draft_discarded": _("Draft of a version discarded"),
    "document.published": _("Version published"),
    "document.requested": _("Asked to sign"),
    "document.asked_again": _("Asked to sign the new version"),
    "document.request_cancelled": _("Request to sign taken back"),
    "document.refused": _("Refused to sign"),
    "document.reminded": _("Reminded to sign"),
    "document.signed": _("Signed online"),
    "document.pdf_sealed": _("Sealed PDF made"),
    "document.scan_received": _("Signed scan handed in"),
    "document.scan_accepted": _("Signed scan accepted"),
    "document.scan_rejected": _("Signed scan rejected"),
    "document.signature_revoked": _("Signature revoked"),
    "evidence.stored": _("File stored"),
}
