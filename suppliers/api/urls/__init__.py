"""The API of the suppliers app, one file a subject: ``ROUTES`` go into the router."""

from suppliers.api.urls import (
    approvals,
    assessments,
    commitments,
    imports,
    lifecycle,
    master,
    ratings,
    sourcing,
    work,
)

_PARTS = (master, approvals, assessments, commitments, imports, lifecycle, ratings, sourcing, work)
ROUTES = [route for part in _PARTS for route in part.ROUTES]
urlpatterns = [pattern for part in _PARTS for pattern in part.urlpatterns]
