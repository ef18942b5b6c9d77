"""Saved views and scopes of buyers."""

from django.urls import URLPattern

from core.api.routes import Routes
from suppliers.api.saved_views import SavedViewViewSet
from suppliers.api.scopes import BuyerScopeViewSet

ROUTES: Routes = [
    ("saved-views", SavedViewViewSet, "api-saved-view"),
    ("buyer-scopes", BuyerScopeViewSet, "api-buyer-scope"),
]
urlpatterns: list[URLPattern] = []
