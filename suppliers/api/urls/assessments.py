"""Self-assessments."""

from django.urls import URLPattern

from core.api.routes import Routes
from suppliers.api.assessments import AssessmentViewSet, QuestionnaireViewSet

ROUTES: Routes = [
    ("assessments", AssessmentViewSet, "api-assessment"),
    ("questionnaires", QuestionnaireViewSet, "api-questionnaire"),
]
urlpatterns: list[URLPattern] = []
