"""Handing work to the worker, after the transaction that describes it has been committed.

Services name tasks by text, so that they do not depend on the task queue's library.
"""

from __future__ import annotations

import logging
from functools import cache, partial

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def enqueue_after_commit(task_name: str, *args: str | int) -> None:
    """Send the task when the surrounding transaction commits (at once without one).

    A broker that does not answer loses nothing: the job stays queued in the database and the
    scheduler's sweep (``core.tasks.requeue_waiting_jobs``) sends it again.
    """
    transaction.on_commit(partial(send, task_name, *args))


def send(task_name: str, *args: str | int) -> bool:
    """Send now; False when the broker did not answer."""
    prepare_sending()
    try:
        current_app.signature(task_name, args=args).apply_async(
            retry_policy={"max_retries": 1, "interval_start": 0.1}
        )
    except (OperationalError, ConnectionError):
        logger.warning("The broker did not take %s %s; it will be sent again.", task_name, args)
        return False
    return True


@cache
def prepare_sending() -> None:
    """Once in a process: Celery imports the tasks and checks all models, which takes a while; a web
    process does so before its first request."""
    current_app.loader.import_default_modules()


def broker_length() -> int | None:
    """Messages that no worker has taken yet; None when the broker does not answer."""
    with current_app.connection_for_write() as connection:
        silent: tuple[type[BaseException], ...] = (
            *connection.connection_errors,
            OperationalError,
        )
        try:
            connection.ensure_connection(max_retries=1, interval_start=1, timeout=3)
            channel = connection.default_channel
            declared = channel.queue_declare(  # type: ignore[attr-defined]  # not in the stubs
                current_app.conf.task_default_queue
            )
            return int(declared.message_count)
        except silent:
            logger.warning("The broker did not answer.")
            return None
