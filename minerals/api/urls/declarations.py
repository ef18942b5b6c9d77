"""API addresses of declarations, decisions about names, the reference list and jobs."""

from django.urls import path

from minerals.api.declarations import DeclarationViewSet
from minerals.api.jobs import BatchView, JobView
from minerals.api.matches import DecideView, DecisionViewSet
from minerals.api.reference import EntryListView, SnapshotViewSet

ROUTES = [
    ("declarations", DeclarationViewSet, "api-declaration"),
    ("decisions", DecisionViewSet, "api-decision"),
    ("reference-snapshots", SnapshotViewSet, "api-snapshot"),
]
urlpatterns = [
    path(
        "reference-snapshots/<int:snapshot_id>/entries/",
        EntryListView.as_view(),
        name="api-snapshot-entries",
    ),
    path("jobs/<uuid:job_id>/", JobView.as_view(), name="api-job"),
    path("batches/<uuid:batch>/", BatchView.as_view(), name="api-batch"),
    path("smelter-rows/<int:row_id>/decide/", DecideView.as_view(), name="api-decide"),
]
