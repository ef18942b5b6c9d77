"""Reminding suppliers of unanswered questions, twice, then telling the buyer; by the scheduler."""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.db import transaction

from core import clock
from core.each import each_by_itself
from core.services.activity import record_activity
from minerals.enums import ClarificationState
from minerals.models import Clarification
from minerals.rules.review import reminder_of
from minerals.services.review_messages import tell_reminder, tell_unanswered
from suppliers.workflow import LEFT


def remind_of_clarifications(today: dt.date) -> int:
    """How many letters were due. Safe to run twice a day; nothing is ever answered by itself.

    Nobody reminds a supplier whose relation has ended.
    """
    waiting = Clarification.objects.filter(
        state=ClarificationState.OPEN, due_on__lte=today, supplier__merged_into=None
    )
    waiting = waiting.exclude(reminded_on__gte=today).exclude(supplier__status__in=LEFT)
    keys = list(waiting.order_by("pk").values_list("pk", flat=True))
    return sum(each_by_itself(keys, partial(_remind, today=today)))


@transaction.atomic
def _remind(clarification_id: int, today: dt.date) -> bool:
    found = Clarification.objects.select_for_update(of=("self",)).select_related(
        "declaration", "supplier__buyer", "owner"
    )
    clarification = found.filter(pk=clarification_id, state=ClarificationState.OPEN).first()
    if clarification is None:
        return False
    since = clarification.reminded_on or clock.day_of(clarification.asked_at)
    whom = reminder_of(clarification.due_on, since, today)
    if whom is None:
        return False
    if whom == "supplier":
        tell_reminder(clarification, late=clarification.due_on < today)
    else:
        tell_unanswered(clarification)
    clarification.reminders += 1
    clarification.reminded_on = today
    clarification.save(update_fields=["reminders", "reminded_on"])
    facts = {"clarification": clarification.pk}
    record_activity(None, f"clarification.reminded_{whom}", clarification.declaration, **facts)
    return True
