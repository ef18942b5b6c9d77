"""Suppliers and what belongs to their record."""

from django.urls import URLPattern

from core.api.routes import Routes
from suppliers.api.views import SupplierViewSet

ROUTES: Routes = [
    ("suppliers", SupplierViewSet, "api-supplier"),
]
urlpatterns: list[URLPattern] = []
