"""Lifecycle, qualifications, limits, waivers."""

from django.urls import path

from suppliers.web import lifecycle, qualification_list, qualifications

urlpatterns = [
    path(
        "<int:supplier_id>/actions/<slug:code>/", lifecycle.supplier_action, name="supplier-action"
    ),
    path(
        "<int:supplier_id>/gates/<slug:kind>/", lifecycle.gate_record, name="supplier-gate-record"
    ),
    path(
        "<int:supplier_id>/gate-records/<int:record_id>/withdraw/",
        lifecycle.gate_withdraw,
        name="supplier-gate-withdraw",
    ),
    path("qualifications/", qualification_list.qualification_list, name="qualification-list"),
    path(
        "qualifications/export/",
        qualification_list.qualification_export,
        name="qualification-export",
    ),
    path(
        "<int:supplier_id>/qualifications/export/",
        qualification_list.supplier_qualification_export,
        name="supplier-qualification-export",
    ),
    path(
        "<int:supplier_id>/qualifications/new/",
        qualifications.qualification_request,
        name="qualification-request",
    ),
    path(
        "qualifications/<int:qualification_id>/withdraw/",
        qualifications.qualification_end,
        name="qualification-withdraw",
    ),
    path(
        "<int:supplier_id>/waivers/new/",
        qualifications.waiver_request,
        name="supplier-waiver-request",
    ),
    path("waivers/<int:waiver_id>/end/", qualifications.waiver_end, name="supplier-waiver-end"),
]
