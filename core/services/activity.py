"""Writing the activity trail."""

from __future__ import annotations

from collections.abc import Mapping
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


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """``{"name": [old, new]}`` for what differs: the ``changes`` of an entry."""
    return {key: [before[key], value] for key, value in after.items() if value != before[key]}
