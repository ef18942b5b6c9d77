"""Handing packed mails to the mail server: none lost, none twice, whoever is killed meanwhile.

Before a mail is handed over it is claimed, in a transaction of its own, and marked as sent after.
What a killed worker had claimed is claimed again when the lease is over and goes out under the same
``Message-ID``: had the server taken it just before, mail systems recognise the second as the first.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import translation

from core import clock
from core.models import Letter, Mail, MailState
from core.services.bounces import record_failure
from core.services.outbox import writer_of

logger = logging.getLogger(__name__)

AT_ONCE = 200
# Well below the time limit of a task.
SECONDS = 120
FIRST_WAIT = dt.timedelta(minutes=2)
LONGEST_WAIT = dt.timedelta(hours=6)
PERMANENT = range(500, 600)


def deliver_mails() -> bool:
    """Hand over what is ready, oldest first; True when more is ready.

    A mail server that is away ends it; the timetable begins again.
    """
    until = time.monotonic() + SECONDS
    keys = list(_ready().order_by("created_at").values_list("pk", flat=True)[:AT_ONCE])
    if not keys:
        return False
    connection = get_connection()
    try:
        for key in keys:
            if not _deliver(key, connection):
                return False
            if time.monotonic() > until:
                break
    finally:
        connection.close()
    return _ready().exists()


def _ready() -> QuerySet[Mail]:
    now = clock.now()
    lease = dt.timedelta(seconds=settings.MAIL_LEASE_SECONDS)
    waiting = Q(state=MailState.READY) & (Q(next_try_at=None) | Q(next_try_at__lte=now))
    abandoned = Q(state=MailState.SENDING, claimed_at__lte=now - lease)
    return Mail.objects.filter(waiting | abandoned)


def _deliver(key: UUID, connection: BaseEmailBackend) -> bool:
    """False when the mail server is away, so that trying others is of no use."""
    claimed = (
        _ready()
        .filter(pk=key)
        .update(state=MailState.SENDING, claimed_at=clock.now(), attempts=F("attempts") + 1)
    )
    if not claimed:
        return True
    mail = Mail.objects.get(pk=key)
    try:
        connection.send_messages([message_of(mail, connection)])
    except SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()), (550, b""))
        return _refused(mail, int(code), _text(words))
    except SMTPResponseException as error:
        return _refused(mail, error.smtp_code, _text(error.smtp_error))
    except (SMTPException, OSError) as error:
        _again(mail, str(error))
        return False
    mail.state, mail.sent_at, mail.problem = MailState.SENT, clock.now(), ""
    mail.save(update_fields=["state", "sent_at", "problem"])
    return True


def _refused(mail: Mail, code: int, words: str) -> bool:
    """For good, which staff must see, or for now. The other mails are not to blame."""
    if code not in PERMANENT:
        _again(mail, f"{code} {words}")
        return True
    logger.warning("The mail server refused a mail: %s.", code)
    record_failure(mail.pk, MailState.REFUSED, f"{code} {words}")
    return True


def _again(mail: Mail, problem: str) -> None:
    logger.warning("The mail server did not take a mail; it will be tried again.")
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(mail.attempts - 1, 10))
    mail.state, mail.problem = MailState.READY, problem[:500]
    mail.next_try_at = clock.now() + wait
    mail.save(update_fields=["state", "problem", "next_try_at"])


def _text(words: Any) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)


def message_of(mail: Mail, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """The mail as it is sent, with its personal links."""
    with translation.override(mail.language or settings.LANGUAGE_CODE):
        context = {"parts": _parts(mail), "language": translation.get_language()}
        message = EmailMultiAlternatives(
            " ".join(mail.title.split())[:180],
            render_to_string("email/letters.txt", context),
            None,
            [mail.address],
            headers={"Message-ID": message_id(mail), "Auto-Submitted": "auto-generated"},
            connection=connection,
        )
        message.attach_alternative(render_to_string("email/letters.html", context), "text/html")
    return message


def message_id(mail: Mail) -> str:
    return f"<{mail.pk.hex}@{urlsplit(settings.PORTAL_URL).hostname or 'localhost'}>"


def _parts(mail: Mail) -> list[dict[str, Any]]:
    parts = mail.content.get("parts", [])
    letters = Letter.objects.in_bulk([part["letter"] for part in parts if part.get("link")])
    return [
        {
            **part,
            "url": writer_of(letters[part["letter"]].kind).link(letters[part["letter"]])
            if part.get("link") and part["letter"] in letters
            else "",
        }
        for part in parts
    ]
