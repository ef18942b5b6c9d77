"""Documents that suppliers sign."""

from django.urls import URLPattern

from core.api.routes import Routes
from suppliers.api.commitments import (
    DocumentRequestViewSet,
    DocumentViewSet,
    SignatureViewSet,
)

ROUTES: Routes = [
    ("documents", DocumentViewSet, "api-document"),
    ("document-requests", DocumentRequestViewSet, "api-document-request"),
    ("signatures", SignatureViewSet, "api-signature"),
]
urlpatterns: list[URLPattern] = []
