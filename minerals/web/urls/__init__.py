"""Addresses of the minerals pages, one file a subject."""

from minerals.web.urls import (
    declarations,
    lists,
    mitigation,
    plausibility,
    review,
    risk,
    smelters,
)

app_name = "minerals"
urlpatterns = [
    *declarations.urlpatterns,
    *lists.urlpatterns,
    *mitigation.urlpatterns,
    *plausibility.urlpatterns,
    *review.urlpatterns,
    *risk.urlpatterns,
    *smelters.urlpatterns,
]
