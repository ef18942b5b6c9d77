"""Celery tasks, one file a subject; Celery finds them through this package."""

from minerals.tasks import (
    judging,
    lists,
    mitigation,
    plausibility,
    review,
    risk,
    smelter_tasks,
)

__all__ = ["judging", "lists", "mitigation", "plausibility", "review", "risk", "smelter_tasks"]
