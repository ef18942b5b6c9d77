"""Addresses of the supplier pages, one file a subject."""

from suppliers.web.urls import (
    approvals,
    assessments,
    commitments,
    imports,
    lifecycle,
    master,
    own_data,
    ratings,
    sourcing,
    work,
)

app_name = "suppliers"
urlpatterns = [
    *master.urlpatterns,
    *own_data.urlpatterns,
    *approvals.urlpatterns,
    *assessments.urlpatterns,
    *commitments.urlpatterns,
    *imports.urlpatterns,
    *lifecycle.urlpatterns,
    *ratings.urlpatterns,
    *sourcing.urlpatterns,
    *work.urlpatterns,
]
