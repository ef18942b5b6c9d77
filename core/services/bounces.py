"""Mails that did not reach anybody: refused by the mail server, or come back later.

Reports of undelivered mail are read as RFC 3464 writes them: a ``multipart/report`` whose second
part says what failed, and whose third part holds the mail or its headers. The ``Message-ID`` there
tells which of our mails it was.
"""

from __future__ import annotations

import email
import re
from email import policy
from email.message import EmailMessage, Message
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core.errors import DomainError
from core.models import Mail, MailState
from core.services.outbox import writer_of

MESSAGE_ID = re.compile(r"<?([0-9a-f]{32})@", re.IGNORECASE)
LONGEST = 500
# Reports are small; what is larger is none.
MAX_REPORT_BYTES = 2_000_000


@transaction.atomic
def record_failure(mail_id: UUID, state: str, problem: str) -> bool:
    """Once for each mail; those who posted its letters are told. False where it was known."""
    mail = Mail.objects.select_for_update().filter(pk=mail_id).first()
    if mail is None or mail.state in (MailState.REFUSED, MailState.BOUNCED):
        return False
    mail.state, mail.problem = state, " ".join(problem.split())[:LONGEST]
    mail.save(update_fields=["state", "problem"])
    for letter in mail.letters.all():
        writer_of(letter.kind).came_back(letter, mail.problem)
    return True


def read_report(content: bytes) -> bool:
    """Record what a report of undelivered mail says; False where it is about none of our mails,
    or says only that the delivery takes longer.

    Errors: report_too_large.
    """
    if len(content) > MAX_REPORT_BYTES:
        raise DomainError("report_too_large", N_("This is too large to be a report."))
    message = email.message_from_bytes(content, policy=policy.default)
    failed = _failure(message)
    key = _key_of(message)
    if not failed or key is None:
        return False
    return record_failure(key, MailState.BOUNCED, failed)


def _failure(message: Message) -> str:
    """Status and words of the recipient that failed for good; empty for none."""
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in part.get_payload() if part.is_multipart() else []:
            if not isinstance(block, Message):
                continue
            action = str(block.get("Action", "")).strip().lower()
            status = str(block.get("Status", "")).strip()
            if action == "failed" or status.startswith("5"):
                words = str(block.get("Diagnostic-Code", "")).partition(";")[2]
                return f"{status} {words}".strip() or "failed"
    return ""


def _key_of(message: Message) -> UUID | None:
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822" and part is not message:
            payload = part.get_payload()
            inner = payload[0] if isinstance(payload, list) and payload else None
            found = _key(str(inner.get("Message-ID", ""))) if isinstance(inner, Message) else None
        elif kind == "text/rfc822-headers" and isinstance(part, EmailMessage):
            headers = email.message_from_string(str(part.get_content()))
            found = _key(str(headers.get("Message-ID", "")))
        else:
            continue
        if found is not None:
            return found
    return None


def _key(message_id: str) -> UUID | None:
    found = MESSAGE_ID.search(message_id)
    return UUID(found[1]) if found else None
