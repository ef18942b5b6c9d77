"""A running survey as a whole: pause, go on, close."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError
from core.services.activity import record_activity
from core.services.outbox import withdraw_letters
from surveys import policies
from surveys.enums import CampaignState
from surveys.models import Campaign, Participant
from surveys.selectors.campaigns import campaign_for
from surveys.selectors.mails import letters_of
from surveys.selectors.progress import received_days
from surveys.selectors.stages import with_stage

if TYPE_CHECKING:
    from accounts.models import User

PORTION = 500


@transaction.atomic
def pause_campaign(actor: User, campaign_id: int) -> Campaign:
    """Nothing is sent until it goes on. Errors: survey_not_found, may_not_run_surveys,
    survey_not_running, survey_paused_already."""
    campaign = running_campaign(actor, campaign_id)
    if campaign.paused_on is not None:
        raise DomainError("survey_paused_already", N_("This survey is paused already."))
    campaign.paused_on = clock.today()
    campaign.save(update_fields=["paused_on"])
    record_activity(actor, "survey.paused", campaign, name=campaign.name)
    return campaign


@transaction.atomic
def resume_campaign(actor: User, campaign_id: int) -> Campaign:
    """Errors: survey_not_found, may_not_run_surveys, survey_not_running, survey_not_paused."""
    campaign = running_campaign(actor, campaign_id)
    if campaign.paused_on is None:
        raise DomainError("survey_not_paused", N_("This survey is not paused."))
    campaign.paused_on = None
    campaign.save(update_fields=["paused_on"])
    record_activity(actor, "survey.resumed", campaign, name=campaign.name)
    return campaign


@transaction.atomic
def close_campaign(actor: User, campaign_id: int) -> Campaign:
    """Nobody answers or is reminded any more; what was received stays. Errors: survey_not_found,
    may_not_run_surveys, survey_not_running."""
    campaign = running_campaign(actor, campaign_id)
    _keep_result(campaign)
    campaign.state, campaign.closed_on = CampaignState.CLOSED, clock.today()
    campaign.paused_on = None
    campaign.save(update_fields=["state", "closed_on", "paused_on"])
    withdraw_letters(letters_of(campaign))
    record_activity(actor, "survey.closed", campaign, name=campaign.name)
    return campaign


def _keep_result(campaign: Campaign) -> None:
    """Where everybody stands now; what suppliers send in later years changes nothing of it."""
    days = received_days(campaign)
    rows = with_stage(Participant.objects.filter(campaign=campaign))
    kept = []
    for one in rows.iterator(chunk_size=PORTION):
        one.final_stage = one.stage
        one.received_on = days.get(one.supplier_id) if one.received else None
        kept.append(one)
    Participant.objects.bulk_update(kept, ["final_stage", "received_on"], batch_size=PORTION)


def running_campaign(actor: User, campaign_id: int) -> Campaign:
    """Locked. Errors: survey_not_found, may_not_run_surveys, survey_not_running."""
    campaign = campaign_for(actor, campaign_id, locked=True)
    policies.require_run_surveys(actor)
    require_running(campaign)
    return campaign


def require_running(campaign: Campaign) -> None:
    if campaign.state != CampaignState.RUNNING:
        raise DomainError("survey_not_running", N_("This survey is not running."))
