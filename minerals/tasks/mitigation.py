"""The daily round of mitigations."""

from __future__ import annotations

from celery import shared_task

from core import clock
from minerals.services.mitigation import advance


@shared_task
def advance_mitigations() -> int:
    """Safe to run twice on a day."""
    return advance.advance_mitigations(clock.today())
