"""API addresses of surveys."""

from core.api.routes import Routes
from surveys.api.campaigns import SurveyViewSet
from surveys.api.participants import SurveyMessageViewSet, SurveyParticipantViewSet

ROUTES: Routes = [
    ("surveys", SurveyViewSet, "api-survey"),
    ("survey-participants", SurveyParticipantViewSet, "api-survey-participant"),
    ("survey-messages", SurveyMessageViewSet, "api-survey-message"),
]
