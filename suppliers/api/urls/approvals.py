"""Requests that a second person decides."""

from django.urls import URLPattern

from core.api.routes import Routes
from suppliers.api.approvals import ApprovalViewSet

ROUTES: Routes = [("approvals", ApprovalViewSet, "api-approval")]
urlpatterns: list[URLPattern] = []
