"""Master data; ``supplier-detail`` is added by ``config.urls``."""

from django.urls import path

from suppliers.web import evidence, supplier_list, views

urlpatterns = [
    path("", supplier_list.supplier_list, name="supplier-list"),
    path("new/", views.supplier_create, name="supplier-create"),
    path("evidence/<int:evidence_id>/", evidence.evidence_download, name="evidence-download"),
    path("export/", supplier_list.supplier_export, name="supplier-export"),
    path("<int:supplier_id>/edit/", views.supplier_edit, name="supplier-edit"),
    path("<int:supplier_id>/delete/", views.supplier_delete, name="supplier-delete"),
    path(
        "<int:supplier_id>/contacts/<int:user_id>/remove/",
        views.contact_remove,
        name="contact-remove",
    ),
]
