"""API addresses of the risk of suppliers, its policy and the lists of countries."""

from django.urls import path

from core.api.routes import Routes
from minerals.api.country_lists import CountryListingViewSet
from minerals.api.risk import RiskRatingViewSet, SupplierRiskView
from minerals.api.risk_people import LevelOverrideViewSet, RiskEventViewSet
from minerals.api.risk_policy import RiskPolicyViewSet

ROUTES: Routes = [
    ("risk-ratings", RiskRatingViewSet, "api-risk-rating"),
    ("risk-events", RiskEventViewSet, "api-risk-event"),
    ("risk-levels", LevelOverrideViewSet, "api-risk-level"),
    ("risk-policies", RiskPolicyViewSet, "api-risk-policy"),
    ("country-listings", CountryListingViewSet, "api-country-listing"),
]
urlpatterns = [
    path(
        "suppliers/<int:supplier_id>/minerals-risk/",
        SupplierRiskView.as_view(),
        name="api-supplier-risk",
    ),
]
