"""Sending the investigation form to suppliers, taking it back, reminding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from core import clock
from core.each import each_by_itself
from core.errors import DomainError, InvalidInput, NotFound
from core.models import Notification
from core.services.activity import record_activity, record_many
from core.services.notifications import send_notifications
from suppliers.enums import AssessmentState
from suppliers.models import Assessment, Questionnaire, Supplier
from suppliers.policies import assessments as policies
from suppliers.rules.assessment_dates import reminder_step
from suppliers.rules.months import months_later
from suppliers.selectors.assessments import (
    ANSWERABLE,
    RUNNING,
    assessment_for,
    newest_questionnaire,
    people_of,
    people_of_each,
)
from suppliers.selectors.recipients import reachable, who_see
from suppliers.services.assessment_messages import settle_asked, settle_handed_in, tell_people
from suppliers.workflow import LEFT

if TYPE_CHECKING:
    from suppliers.models.supplier import SupplierQuerySet

MAX_AT_ONCE = 1000
PORTION = 500
LONGEST_DAYS = 365
AGAIN_BEFORE_END = dt.timedelta(days=60)
ASKED = N_("Please fill in “%(title)s” by %(due)s. It takes about half an hour.")
REMINDED = N_("Reminder: “%(title)s” is due on %(due)s.")
OVERDUE = N_("“%(title)s” was due on %(due)s. Please fill it in as soon as you can.")
UNANSWERED = N_("%(supplier)s has not answered “%(title)s”, due on %(due)s, despite reminders.")
TAKEN_BACK = N_("“%(title)s” is no longer needed. You need not do anything.")


@dataclass(frozen=True, slots=True)
class Planned:
    """One supplier of a request. ``skip``: empty for one that gets the form, else why not:
    ``no_contact``, ``running``, ``answered``, ``ended``."""

    supplier: Supplier
    skip: str


@dataclass(frozen=True, slots=True)
class RequestInput:
    supplier_ids: Sequence[int]
    due_on: dt.date


@dataclass(frozen=True, slots=True)
class RequestResult:
    sent: list[Assessment]
    skipped: list[Planned]


def plan_requests(actor: User, supplier_ids: Iterable[int]) -> list[Planned]:
    """Who would get the form now, and who not and why, in the order of codes. Few queries.

    Errors: may_not_request_assessments, too_many_suppliers, no_questionnaire.
    """
    policies.require_request_assessments(actor)
    keys = set(supplier_ids)
    if len(keys) > MAX_AT_ONCE:
        raise InvalidInput(
            "too_many_suppliers",
            N_("At most %(limit)s suppliers at once. Narrow the selection."),
            {"limit": MAX_AT_ONCE},
        )
    return _plan(Supplier.objects.visible_to(actor), keys, _questionnaire())


@transaction.atomic
def request_assessments(actor: User, data: RequestInput) -> RequestResult:
    """Ask each of the suppliers that can be asked now; the others are named in the result.

    Errors: those of ``plan_requests``, supplier_not_found, due_date_wrong, nobody_to_ask.
    """
    policies.require_request_assessments(actor)
    keys = set(data.supplier_ids)
    _require_due_date(data.due_on)
    locked = Supplier.objects.visible_to(actor).filter(pk__in=keys).select_for_update(of=("self",))
    if len(keys) <= MAX_AT_ONCE and len(locked.order_by("pk")) != len(keys):
        raise NotFound("supplier_not_found", N_("There is no such supplier."))
    planned = plan_requests(actor, keys)
    chosen = [line.supplier for line in planned if not line.skip]
    skipped = [line for line in planned if line.skip]
    if not chosen:
        raise DomainError(
            "nobody_to_ask", N_("None of the chosen suppliers can be asked at the moment.")
        )
    return RequestResult(_send(actor, chosen, data.due_on), skipped)


@transaction.atomic
def cancel_assessment(actor: User, assessment_id: int) -> Assessment:
    """Take a running request back. Errors: assessment_not_found, may_not_request_assessments,
    assessment_not_running."""
    assessment = assessment_for(actor, assessment_id, locked=True)
    policies.require_request_assessments(actor)
    if assessment.state not in RUNNING:
        raise DomainError("assessment_not_running", N_("This self-assessment is closed already."))
    assessment.state = AssessmentState.CANCELLED
    assessment.save(update_fields=["state"])
    record_activity(actor, "assessment.cancelled", assessment.supplier, assessment=assessment.pk)
    settle_asked(assessment)
    settle_handed_in(assessment)
    people = people_of(assessment.supplier)
    tell_people(people, assessment, "assessment.cancelled", TAKEN_BACK, link=False)
    return assessment


def send_reminders(today: dt.date) -> int:
    """Remind suppliers, and tell buyers of those that stay silent; how many were written.

    Safe to run twice a day: each assessment keeps the day of its last reminder. Nobody reminds a
    supplier whose relation has ended; the form goes on should it come back.
    """
    waiting = Assessment.objects.filter(state__in=ANSWERABLE, supplier__merged_into=None)
    waiting = waiting.exclude(reminded_on=today).exclude(supplier__status__in=LEFT)
    keys = list(waiting.order_by("pk").values_list("pk", flat=True))
    return sum(each_by_itself(keys, partial(_remind, today=today)))


@transaction.atomic
def _remind(assessment_id: int, today: dt.date) -> bool:
    found = Assessment.objects.select_for_update(of=("self",)).select_related(
        "supplier", "questionnaire", "supplier__buyer", "requested_by"
    )
    assessment = found.filter(pk=assessment_id, state__in=ANSWERABLE).first()
    if assessment is None:
        return False
    since = assessment.reminded_on or timezone.localdate(assessment.requested_at)
    step = reminder_step(assessment.due_on, since, today)
    if step is None:
        return False
    if step == "supplier":
        late = assessment.due_on < today
        message = OVERDUE if late else REMINDED
        people = people_of(assessment.supplier)
        tell_people(people, assessment, "assessment.reminder", message, urgent=late)
    else:
        owner = assessment.supplier.buyer or assessment.requested_by
        owners = who_see(assessment.supplier, [owner])
        tell_people(owners, assessment, "assessment.unanswered", UNANSWERED, urgent=True)
    assessment.reminders += 1
    assessment.reminded_on = today
    assessment.save(update_fields=["reminders", "reminded_on"])
    record_activity(
        None, f"assessment.reminded_{step}", assessment.supplier, assessment=assessment.pk
    )
    return True


def _send(actor: User, suppliers: Sequence[Supplier], due_on: dt.date) -> list[Assessment]:
    """The forms, the entries of the trail and what people are told, each all at once."""
    questionnaire = _questionnaire()
    sent = Assessment.objects.bulk_create(
        [
            Assessment(supplier=one, questionnaire=questionnaire, due_on=due_on, requested_by=actor)
            for one in suppliers
        ],
        batch_size=PORTION,
    )
    facts = {"name": questionnaire.code, "due_on": due_on.isoformat()}
    entries = (
        ("assessment.requested", one.supplier_id, {"assessment": one.pk, **facts}) for one in sent
    )
    record_many(actor, Supplier, entries)
    people = people_of_each(suppliers)
    held: list[Notification] = []
    for one in sent:
        tell_people(people[one.supplier_id], one, "assessment.requested", ASKED, held=held)
    send_notifications(held)
    return sent


def _questionnaire() -> Questionnaire:
    found = newest_questionnaire(clock.now())
    if found is None:
        raise DomainError(
            "no_questionnaire", N_("No questionnaire is published yet. Publish one first.")
        )
    return found


def _require_due_date(due_on: dt.date) -> None:
    today = clock.today()
    if not today < due_on <= today + dt.timedelta(days=LONGEST_DAYS):
        raise InvalidInput(
            "due_date_wrong",
            N_("The due date lies after today, within a year."),
            field="due_on",
        )


def _plan(visible: SupplierQuerySet, keys: set[int], questionnaire: Questionnaire) -> list[Planned]:
    suppliers = list(visible.living().filter(pk__in=keys).order_by("code"))
    sent = Assessment.objects.filter(supplier__in=suppliers)
    running = set(sent.filter(state__in=RUNNING).values_list("supplier_id", flat=True))
    answered = sent.filter(
        state=AssessmentState.ACCEPTED,
        questionnaire=questionnaire,
        submitted_at__date__gt=_old_enough(questionnaire),
    )
    done = set(answered.values_list("supplier_id", flat=True))
    within_reach = reachable(suppliers)
    return [
        Planned(one, _skip(one, running=running, answered=done, within_reach=within_reach))
        for one in suppliers
    ]


def _old_enough(questionnaire: Questionnaire) -> dt.date:
    """Answers to the same edition from this day or before may be asked for anew."""
    return months_later(clock.today(), -questionnaire.valid_months) + AGAIN_BEFORE_END


def _skip(
    supplier: Supplier, *, running: set[int], answered: set[int], within_reach: set[int]
) -> str:
    if supplier.status in LEFT:
        return "ended"
    if supplier.pk in running:
        return "running"
    if supplier.pk in answered:
        return "answered"
    return "" if supplier.pk in within_reach else "no_contact"
