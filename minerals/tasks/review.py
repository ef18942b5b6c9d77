"""Reviews in the worker."""

from celery import shared_task

from core import clock
from minerals.services.clarification_reminders import remind_of_clarifications


@shared_task
def remind_clarifications() -> int:
    """Remind suppliers of open questions, tell buyers of silent ones; safe to run twice a day."""
    return remind_of_clarifications(clock.today())
