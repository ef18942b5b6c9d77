"""Telling people. Higher apps call this; how it reaches them is decided here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models

from core.models import Notification
from core.models.subject import named

if TYPE_CHECKING:
    from accounts.models import User


def notify(
    recipients: Iterable[User],
    kind: str,
    message: str,
    params: dict[str, Any] | None = None,
    *,
    url: str = "",
    subject: models.Model | None = None,
    is_urgent: bool = False,
) -> list[Notification]:
    """Tell each recipient once; call it inside the transaction of what happened.

    ``message`` is a message id (``gettext_noop``) with ``%(name)s`` placeholders filled from
    ``params`` (plain values). Routine ones are mailed in a digest, at most one a day.
    """
    rows = [
        Notification(
            recipient=person,
            kind=kind,
            message=message,
            params=params or {},
            url=url,
            is_urgent=is_urgent,
            **named(subject),
        )
        for person in {person.pk: person for person in recipients if person.is_active}.values()
    ]
    return Notification.objects.bulk_create(rows)
