"""Suppliers without an account are reached by the personal link of a running survey."""

from __future__ import annotations

from django.db import models

from minerals.models import Clarification
from suppliers.models import Supplier
from suppliers.services.guests import Guests
from surveys.enums import CampaignState
from surveys.models import Participant
from surveys.services.chasing import links_of
from surveys.services.posting import letter, post


class SurveyGuests(Guests):
    """The contact of the supplier's newest running survey, where that person has no account."""

    def reaches(self, supplier: Supplier) -> bool:
        return _participant(supplier) is not None

    def ask(self, supplier: Supplier, about: models.Model, once: str) -> None:
        participant = _participant(supplier)
        if participant is None or not isinstance(about, Clarification):
            return
        link = links_of(participant.campaign, [participant]).get(participant.pk)
        if link is None:
            return
        what = f"{about.pk}:{once}"
        post([letter(participant, link, "questions", what, clarification=about.pk)])


def _participant(supplier: Supplier) -> Participant | None:
    rows = Participant.objects.filter(
        supplier=supplier,
        campaign__state=CampaignState.RUNNING,
        excluded_at=None,
        contact__user=None,
    ).exclude(contact=None)
    found = rows.exclude(contact__email="").order_by("-campaign__year", "-pk")
    return found.select_related("campaign", "contact__supplier").first()
