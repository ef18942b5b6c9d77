"""Periodic tasks without a business word (the timetable is in ``config.schedule``)."""

from __future__ import annotations

from celery import shared_task

from core import health
from core.services import sweep


@shared_task
def heartbeat() -> None:
    """Scheduler and worker are alive; ``/readyz`` looks at the time of the last one."""
    health.record_heartbeat()


@shared_task
def requeue_waiting_jobs() -> int:
    """Send again what the broker lost."""
    return sweep.requeue_waiting_jobs()
