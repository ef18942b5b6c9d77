"""Telling people about a self-assessment, its title in the language each of them reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse

from core.models import Notification
from core.services.notifications import in_each_language, notify, settle_about
from suppliers.models import Assessment
from suppliers.services.told import told_day, told_name

if TYPE_CHECKING:
    from accounts.models import User

ASKING = (
    "assessment.requested",
    "assessment.reminder",
    "assessment.returned",
    "assessment.unanswered",
)
HANDED_IN = "assessment.submitted"


def tell_people(
    people: Iterable[User],
    assessment: Assessment,
    kind: str,
    message: str,
    *,
    link: bool = True,
    urgent: bool = False,
    held: list[Notification] | None = None,
) -> None:
    """``message``: a message id that may name ``title``, ``due`` and ``supplier``."""
    params = {
        "title": in_each_language(lambda: assessment.questionnaire.label),
        "due": told_day(assessment.due_on),
        "supplier": told_name(assessment.supplier),
    }
    notify(
        people,
        kind,
        message,
        params,
        url=reverse("suppliers:assessment-detail", args=[assessment.pk]) if link else "",
        subject=assessment,
        about=assessment.supplier,
        is_urgent=urgent,
        held=held,
    )


def settle_asked(assessment: Assessment) -> None:
    """The supplier has answered, or need not any more."""
    settle_about(assessment, *ASKING)


def settle_handed_in(assessment: Assessment) -> None:
    """It is reviewed, or need not be any more."""
    settle_about(assessment, HANDED_IN)
