"""Tasks of surveys: one service call each, safe to run twice."""

from __future__ import annotations

from celery import shared_task

from core import clock
from surveys.services import reminders


@shared_task
def take_steps() -> int:
    """Reminders and escalation of the day."""
    return reminders.take_steps(clock.today())
