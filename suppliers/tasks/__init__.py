"""Celery tasks, one file a subject; Celery finds them through this package."""

from suppliers.tasks import assessments, commitments, imports

__all__ = ["assessments", "commitments", "imports"]
