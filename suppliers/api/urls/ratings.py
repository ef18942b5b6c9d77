"""Ratings and tables of risk."""

from django.urls import URLPattern, path

from core.api.routes import Routes
from suppliers.api.ratings import RatingPartViewSet, RatingView

ROUTES: Routes = [("rating-parts", RatingPartViewSet, "api-rating-part")]
urlpatterns: list[URLPattern] = [
    path("suppliers/<int:supplier_id>/rating/", RatingView.as_view(), name="api-supplier-rating"),
]
