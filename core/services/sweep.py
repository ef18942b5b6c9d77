"""Finding background jobs whose message was lost, and sending them again."""

from __future__ import annotations

import datetime as dt
import logging

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_noop as N_

from core import clock
from core.models import Job, JobState
from core.queue import broker_length, send
from core.services.jobs import fail_job, requeue_job, task_of

logger = logging.getLogger(__name__)

QUEUED_FOR = dt.timedelta(seconds=60)
# Its worker cannot be alive any more.
RUNNING_FOR = dt.timedelta(seconds=2 * settings.CELERY_TASK_TIME_LIMIT)
MAX_ATTEMPTS = 5
AT_ONCE = 500
LOST = N_("The work was interrupted; it will be tried again.")
GAVE_UP = N_("The work was interrupted %(attempts)s times and has been given up.")


def requeue_waiting_jobs() -> int:
    """Send again jobs queued or running for too long; how many were sent.

    Nothing is sent while messages wait in the broker: the job's own is most likely among them,
    and a long queue would grow by its own length every minute.
    """
    if broker_length() != 0:
        return 0
    return sum(_send_again(job) for job in _lost_jobs())


def _lost_jobs() -> list[Job]:
    now = clock.now()
    waiting = Q(state=JobState.QUEUED, created_at__lt=now - QUEUED_FOR)
    stuck = Q(state=JobState.RUNNING, started_at__lt=now - RUNNING_FOR)
    known = Job.objects.filter(waiting | stuck, kind__in=settings.JOB_TASKS)
    return list(known.order_by("created_at")[:AT_ONCE])


def _send_again(job: Job) -> bool:
    if job.attempts >= MAX_ATTEMPTS:
        _give_up(job)
        return False
    if job.state == JobState.RUNNING:
        requeue_job(job.pk, LOST)
    return send(*task_of(job))


def _give_up(job: Job) -> None:
    """By the kind's own task where the thing it worked on must know, too."""
    logger.warning("Job %s was interrupted %s times.", job.pk, job.attempts)
    task = settings.JOB_GIVE_UP_TASKS.get(job.kind)
    if task is None:
        fail_job(job.pk, "job_given_up", GAVE_UP, {"attempts": job.attempts})
    else:
        send(task, int(job.subject_id), str(job.pk))
