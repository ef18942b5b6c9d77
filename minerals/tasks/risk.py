"""Rating suppliers in the worker."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from celery import Task, shared_task
from django.db import OperationalError

from core import clock
from core.services.jobs import requeue_job
from minerals.services import rating, rerating, smelter_tasks
from minerals.services.risk_overrides import expire_overrides
from minerals.tasks.judging import WAITING_AGAIN

MAX_RETRIES = 5


class RatingTask(Task[..., None]):
    """What nobody foresaw ends the job with a reason and is in the log with its traceback."""

    def on_failure(self, exc: Exception, task_id: str, args: Any, kwargs: Any, einfo: Any) -> None:
        abandon_rating(*args)


@shared_task(bind=True, max_retries=MAX_RETRIES)
def rate_supplier(self: Task[..., None], supplier_id: int) -> None:
    """What counts for a supplier changed: its rating, and what it is still asked about smelters.
    Safe to run twice: the same facts give the same rating, which is stored once."""
    try:
        rating.rate_supplier(supplier_id)
        smelter_tasks.settle_supplier(supplier_id)
    except OperationalError as error:
        raise self.retry(exc=error, countdown=2**self.request.retries) from error


@shared_task(bind=True, base=RatingTask, max_retries=MAX_RETRIES)
def rate_all(self: Task[..., None], policy_id: int, job_id: str) -> None:
    """Another policy is in force: rate all suppliers again."""
    try:
        rerating.rate_all(UUID(job_id))
    except OperationalError as error:
        requeue_job(UUID(job_id), WAITING_AGAIN)
        raise self.retry(exc=error, countdown=2**self.request.retries) from error


@shared_task
def abandon_rating(policy_id: int, job_id: str) -> None:
    """Its worker died again and again (``core.services.sweep``), or something failed unforeseen."""
    rerating.give_up_rating(UUID(job_id))


@shared_task
def recount_countries(kind: str) -> int:
    """A list of countries changed."""
    return rerating.recount_countries(kind)


@shared_task
def rate_by_time() -> int:
    """End what people set until yesterday, and rate again whatever time alone has changed."""
    today = clock.today()
    expire_overrides(today)
    return rerating.rate_by_time(today)
