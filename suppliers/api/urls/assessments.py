"""Self-assessments."""

from django.urls import path

from core.api.routes import Routes
from suppliers.api.assessment_files import (
    AnswerEvidenceFileView,
    AnswerEvidenceView,
    AssessmentWorkbookView,
)
from suppliers.api.assessments import AssessmentViewSet, QuestionnaireViewSet

ROUTES: Routes = [
    ("assessments", AssessmentViewSet, "api-assessment"),
    ("questionnaires", QuestionnaireViewSet, "api-questionnaire"),
]
FORM = "assessments/<int:assessment_id>/"
urlpatterns = [
    path(
        f"{FORM}answers/<slug:code>/evidence/",
        AnswerEvidenceView.as_view(),
        name="api-assessment-evidence",
    ),
    path(
        f"{FORM}evidence/<int:evidence_id>/",
        AnswerEvidenceFileView.as_view(),
        name="api-assessment-evidence-file",
    ),
    path(f"{FORM}workbook/", AssessmentWorkbookView.as_view(), name="api-assessment-workbook"),
]
