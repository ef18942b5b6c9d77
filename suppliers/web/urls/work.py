"""Saved views, changes of many suppliers, scopes of buyers."""

from django.urls import path

from suppliers.web import bulk, saved_views, scopes

urlpatterns = [
    path("views/", saved_views.view_save, name="view-save"),
    path("views/<int:view_id>/", saved_views.view_change, name="view-change"),
    path("views/<int:view_id>/update/", saved_views.view_update, name="view-update"),
    path("views/<int:view_id>/delete/", saved_views.view_delete, name="view-delete"),
    path("bulk/buyer/", bulk.bulk_buyer, name="supplier-bulk-buyer"),
    path("bulk/category/", bulk.bulk_category, name="supplier-bulk-category"),
    path("scopes/<int:user_id>/", scopes.scope_edit, name="scope-edit"),
]
