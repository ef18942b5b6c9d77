"""Documents that suppliers sign: tasks, each an id in and one service call."""

from __future__ import annotations

import logging

from celery import shared_task

from core import clock
from suppliers.pdf.commitment import PdfFailed
from suppliers.services.reminders import remind_due
from suppliers.services.signature_pdf import make_signature_pdf, signatures_without_pdf

logger = logging.getLogger(__name__)


@shared_task
def remind_signers() -> int:
    """Remind of documents to sign, once a day; running it again does nothing."""
    return remind_due(clock.today()).reminders


@shared_task
def make_missing_pdfs() -> int:
    """Make the sealed PDFs that failed when the document was signed; how many were made."""
    made = 0
    for signature_id in signatures_without_pdf(clock.now()):
        try:
            made += make_signature_pdf(signature_id) is not None
        except (PdfFailed, OSError):
            logger.exception("The PDF of signature %s could not be made.", signature_id)
    return made
