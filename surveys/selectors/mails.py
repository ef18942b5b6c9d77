"""Letters and mails of a survey."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast, Lower

from core.models import Letter, MailState
from surveys.models import Campaign, Participant

SUBJECT = Participant._meta.label_lower
FAILED = (MailState.REFUSED, MailState.BOUNCED)


def letters_of(campaign: Campaign) -> QuerySet[Letter]:
    keys = campaign.participants.order_by().annotate(key=Cast("pk", CharField())).values("key")
    return Letter.objects.filter(subject_type=SUBJECT, subject_id__in=keys)


def letters_to(participant: Participant) -> QuerySet[Letter]:
    """Newest first, with their mails."""
    return Letter.objects.about(participant).select_related("mail").order_by("-pk")


def bounced() -> Exists:
    """Did a mail to the participant's present contact come back?"""
    failed = Letter.objects.filter(
        subject_type=SUBJECT,
        subject_id=Cast(OuterRef("pk"), CharField()),
        address=Lower(OuterRef("contact__email")),
        mail__state__in=FAILED,
    )
    return Exists(failed)


def with_bounced(participants: QuerySet[Any]) -> Any:
    return participants.annotate(bounced=bounced())
