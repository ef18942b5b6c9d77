"""Celery tasks: an id in, one service call, safe to run twice."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from celery import Task, shared_task
from django.db import OperationalError
from django.utils.translation import gettext_noop as N_

from core.services.jobs import requeue_job
from minerals.services.correction import give_up_correction, write_correction
from minerals.services.judging import (
    give_up_judging,
    judge_received,
    rejudge,
    rejudge_current,
)

MAX_RETRIES = 5
WAITING_AGAIN = N_("The database was busy; it will be tried again.")


class JudgingTask(Task[..., None]):
    """What nobody foresaw ends the job with a reason and is in the log with its traceback."""

    def on_failure(self, exc: Exception, task_id: str, args: Any, kwargs: Any, einfo: Any) -> None:
        declaration_id, job_id = args
        give_up_judging(declaration_id, UUID(job_id))


class CorrectionTask(Task[..., None]):
    """The same for correction workbooks."""

    def on_failure(self, exc: Exception, task_id: str, args: Any, kwargs: Any, einfo: Any) -> None:
        _declaration_id, job_id = args
        give_up_correction(UUID(job_id))


@shared_task(bind=True, base=JudgingTask, max_retries=MAX_RETRIES)
def judge_declaration(self: Task[..., None], declaration_id: int, job_id: str) -> None:
    """Read and judge one received workbook."""
    try:
        judge_received(declaration_id, UUID(job_id))
    except OperationalError as error:
        _again(self, job_id, error)


@shared_task
def abandon_judging(declaration_id: int, job_id: str) -> None:
    """Its worker died again and again (``core.services.sweep``)."""
    give_up_judging(declaration_id, UUID(job_id))


@shared_task(bind=True, base=CorrectionTask, max_retries=MAX_RETRIES)
def write_correction_workbook(self: Task[..., None], declaration_id: int, job_id: str) -> None:
    """Write the correction workbook of one declaration in the language of its file."""
    try:
        write_correction(declaration_id, UUID(job_id))
    except OperationalError as error:
        _again(self, job_id, error)


@shared_task(bind=True, max_retries=MAX_RETRIES)
def rejudge_declaration(self: Task[..., None], declaration_id: int) -> None:
    """Judge a declaration again with the reference list and decisions of now."""
    try:
        rejudge(declaration_id)
    except OperationalError as error:
        raise self.retry(exc=error, countdown=2**self.request.retries) from error


@shared_task
def rejudge_family(family: str) -> int:
    """A newer reference list is in force: judge the current declarations of its family again."""
    return rejudge_current(family)


def _again(task: Task[..., None], job_id: str, error: OperationalError) -> None:
    requeue_job(UUID(job_id), WAITING_AGAIN)
    raise task.retry(exc=error, countdown=2**task.request.retries)
