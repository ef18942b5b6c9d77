"""Addresses of mitigation plans and of the evidence of the five steps."""

from django.urls import path

from minerals.web import mitigation_list, mitigation_page, oecd

urlpatterns = [
    path("mitigations/", mitigation_list.mitigation_list, name="mitigation-list"),
    path("mitigations/export/", mitigation_list.mitigation_export, name="mitigation-export"),
    path("mitigations/own/", mitigation_list.mitigation_own, name="mitigation-own"),
    path("mitigations/<int:pk>/", mitigation_page.mitigation_detail, name="mitigation-detail"),
    path(
        "mitigations/<int:pk>/<slug:code>/",
        mitigation_page.mitigation_action,
        name="mitigation-action",
    ),
    path("measures/<int:pk>/<slug:code>/", mitigation_page.measure_action, name="measure-action"),
    path("oecd/", oecd.oecd_company, name="oecd-company"),
    path("oecd/export/", oecd.oecd_company_export, name="oecd-company-export"),
    path("oecd/<int:supplier_id>/", oecd.oecd_supplier, name="oecd-supplier"),
    path(
        "oecd/<int:supplier_id>/export/",
        oecd.oecd_supplier_export,
        name="oecd-supplier-export",
    ),
]
