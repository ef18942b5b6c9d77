"""Smelter lists: tasks, each an id in and one service call."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from celery import Task, shared_task
from django.db import OperationalError
from django.utils.translation import gettext_noop as N_

from core.services.jobs import requeue_job
from minerals.services.list_reading import give_up_reading
from minerals.services.list_reading import read_list as read
from minerals.services.smelters import refresh_smelters

MAX_RETRIES = 5
WAITING_AGAIN = N_("The database was busy; it will be tried again.")


class ReadingTask(Task[..., None]):
    """What nobody foresaw ends the job with a reason and is in the log with its traceback."""

    def on_failure(self, exc: Exception, task_id: str, args: Any, kwargs: Any, einfo: Any) -> None:
        abandon_reading(*args)


@shared_task(bind=True, base=ReadingTask, max_retries=MAX_RETRIES)
def read_list(self: Task[..., None], list_id: int, job_id: str) -> None:
    """Read an uploaded list and compare it with the one before."""
    try:
        read(list_id, UUID(job_id))
    except OperationalError as error:
        requeue_job(UUID(job_id), WAITING_AGAIN)
        raise self.retry(exc=error, countdown=2**self.request.retries) from error


@shared_task
def abandon_reading(list_id: int, job_id: str) -> None:
    """Its worker died again and again (``core.services.sweep``), or something failed unforeseen."""
    give_up_reading(list_id, UUID(job_id))


@shared_task
def refresh_register() -> int:
    """The register of smelters follows templates that were installed before there was one."""
    return refresh_smelters()
