"""Writing the activity trail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from core.models import ActivityEntry
from core.models.subject import named

if TYPE_CHECKING:
    from accounts.models import User


def record_activity(
    actor: User | None, verb: str, subject: models.Model, **data: Any
) -> ActivityEntry:
    """Add one entry about ``subject``; call it inside the transaction of the change itself."""
    return ActivityEntry.objects.create(
        actor=actor,
        verb=verb,
        **named(subject),
        data=data,
    )
