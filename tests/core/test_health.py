"""``/healthz`` and ``/readyz``."""

from __future__ import annotations

import datetime as dt
from unittest import mock

import pytest
import time_machine
from django.core.cache.backends.redis import RedisCache
from django.db import OperationalError, connection
from django.test import Client
from redis.exceptions import ConnectionError as RedisConnectionError

from core import clock
from core.models import JobState
from core.services.jobs import create_job
from core.tasks import heartbeat

pytestmark = pytest.mark.django_db


def test_health_needs_nothing() -> None:
    assert Client().get("/healthz").json() == {"status": "ok"}


def test_ready_with_a_fresh_heartbeat() -> None:
    create_job("declaration.judge", "a.xlsx", owner=None)
    heartbeat()
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()) == (
        200,
        {
            "status": "ok",
            "checks": {"database": "ok", "cache": "ok", "broker": "ok", "scheduler": "ok"},
            "jobs_waiting": 1,
            "heartbeat_age": 0,
        },
    )
    assert "no-store" in answer.headers["Cache-Control"]


def test_silent_scheduler_degrades_and_keeps_the_pages() -> None:
    assert Client().get("/readyz").json()["checks"]["scheduler"] == "unknown"
    heartbeat()
    with time_machine.travel(clock.now() + dt.timedelta(minutes=3), tick=False):
        answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert answer.json()["checks"]["scheduler"] == "late"
    assert answer.json()["heartbeat_age"] >= 179


def test_silent_database_is_a_failure() -> None:
    with mock.patch.object(connection, "cursor", side_effect=OperationalError("gone")):
        answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["checks"]["database"]) == (503, "failed")
    assert answer.json()["jobs_waiting"] is None


def test_silent_cache_is_a_failure() -> None:
    with mock.patch.object(RedisCache, "set", side_effect=RedisConnectionError):
        answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["checks"]["cache"]) == (503, "failed")


def test_finished_jobs_do_not_wait() -> None:
    job = create_job("declaration.judge", "a.xlsx", owner=None)
    type(job).objects.filter(pk=job.pk).update(state=JobState.DONE)
    assert Client().get("/readyz").json()["jobs_waiting"] == 0
