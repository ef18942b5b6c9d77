"""The API of the minerals app, one file a subject: ``ROUTES`` go into the router."""

from minerals.api.urls import (
    declarations,
    lists,
    mitigation,
    plausibility,
    review,
    risk,
    smelters,
)

_PARTS = (declarations, lists, mitigation, plausibility, review, risk, smelters)
ROUTES = [route for part in _PARTS for route in part.ROUTES]
urlpatterns = [pattern for part in _PARTS for pattern in part.urlpatterns]
