"""Suppliers and what belongs to their record."""

from django.urls import URLPattern

from core.api.routes import Routes
from suppliers.api.categories import CategoryViewSet
from suppliers.api.data_changes import DataChangeViewSet
from suppliers.api.related import ContactViewSet, SiteViewSet
from suppliers.api.views import SupplierViewSet

ROUTES: Routes = [
    ("suppliers", SupplierViewSet, "api-supplier"),
    ("contacts", ContactViewSet, "api-contact"),
    ("sites", SiteViewSet, "api-site"),
    ("categories", CategoryViewSet, "api-category"),
    ("data-changes", DataChangeViewSet, "api-data-change"),
]
urlpatterns: list[URLPattern] = []
