"""Notifications by e-mail: urgent ones at once, routine ones in at most one digest a day.

A row is locked while its mail is handed over and marked as mailed only afterwards, in the same
transaction: a task that runs twice mails once, and a mail server that refuses loses nothing.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence
from smtplib import SMTPException
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from core import clock
from core.models import MailPreference, Notification
from core.models.notification import NotificationQuerySet
from core.services.outbox import mails_left, note_mail, used_up

if TYPE_CHECKING:
    from accounts.models import User

logger = logging.getLogger(__name__)

LINES_IN_DIGEST = 40
# A mail server that answers nothing holds a row for EMAIL_TIMEOUT each time.
SWEPT_AT_ONCE = 20
# What nobody fetched for so long is no news any more; the portal still shows it.
URGENT_FOR = dt.timedelta(days=3)
ROUTINE_FOR = dt.timedelta(days=30)


class MailRefused(Exception):
    """The mail server did not take it; try again later."""


def mail_urgent(notification_id: int) -> bool:
    """Mail one urgent notification; False when there is nothing to mail (any more).

    Raises MailRefused.
    """
    with transaction.atomic():
        waiting = _waiting_urgent().select_for_update(of=("self",)).select_related("recipient")
        found = waiting.filter(pk=notification_id).first()
        if found is None or not _may_know(found):
            return False
        if not _may_be_mailed(found.recipient):
            if found.recipient.mail_preference == MailPreference.DIGEST:
                # The next digest tells it, together with the rest.
                Notification.objects.filter(pk=found.pk).update(is_urgent=False)
            return False
        _send(found.recipient, "urgent", found.text_in(_language(found.recipient)), [found])
        Notification.objects.filter(pk=found.pk).update(mailed_at=clock.now())
    return True


def waiting_urgent_keys() -> list[int]:
    """Urgent ones whose mail was lost on the way: the broker or the mail server was away. Those
    for whom the week's mails are used up wait until there is room again."""
    waiting = _waiting_urgent().order_by("pk").values_list("pk", "recipient__email")
    full = used_up()
    return [pk for pk, address in waiting if address.lower() not in full][:SWEPT_AT_ONCE]


def digest_recipients() -> list[int]:
    """Keys of the people who have routine news and wish a digest."""
    people = get_user_model().objects.filter(
        Exists(_routine().filter(recipient=OuterRef("pk"))),
        is_active=True,
        mail_preference=MailPreference.DIGEST,
    )
    return list(people.order_by("pk").values_list("pk", flat=True))


def mail_digest(person_id: int) -> bool:
    """Mail one person's digest of today; False when there is none or it went out already.

    Raises MailRefused.
    """
    with transaction.atomic():
        people = get_user_model().objects.select_for_update(no_key=True)
        person = people.filter(pk=person_id, is_active=True).first()
        if person is None or person.mail_preference != MailPreference.DIGEST:
            return False
        if not _may_be_mailed(person):
            return False
        rows = [] if _had_digest_today(person) else list(_routine().visible_to(person))
        if not rows:
            return False
        _send(person, "digest", "", rows)
        mailed = Notification.objects.filter(pk__in=[row.pk for row in rows])
        mailed.update(mailed_at=clock.now())
    return True


def _may_be_mailed(person: User) -> bool:
    """People of suppliers get a few mails a week from all parts together (``outbox``)."""
    return bool(person.is_internal) or mails_left(person.email) > 0


def _may_know(notification: Notification) -> bool:
    """The person may have lost sight of what it is about since it was written."""
    seen = Notification.objects.visible_to(notification.recipient)
    return seen.filter(pk=notification.pk).exists()


def _waiting_urgent() -> NotificationQuerySet:
    wished = [MailPreference.DIGEST, MailPreference.URGENT]
    return Notification.objects.unread().filter(
        is_urgent=True,
        mailed_at=None,
        created_at__gte=clock.now() - URGENT_FOR,
        recipient__is_active=True,
        recipient__mail_preference__in=wished,
    )


def _routine() -> NotificationQuerySet:
    return Notification.objects.unread().filter(
        is_urgent=False, mailed_at=None, created_at__gte=clock.now() - ROUTINE_FOR
    )


def _had_digest_today(person: User) -> bool:
    midnight = timezone.make_aware(dt.datetime.combine(clock.today(), dt.time()))
    return person.notifications.filter(is_urgent=False, mailed_at__gte=midnight).exists()


def _language(person: User) -> str:
    return person.language or settings.LANGUAGE_CODE


def _send(person: User, template: str, subject: str, rows: Sequence[Notification]) -> None:
    """In the language of the person; ``subject`` empty: how many there are."""
    with translation.override(_language(person)):
        context = _context(person, rows)
        mail = EmailMultiAlternatives(
            _one_line(subject or _digest_subject(len(rows))),
            render_to_string(f"email/{template}.txt", context),
            None,
            [person.email],
        )
        mail.attach_alternative(render_to_string(f"email/{template}.html", context), "text/html")
    try:
        sent = mail.send()
    except (SMTPException, OSError) as error:
        logger.warning("The mail server did not take a notification.", exc_info=True)
        raise MailRefused from error
    if not sent:
        raise MailRefused
    if not person.is_internal:
        note_mail(person.email, str(mail.subject))


def _context(person: User, rows: Sequence[Notification]) -> dict[str, Any]:
    return {
        "person": person,
        "lines": [(row.text, absolute(row.url)) for row in rows[:LINES_IN_DIGEST]],
        "count": len(rows),
        "more": max(0, len(rows) - LINES_IN_DIGEST),
        "all_url": absolute(reverse("portal:notification-list")),
        "profile_url": absolute(reverse("accounts:profile")),
        "language": translation.get_language(),
    }


def absolute(path: str) -> str:
    """The address of a page for readers outside the portal; empty stays empty."""
    return f"{settings.PORTAL_URL}{path}" if path.startswith("/") else path


def _digest_subject(count: int) -> str:
    text = ngettext(
        "%(count)s piece of news in the supplier portal",
        "%(count)s pieces of news in the supplier portal",
        count,
    )
    return text % {"count": count}


def _one_line(subject: str) -> str:
    return " ".join(subject.split())[:180]
