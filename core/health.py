"""Is the installation able to work? Asked by ``/readyz``, answered in milliseconds."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass, field
from typing import Literal

from django.core.cache import cache
from django.db import DatabaseError, connection
from redis.exceptions import RedisError

from core import clock
from core.models import Job, JobState
from core.queue import broker_length

logger = logging.getLogger(__name__)

HEARTBEAT_KEY = "core.heartbeat"
HEARTBEAT_LATE_SECONDS = 120
Answer = Literal["ok", "late", "unknown", "failed"]


@dataclass(frozen=True, slots=True)
class Readiness:
    """``status``: ``ok``; ``degraded`` when pages work but background work waits; ``failed``.

    ``checks`` holds an answer per part, ``jobs_waiting`` the jobs nobody has begun,
    ``heartbeat_age`` the seconds since scheduler and worker were last seen alive.
    """

    status: Literal["ok", "degraded", "failed"]
    checks: dict[str, Answer] = field(default_factory=dict)
    jobs_waiting: int | None = None
    heartbeat_age: int | None = None


def record_heartbeat() -> None:
    cache.set(HEARTBEAT_KEY, clock.now(), timeout=None)


def readiness() -> Readiness:
    """Database and cache must answer; a silent worker or broker makes it ``degraded`` only.

    A load balancer must not take the pages away because background work waits.
    """
    waiting = _jobs_waiting()
    cache_answer = _cache_answer()
    age = _heartbeat_age() if cache_answer == "ok" else None
    checks: dict[str, Answer] = {
        "database": "failed" if waiting is None else "ok",
        "cache": cache_answer,
        "broker": "failed" if broker_length() is None else "ok",
        "scheduler": _scheduler_answer(age),
    }
    return Readiness(_status(checks), checks, waiting, age)


def _status(checks: dict[str, Answer]) -> Literal["ok", "degraded", "failed"]:
    if "failed" in (checks["database"], checks["cache"]):
        return "failed"
    return "ok" if set(checks.values()) == {"ok"} else "degraded"


def _jobs_waiting() -> int | None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return Job.objects.filter(state=JobState.QUEUED).count()
    except DatabaseError:
        logger.warning("The database did not answer.", exc_info=True)
        return None


def _cache_answer() -> Answer:
    try:
        cache.set("core.readiness", "1", timeout=10)
        return "ok" if cache.get("core.readiness") == "1" else "failed"
    except (RedisError, OSError):
        logger.warning("The cache did not answer.", exc_info=True)
        return "failed"


def _heartbeat_age() -> int | None:
    last: dt.datetime | None = cache.get(HEARTBEAT_KEY)
    return int((clock.now() - last).total_seconds()) if last else None


def _scheduler_answer(age: int | None) -> Answer:
    if age is None:
        return "unknown"
    return "ok" if age <= HEARTBEAT_LATE_SECONDS else "late"
