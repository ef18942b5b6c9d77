"""Documents that suppliers sign."""

from django.urls import path

from core.api.routes import Routes
from suppliers.api.commitments import DocumentRequestViewSet, MatrixView
from suppliers.api.documents import DocumentVersionViewSet, DocumentViewSet
from suppliers.api.evidence import EvidenceView
from suppliers.api.signatures import SignatureViewSet

ROUTES: Routes = [
    ("documents", DocumentViewSet, "api-document"),
    ("document-versions", DocumentVersionViewSet, "api-document-version"),
    ("document-requests", DocumentRequestViewSet, "api-document-request"),
    ("signatures", SignatureViewSet, "api-signature"),
]
urlpatterns = [
    path("commitments/", MatrixView.as_view(), name="api-commitment-matrix"),
    path("evidence/<int:evidence_id>/", EvidenceView.as_view(), name="api-evidence"),
]
