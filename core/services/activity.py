"""Writing the activity trail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import models

from core.bulk_insert import insert_rows
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


def record_many(
    actor: User | None,
    kind: type[models.Model],
    entries: Iterable[tuple[str, int, Mapping[str, Any]]],
) -> None:
    """Entries about things of one kind, however many, at once: verb, key of the thing, data."""
    label, person = kind._meta.label_lower, actor.pk if actor is not None else None
    insert_rows(
        ActivityEntry,
        ("actor", "verb", "subject_type", "subject_id", "data"),
        ((person, verb, label, str(key), data) for verb, key, data in entries),
    )


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """``{"name": [old, new]}`` for what differs: the ``changes`` of an entry."""
    return {key: [before[key], value] for key, value in after.items() if value != before[key]}
