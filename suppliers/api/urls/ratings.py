"""Ratings and tables of risk."""

from django.urls import URLPattern, path

from core.api.routes import Routes
from suppliers.api.ratings import RatingPartViewSet, RatingView
from suppliers.api.risk_tables import (
    CategoryRiskListView,
    CategoryRiskView,
    CountryRiskListView,
    CountryRiskView,
    KindRiskListView,
    KindRiskView,
)

ROUTES: Routes = [("rating-parts", RatingPartViewSet, "api-rating-part")]
urlpatterns: list[URLPattern] = [
    path("suppliers/<int:supplier_id>/rating/", RatingView.as_view(), name="api-supplier-rating"),
    path("risk/countries/", CountryRiskListView.as_view(), name="api-risk-countries"),
    path("risk/countries/<str:country>/", CountryRiskView.as_view(), name="api-risk-country"),
    path("risk/categories/", CategoryRiskListView.as_view(), name="api-risk-categories"),
    path(
        "risk/categories/<int:category_id>/", CategoryRiskView.as_view(), name="api-risk-category"
    ),
    path("risk/kinds/", KindRiskListView.as_view(), name="api-risk-kinds"),
    path("risk/kinds/<str:kind>/", KindRiskView.as_view(), name="api-risk-kind"),
]
