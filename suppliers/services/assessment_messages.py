"""Telling people about a self-assessment, its title in the language each of them reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import override

from core.models import Notification
from core.services.notifications import notify
from suppliers.models import Assessment

if TYPE_CHECKING:
    from accounts.models import User


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
    url = reverse("suppliers:assessment-detail", args=[assessment.pk]) if link else ""
    by_language: dict[str, list[User]] = {}
    for person in people:
        by_language.setdefault(person.language, []).append(person)
    for language, readers in by_language.items():
        with override(language or "en"):
            params = {
                "title": assessment.questionnaire.label,
                "due": assessment.due_on.isoformat(),
                "supplier": assessment.supplier.name,
            }
        notify(
            readers,
            kind,
            message,
            params,
            url=url,
            subject=assessment,
            is_urgent=urgent,
            held=held,
        )
