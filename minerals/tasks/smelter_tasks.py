"""Holding the declarations against a new list, in the worker."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from celery import Task, shared_task
from django.db import OperationalError
from django.utils.translation import gettext_noop as N_

from core.services.jobs import requeue_job
from minerals.models import SmelterList
from minerals.services import list_effects

MAX_RETRIES = 5
WAITING_AGAIN = N_("The database was busy; it will be tried again.")


class ApplyTask(Task[..., None]):
    """What nobody foresaw ends the job with a reason and is in the log with its traceback."""

    def on_failure(self, exc: Exception, task_id: str, args: Any, kwargs: Any, einfo: Any) -> None:
        if len(args) > 1:
            list_effects.give_up_applying(UUID(args[1]))


@shared_task(bind=True, base=ApplyTask, max_retries=MAX_RETRIES)
def apply_list(self: Task[..., None], list_id: int, job_id: str = "") -> None:
    """A list was imported; without a job of its own yet it gets one, which comes back here."""
    if not job_id:
        list_effects.apply_list_later(SmelterList.objects.get(pk=list_id))
        return
    try:
        list_effects.begin_applying(list_id, UUID(job_id))
    except OperationalError as error:
        requeue_job(UUID(job_id), WAITING_AGAIN)
        raise self.retry(exc=error, countdown=2**self.request.retries) from error


@shared_task
def apply_waiting_lists() -> int:
    """Whatever list was imported and not yet held against the declarations."""
    return list_effects.apply_waiting_lists()


@shared_task(bind=True, base=ApplyTask, max_retries=MAX_RETRIES)
def apply_chunk(
    self: Task[..., None],
    list_id: int,
    job_id: str,
    before_id: int,
    first: int,
    last: int,
    count: int,
) -> None:
    """One portion of the suppliers."""
    try:
        list_effects.apply_chunk(list_id, UUID(job_id), before_id, first, last, count)
    except OperationalError as error:
        raise self.retry(exc=error, countdown=2**self.request.retries) from error
