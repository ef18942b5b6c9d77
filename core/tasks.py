"""Periodic tasks without a business word (the timetable is in ``config.schedule``)."""

from __future__ import annotations

from celery import Task, shared_task

from core import health
from core.queue import send
from core.services import mail_delivery, notification_mail, outbox, sweep
from core.services.notification_mail import MailRefused
from core.services.notifications import MAIL_URGENT

# With ten minutes and doubling, the last attempt is half a day after the first.
MAIL_RETRIES = 6
MAIL_WAIT_SECONDS = 600


@shared_task
def heartbeat() -> None:
    """Scheduler and worker are alive; ``/readyz`` looks at the time of the last one."""
    health.record_heartbeat()


@shared_task
def requeue_waiting_jobs() -> int:
    """Send again what the broker lost."""
    return sweep.requeue_waiting_jobs()


@shared_task
def mail_urgent_notification(notification_id: int) -> None:
    """One that the mail server refuses is found again by the sweep below."""
    try:
        notification_mail.mail_urgent(notification_id)
    except MailRefused:
        return


@shared_task
def requeue_urgent_mail() -> int:
    """Urgent notifications that have not been mailed, because broker or mail server was away."""
    keys = notification_mail.waiting_urgent_keys()
    return sum(send(MAIL_URGENT, key) for key in keys)


@shared_task
def mail_digests() -> int:
    """Once a day: one task for each person with routine news."""
    people = notification_mail.digest_recipients()
    return sum(send("core.tasks.mail_digest", key) for key in people)


@shared_task(bind=True, max_retries=MAIL_RETRIES)
def mail_digest(self: Task[..., None], person_id: int) -> None:
    try:
        notification_mail.mail_digest(person_id)
    except MailRefused as error:
        wait = MAIL_WAIT_SECONDS * 2**self.request.retries
        raise self.retry(exc=error, countdown=wait) from error


@shared_task
def pack_letters() -> int:
    """Put what is due into mails."""
    return outbox.pack_due_letters()


@shared_task
def deliver_mails() -> None:
    """Hand over a portion; the rest is a task of its own, so that none runs too long."""
    if mail_delivery.deliver_mails():
        send(outbox.DELIVER)
