"""Looking for implausible smelter lists, in the worker."""

from __future__ import annotations

from celery import shared_task

from minerals.services import plausibility


@shared_task
def look_at_declaration(declaration_id: int) -> int:
    """A file that was just judged, against all others."""
    return plausibility.look_at_declaration(declaration_id)


@shared_task
def look_at_all() -> int:
    """Safe to run twice on a day."""
    return plausibility.look_at_all()
