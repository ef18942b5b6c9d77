"""Models of the surveys app."""

from surveys.models.campaign import (
    AskedForm,
    Campaign,
    CampaignText,
    FrozenScope,
    ScopeChoice,
)
from surveys.models.participant import (
    AccessLink,
    Participant,
    ParticipantForm,
    SurveyMessage,
    SurveyStep,
)
from surveys.models.web_form import WebForm

__all__ = [
    "AccessLink",
    "AskedForm",
    "Campaign",
    "CampaignText",
    "FrozenScope",
    "Participant",
    "ParticipantForm",
    "ScopeChoice",
    "SurveyMessage",
    "SurveyStep",
    "WebForm",
]
