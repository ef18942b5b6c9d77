"""Ratings and tables of risk."""

from django.urls import URLPattern, path

from suppliers.web import ratings, risk_tables, settings_exports, supplier_exports

urlpatterns: list[URLPattern] = [
    path("<int:supplier_id>/rating/", ratings.rating_detail, name="rating-detail"),
    path("<int:supplier_id>/rating/export/", supplier_exports.rating_export, name="rating-export"),
    path("<int:supplier_id>/rating/record/", ratings.rating_record, name="rating-record"),
    path("risk/", risk_tables.risk_tables, name="risk-tables"),
    path("risk/export/", settings_exports.risk_export, name="risk-export"),
    path("risk/countries/<slug:country>/", risk_tables.risk_country, name="risk-country"),
    path("risk/categories/<int:category_id>/", risk_tables.risk_category, name="risk-category"),
    path("risk/kinds/<slug:kind>/", risk_tables.risk_kind, name="risk-kind"),
]
