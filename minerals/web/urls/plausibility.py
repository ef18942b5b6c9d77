"""Addresses of what is implausible across declarations."""

from django.urls import path

from minerals.web import plausibility_list, plausibility_page

urlpatterns = [
    path("plausibility/", plausibility_list.alert_list, name="alert-list"),
    path("plausibility/export/", plausibility_list.alert_export, name="alert-export"),
    path("plausibility/lengths/", plausibility_list.over_reporting_list, name="over-reporting"),
    path(
        "plausibility/lengths/export/",
        plausibility_list.over_reporting_export,
        name="over-reporting-export",
    ),
    path("plausibility/<int:pk>/", plausibility_page.alert_detail, name="alert-detail"),
    path("plausibility/<int:pk>/decide/", plausibility_page.alert_decide, name="alert-decide"),
    path("plausibility/<int:pk>/reopen/", plausibility_page.alert_reopen, name="alert-reopen"),
]
