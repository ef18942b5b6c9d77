"""What the broker lost is sent again, and only that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from celery import current_app
from django.conf import settings

from core import clock
from core.models import Job, JobState
from core.queue import broker_length, send
from core.services.jobs import create_job
from core.services.sweep import MAX_ATTEMPTS, RUNNING_FOR, requeue_waiting_jobs
from suppliers.models import Supplier

LONG = int(RUNNING_FOR.total_seconds()) // 60 + 1


@pytest.fixture(autouse=True)
def _empty_broker() -> Iterator[None]:
    current_app.control.purge()
    yield
    current_app.control.purge()


def aged(job: Job, *, state: JobState, minutes: int, attempts: int = 0) -> Job:
    before = clock.now() - dt.timedelta(minutes=minutes)
    Job.objects.filter(pk=job.pk).update(
        state=state, created_at=before, started_at=before, attempts=attempts
    )
    job.refresh_from_db()
    return job


@pytest.fixture
def job(supplier: Supplier) -> Job:
    return create_job("declaration.judge", "a.xlsx", owner=None, subject=supplier)


def test_a_job_queued_for_over_a_minute_is_sent_again(job: Job) -> None:
    aged(job, state=JobState.QUEUED, minutes=2)
    assert requeue_waiting_jobs() == 1
    assert broker_length() == 1


def test_a_fresh_job_is_left_alone(job: Job) -> None:
    assert requeue_waiting_jobs() == 0
    assert broker_length() == 0


def test_nothing_is_sent_while_messages_wait(job: Job) -> None:
    aged(job, state=JobState.QUEUED, minutes=2)
    assert send("core.tasks.heartbeat")
    assert requeue_waiting_jobs() == 0
    assert broker_length() == 1


def test_a_job_running_for_too_long_waits_again(job: Job) -> None:
    aged(job, state=JobState.RUNNING, minutes=LONG, attempts=1)
    assert requeue_waiting_jobs() == 1
    job.refresh_from_db()
    assert job.state == JobState.QUEUED


def test_a_running_job_keeps_running(job: Job) -> None:
    aged(job, state=JobState.RUNNING, minutes=LONG - 2, attempts=1)
    assert requeue_waiting_jobs() == 0


def test_a_job_that_never_ends_is_given_up_with_a_reason(supplier: Supplier) -> None:
    job = create_job("declaration.correction", "a.xlsx", owner=None, subject=supplier)
    aged(job, state=JobState.RUNNING, minutes=LONG, attempts=MAX_ATTEMPTS)
    assert requeue_waiting_jobs() == 0
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.error["code"] == "job_given_up"


def test_what_the_job_worked_on_is_told_when_it_is_given_up(job: Job) -> None:
    aged(job, state=JobState.RUNNING, minutes=LONG, attempts=MAX_ATTEMPTS)
    assert requeue_waiting_jobs() == 0
    assert broker_length() == 1  # the task that ends the job and the declaration


@pytest.mark.parametrize("state", [JobState.DONE, JobState.FAILED, JobState.CANCELLED])
def test_finished_jobs_stay_finished(job: Job, state: JobState) -> None:
    aged(job, state=state, minutes=120)
    assert requeue_waiting_jobs() == 0


def test_every_task_of_the_timetable_exists() -> None:
    current_app.loader.import_default_modules()
    named = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    named |= set(settings.JOB_TASKS.values()) | set(settings.JOB_GIVE_UP_TASKS.values())
    assert named <= set(current_app.tasks)
