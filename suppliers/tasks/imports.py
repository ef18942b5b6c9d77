"""Imports: tasks, each an id in and one service call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from celery import Task, shared_task
from django.db import OperationalError
from django.utils.translation import gettext_noop as N_

from core import clock
from core.services.jobs import requeue_job
from suppliers.services.import_apply import apply_import, give_up_apply
from suppliers.services.import_check import check_import, give_up_check
from suppliers.services.import_expiry import expire_imports
from suppliers.services.import_undo import give_up_undo, undo_applied

MAX_RETRIES = 5
WAITING_AGAIN = N_("The database was busy; it will be tried again.")
Work = Callable[[int, UUID], None]


class ImportTask(Task[..., None]):
    """What nobody foresaw ends the job with a reason and is in the log with its traceback."""

    def on_failure(self, exc: Exception, task_id: str, args: Any, kwargs: Any, einfo: Any) -> None:
        abandon(*args)


@shared_task(bind=True, base=ImportTask, max_retries=MAX_RETRIES)
def check_rows(self: Task[..., None], batch_id: int, job_id: str) -> None:
    """Read and check an uploaded file."""
    _run(self, check_import, batch_id, job_id)


@shared_task(bind=True, base=ImportTask, max_retries=MAX_RETRIES)
def apply_rows(self: Task[..., None], batch_id: int, job_id: str) -> None:
    """Carry out a confirmed import."""
    _run(self, apply_import, batch_id, job_id)


@shared_task(bind=True, base=ImportTask, max_retries=MAX_RETRIES)
def undo_rows(self: Task[..., None], batch_id: int, job_id: str) -> None:
    """Take an import back."""
    _run(self, undo_applied, batch_id, job_id)


@shared_task
def abandon(batch_id: int, job_id: str) -> None:
    """Its worker died again and again (``core.services.sweep``), or something failed unforeseen.

    Each of these only acts on a batch in the state of its work.
    """
    for give_up in (give_up_check, give_up_apply, give_up_undo):
        give_up(batch_id, UUID(job_id))


@shared_task
def expire_old_imports() -> int:
    """Remove files that nobody imported, and rows of imports that cannot be undone any more."""
    return expire_imports(clock.now())


def _run(task: Task[..., None], work: Work, batch_id: int, job_id: str) -> None:
    try:
        work(batch_id, UUID(job_id))
    except OperationalError as error:
        requeue_job(UUID(job_id), WAITING_AGAIN)
        raise task.retry(exc=error, countdown=2**task.request.retries) from error
