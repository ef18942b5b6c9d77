"""Imports, and what an ERP pushes."""

from django.urls import URLPattern, path

from core.api.routes import Routes
from suppliers.api.imports import ImportViewSet
from suppliers.api.push import SpendView, SupplierByCodeView, SupplierSpendView

ROUTES: Routes = [
    ("imports", ImportViewSet, "api-import"),
]
urlpatterns: list[URLPattern] = [
    path(
        "suppliers/by-code/<str:code>/", SupplierByCodeView.as_view(), name="api-supplier-by-code"
    ),
    path(
        "suppliers/by-code/<str:code>/spend/<str:year>/<str:currency>/",
        SupplierSpendView.as_view(),
        name="api-supplier-spend",
    ),
    path("spend/", SpendView.as_view(), name="api-spend"),
]
