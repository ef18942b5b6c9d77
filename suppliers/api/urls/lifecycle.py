"""Lifecycle, qualifications, limits, waivers."""

from django.urls import path

from core.api.routes import Routes
from suppliers.api.lifecycle import (
    ActionView,
    GateRecordsView,
    GateWithdrawView,
    LifecycleView,
    StatusChangeViewSet,
)
from suppliers.api.qualifications import (
    QualificationViewSet,
    RestrictionViewSet,
    WaiverViewSet,
)

ROUTES: Routes = [
    ("status-changes", StatusChangeViewSet, "api-status-change"),
    ("qualifications", QualificationViewSet, "api-qualification"),
    ("restrictions", RestrictionViewSet, "api-restriction"),
    ("waivers", WaiverViewSet, "api-waiver"),
]
urlpatterns = [
    path("suppliers/<int:supplier_id>/lifecycle/", LifecycleView.as_view(), name="api-lifecycle"),
    path("suppliers/<int:supplier_id>/actions/", ActionView.as_view(), name="api-supplier-action"),
    path(
        "suppliers/<int:supplier_id>/gate-records/",
        GateRecordsView.as_view(),
        name="api-gate-records",
    ),
    path(
        "gate-records/<int:record_id>/withdraw/",
        GateWithdrawView.as_view(),
        name="api-gate-withdraw",
    ),
]
