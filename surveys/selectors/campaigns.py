"""Reads of surveys shared by pages and API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as N_

from core.errors import NotFound
from surveys.models import Campaign, Participant

if TYPE_CHECKING:
    from accounts.models import User
    from surveys.models.campaign import CampaignQuerySet


def campaigns_for(actor: User) -> CampaignQuerySet:
    return Campaign.objects.visible_to(actor).select_related("contact_person", "manager")


def campaign_for(actor: User, campaign_id: int, *, locked: bool = False) -> Campaign:
    """Errors: survey_not_found."""
    rows = Campaign.objects.visible_to(actor)
    if locked:
        rows = rows.select_for_update()
    found = rows.filter(pk=campaign_id).first()
    if found is None:
        raise NotFound("survey_not_found", N_("There is no such survey."))
    return found


def participant_for(actor: User, participant_id: int, *, locked: bool = False) -> Participant:
    """Errors: participant_not_found."""
    rows = Participant.objects.visible_to(actor)
    if locked:
        rows = rows.select_for_update(of=("self",))
    found = rows.filter(pk=participant_id).select_related("campaign", "supplier", "contact").first()
    if found is None:
        raise NotFound("participant_not_found", N_("There is no such participant."))
    return found
