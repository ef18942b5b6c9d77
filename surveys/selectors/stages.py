"""Where participants stand. Nothing of it is stored while the survey runs: it follows from the
declarations received since it counts, whichever way they came. Closed surveys keep their result."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from minerals.enums import DeclarationStatus as D
from minerals.models import Declaration
from surveys.enums import Stage
from surveys.models import Campaign, Participant, ParticipantForm

# What a received answer is not: unreadable, or no longer the supplier's current one.
NOT_RECEIVED = (D.UNREADABLE, D.SUPERSEDED)
VALID = (D.STRUCTURALLY_VALID, D.UNDER_REVIEW, D.WITH_EXCEPTIONS, D.ACCEPTED)
ACCEPTED = (D.ACCEPTED, D.WITH_EXCEPTIONS)
# Stages of those whose every form is here, and of those of whom something is missing.
RECEIVED = (Stage.SUBMITTED, Stage.VALID, Stage.ACCEPTED, Stage.CLARIFICATION)
SILENT = (Stage.ASKED, Stage.OPENED, Stage.STARTED)


def answers() -> QuerySet[Declaration]:
    """Of the form of the outer query, the declarations that answer it."""
    return Declaration.objects.filter(
        supplier=OuterRef("participant__supplier"),
        family=OuterRef("family"),
        received_at__date__gte=OuterRef("participant__campaign__counts_from"),
    ).exclude(status__in=NOT_RECEIVED)


def _lacks(*statuses: str) -> Exists:
    """Is there a form of the participant without an answer, of these statuses where given?"""
    found = answers()
    if statuses:
        found = found.filter(status__in=statuses)
    own = ParticipantForm.objects.filter(participant=OuterRef("pk"))
    return Exists(own.filter(~Exists(found)))


def _has(*statuses: str) -> Exists:
    own = ParticipantForm.objects.filter(participant=OuterRef("pk"))
    return Exists(own.filter(Exists(answers().filter(status__in=statuses))))


def with_stage(participants: QuerySet[Participant]) -> QuerySet[Any]:
    """``stage`` of each (``enums.Stage``), and ``received``: has it answered everything?"""
    return participants.annotate(
        received=Case(
            When(final_stage="", then=~_lacks()),
            default=Q(final_stage__in=RECEIVED),
            output_field=BooleanField(),
        ),
        stage=Case(
            When(~Q(final_stage=""), then=F("final_stage")),
            When(excluded_at__isnull=False, then=Value(Stage.EXCLUDED.value)),
            When(~_lacks(*ACCEPTED), then=Value(Stage.ACCEPTED.value)),
            When(_has(D.CLARIFICATION_OPEN), then=Value(Stage.CLARIFICATION.value)),
            When(~_lacks(*VALID), then=Value(Stage.VALID.value)),
            When(~_lacks(), then=Value(Stage.SUBMITTED.value)),
            When(declined_at__isnull=False, then=Value(Stage.DECLINED.value)),
            When(Q(started_at__isnull=False) | _has(*D.values), then=Value(Stage.STARTED.value)),
            When(opened_at__isnull=False, then=Value(Stage.OPENED.value)),
            default=Value(Stage.ASKED.value),
            output_field=CharField(),
        ),
    )


def answered_already(campaign: Campaign) -> set[int]:
    """Participants whose answers are all here: nobody writes to them."""
    rows = with_stage(Participant.objects.filter(campaign=campaign)).filter(received=True)
    return set(rows.order_by().values_list("pk", flat=True))
