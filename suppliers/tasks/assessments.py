"""Self-assessments and ratings: tasks, each one service call; safe to run twice a day."""

from celery import shared_task

from core import clock
from suppliers.services.assessment_requests import send_reminders
from suppliers.services.ratings import expire_ratings


@shared_task
def remind_assessments() -> int:
    """Remind suppliers of open forms, tell buyers of silent ones; how many were written."""
    return send_reminders(clock.today())


@shared_task
def expire_rating_parts() -> int:
    """Compute ratings anew where a part went out of date; how many."""
    return expire_ratings(clock.today())
