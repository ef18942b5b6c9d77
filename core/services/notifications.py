"""Telling people. Higher apps call this; how it reaches them is decided here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop as N_
from django.utils.translation import override

from core import clock
from core.errors import NotFound
from core.models import Notification
from core.models.subject import named
from core.queue import enqueue_after_commit

if TYPE_CHECKING:
    from accounts.models import User

MAIL_URGENT = "core.tasks.mail_urgent_notification"
PORTION = 500


def notify(
    recipients: Iterable[User],
    kind: str,
    message: str,
    params: dict[str, Any] | None = None,
    *,
    url: str = "",
    subject: models.Model | None = None,
    about: models.Model | None = None,
    is_urgent: bool = False,
    held: list[Notification] | None = None,
) -> list[Notification]:
    """Tell each recipient once; call it inside the transaction of what happened.

    ``held``: they are added to it instead, for ``send_notifications``: a thousand suppliers are
    told with a few queries.

    ``message`` is a message id (``gettext_noop``) with ``%(name)s`` placeholders filled from
    ``params`` (plain values, or ``in_each_language``). ``about``: only who sees this record reads
    it. Urgent ones are mailed when the transaction commits, routine ones
    in a digest, at most one a day (``core.services.notification_mail``).
    """
    rows = [
        Notification(
            recipient=person,
            kind=kind,
            message=message,
            params=params or {},
            url=url,
            about_key=about.pk if about is not None else None,
            is_urgent=is_urgent,
            **named(subject),
        )
        for person in {person.pk: person for person in recipients if person.is_active}.values()
    ]
    if held is None:
        return send_notifications(rows)
    held += rows
    return rows


def send_notifications(rows: list[Notification]) -> list[Notification]:
    """Those that ``notify`` held back."""
    told = Notification.objects.bulk_create(rows, batch_size=PORTION)
    for row in told:
        if row.is_urgent:
            enqueue_after_commit(MAIL_URGENT, row.pk)
    return told


@transaction.atomic
def mark_read(actor: User, notification_id: int) -> Notification:
    """Errors: notification_not_found."""
    own = Notification.objects.visible_to(actor).select_for_update()
    found = own.filter(pk=notification_id).first()
    if found is None:
        raise NotFound("notification_not_found", N_("There is no such notification."))
    if found.read_at is None:
        found.read_at = clock.now()
        found.save(update_fields=["read_at"])
    return found


def settle(notifications: QuerySet[Notification]) -> int:
    """What they ask for is done or no longer asked, whoever did it: they are read for everybody."""
    return notifications.filter(read_at=None).update(read_at=clock.now())


def settle_about(subject: models.Model, *kinds: str) -> int:
    """``settle`` the notifications of these kinds about ``subject``."""
    return settle(Notification.objects.about(subject).filter(kind__in=kinds))


def in_each_language(words: Callable[[], str]) -> dict[str, str]:
    """A param of ``notify``: what ``words`` says in each language of the portal."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found[language] = words()
    return found


def mark_all_read(actor: User) -> int:
    """How many were unread."""
    return Notification.objects.visible_to(actor).unread().update(read_at=clock.now())
