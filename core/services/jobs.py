"""The life of a background job. Tasks call these; pages only read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import models

from core import clock
from core.models import Job, JobState
from core.models.subject import named
from core.queue import enqueue_after_commit

if TYPE_CHECKING:
    from accounts.models import User


def create_job(
    kind: str,
    title: str,
    *,
    owner: User | None,
    subject: models.Model | None = None,
    batch: UUID | None = None,
    total: int = 1,
) -> Job:
    return Job.objects.create(
        kind=kind,
        title=title[:255],
        owner=owner,
        batch=batch,
        total=total,
        **named(subject),
    )


def enqueue_job(job: Job) -> None:
    """Hand the job to the worker when the surrounding transaction commits."""
    enqueue_after_commit(*task_of(job))


def task_of(job: Job) -> tuple[str, int, str]:
    """The task that does this kind of job (``settings.JOB_TASKS``), and its arguments."""
    return settings.JOB_TASKS[job.kind], int(job.subject_id), str(job.pk)


def start_job(job_id: UUID) -> Job | None:
    """Take the job for running; None when it is finished or cancelled already.

    A job found running is taken again: its worker died and the broker delivered the task anew.
    """
    taken = Job.objects.filter(pk=job_id, state__in=Job.OPEN_STATES).update(
        state=JobState.RUNNING,
        started_at=clock.now(),
        attempts=models.F("attempts") + 1,
        done=0,
        error={},
    )
    return Job.objects.get(pk=job_id) if taken else None


def hold_open_job(job_id: UUID) -> bool:
    """Lock the job until the transaction ends; False when it is finished or cancelled already."""
    found = Job.objects.select_for_update().filter(pk=job_id, state__in=Job.OPEN_STATES)
    return found.first() is not None


def report_progress(job_id: UUID, done: int, stage: str, total: int | None = None) -> None:
    """Tell the watcher how far it is; ``stage`` is a message id."""
    changes: dict[str, Any] = {"done": done, "stage": stage}
    if total is not None:
        changes["total"] = total
    Job.objects.filter(pk=job_id, state=JobState.RUNNING).update(**changes)


def finish_job(job_id: UUID, **result: Any) -> None:
    Job.objects.filter(pk=job_id, state__in=Job.OPEN_STATES).update(
        state=JobState.DONE,
        stage="",
        done=models.F("total"),
        finished_at=clock.now(),
        result=result,
    )


def fail_job(
    job_id: UUID,
    code: str,
    message: str,
    params: dict[str, Any] | None = None,
    *,
    remedy: str = "",
) -> None:
    """End the job with an error that names the problem and the remedy (both are message ids)."""
    error = {"code": code, "message": message, "remedy": remedy, "params": params or {}}
    Job.objects.filter(pk=job_id, state__in=Job.OPEN_STATES).update(
        state=JobState.FAILED, finished_at=clock.now(), error=error
    )


def requeue_job(job_id: UUID, stage: str) -> None:
    """Back to waiting, because the attempt failed for a passing reason and will be repeated."""
    Job.objects.filter(pk=job_id, state__in=Job.OPEN_STATES).update(
        state=JobState.QUEUED, stage=stage
    )
