"""The sealed PDF of a signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as N_

from core.errors import NotFound
from suppliers.models import Signature
from suppliers.selectors.commitments import signature_for

if TYPE_CHECKING:
    from accounts.models import User


def sealed_signature(actor: User, signature_id: int) -> Signature:
    """A signature with its sealed PDF; one on paper has none.

    Errors: signature_not_found, signature_pdf_missing.
    """
    signature = signature_for(actor, signature_id)
    if not signature.pdf:
        raise NotFound(
            "signature_pdf_missing",
            N_("This signature has no sealed PDF: it is on paper, or the PDF is still being made."),
        )
    return signature


def pdf_name(signature: Signature) -> str:
    """What the sealed PDF is called when it is handed out."""
    version = signature.version
    return f"{version.document.code}-{version.number}-{signature.company_code}"
