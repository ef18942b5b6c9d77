"""Master data; ``supplier-detail`` and ``supplier-merge`` are added by ``config.urls``."""

from django.urls import path

from suppliers.web import (
    categories,
    evidence,
    people,
    record,
    settings_exports,
    sites,
    spend,
    supplier_exports,
    supplier_list,
    wrong_contact,
)

urlpatterns = [
    path("", supplier_list.supplier_list, name="supplier-list"),
    path("new/", record.supplier_create, name="supplier-create"),
    path("evidence/<int:evidence_id>/", evidence.evidence_download, name="evidence-download"),
    path("own/not-me/", wrong_contact.wrong_contact, name="wrong-contact"),
    path("export/", supplier_list.supplier_export, name="supplier-export"),
    path("<int:supplier_id>/edit/", record.supplier_edit, name="supplier-edit"),
    path("<int:supplier_id>/delete/", record.supplier_delete, name="supplier-delete"),
    path(
        "<int:supplier_id>/contacts/export/",
        supplier_exports.contact_export,
        name="contact-export",
    ),
    path("<int:supplier_id>/contacts/new/", people.contact_edit, name="contact-create"),
    path("<int:supplier_id>/contacts/<int:contact_id>/", people.contact_edit, name="contact-edit"),
    path(
        "<int:supplier_id>/contacts/<int:contact_id>/access/",
        people.contact_access,
        name="contact-access",
    ),
    path(
        "<int:supplier_id>/contacts/<int:contact_id>/access/remove/",
        people.contact_access_remove,
        name="contact-access-remove",
    ),
    path(
        "<int:supplier_id>/contacts/<int:contact_id>/remove/",
        people.contact_remove,
        name="contact-remove",
    ),
    path("<int:supplier_id>/spend/new/", spend.spend_create, name="spend-create"),
    path("<int:supplier_id>/spend/<int:year>/<str:currency>/", spend.spend_edit, name="spend-edit"),
    path(
        "<int:supplier_id>/spend/<int:year>/<str:currency>/remove/",
        spend.spend_remove,
        name="spend-remove",
    ),
    path("<int:supplier_id>/sites/new/", sites.site_edit, name="site-create"),
    path("<int:supplier_id>/sites/<int:site_id>/", sites.site_edit, name="site-edit"),
    path("<int:supplier_id>/sites/<int:site_id>/remove/", sites.site_remove, name="site-remove"),
    path("categories/", categories.category_list, name="category-list"),
    path("categories/export/", settings_exports.category_export, name="category-export"),
    path("categories/new/", categories.category_edit, name="category-create"),
    path("categories/<int:category_id>/", categories.category_edit, name="category-edit"),
    path(
        "categories/<int:category_id>/delete/",
        categories.category_delete,
        name="category-delete",
    ),
]
