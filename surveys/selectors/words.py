"""Badges and words of surveys."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.badges import Badge
from surveys.enums import CampaignState, ScopeReason, Stage
from surveys.models import Campaign
from surveys.rules.scope import ScopeLine

STAGE_LOOKS: dict[str, tuple[str, str]] = {
    Stage.ASKED: ("unknown", "mail"),
    Stage.OPENED: ("info", "eye"),
    Stage.STARTED: ("info", "edit"),
    Stage.CLARIFICATION: ("soon", "help-circle"),
    Stage.SUBMITTED: ("soon", "file-check"),
    Stage.VALID: ("info", "circle-check"),
    Stage.ACCEPTED: ("verified", "circle-check"),
    Stage.DECLINED: ("now", "x"),
    Stage.EXCLUDED: ("unknown", "minus"),
}
STATE_LOOKS: dict[str, tuple[str, str]] = {
    CampaignState.DRAFT: ("unknown", "edit"),
    CampaignState.RUNNING: ("info", "refresh"),
    CampaignState.CLOSED: ("verified", "circle-check"),
}


def stage_badge(stage: str) -> Badge:
    tone, icon = STAGE_LOOKS[stage]
    return Badge(tone, str(Stage(stage).label), icon)


def state_badge(campaign: Campaign) -> Badge:
    if campaign.paused_on is not None and campaign.is_running:
        return Badge("soon", _("Paused"), "clock")
    tone, icon = STATE_LOOKS[campaign.state]
    return Badge(tone, str(campaign.get_state_display()), icon)


def reason_words(line: ScopeLine) -> str:
    return " · ".join(str(ScopeReason(reason).label) for reason in line.reasons)
