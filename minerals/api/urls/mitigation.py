"""API addresses of mitigation plans and of the evidence of the five steps."""

from django.urls import path

from minerals.api.mitigation import MeasureViewSet, MitigationViewSet
from minerals.api.oecd import OecdCompanyView, OecdSupplierView, RemovalsView

ROUTES = [
    ("mitigations", MitigationViewSet, "api-mitigation"),
    ("measures", MeasureViewSet, "api-measure"),
]
urlpatterns = [
    path("oecd/", OecdCompanyView.as_view(), name="api-oecd-company"),
    path("oecd/removals/", RemovalsView.as_view(), name="api-oecd-removals"),
    path("oecd/<int:supplier_id>/", OecdSupplierView.as_view(), name="api-oecd-supplier"),
]
