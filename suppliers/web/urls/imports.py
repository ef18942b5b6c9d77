"""Imports."""

from django.urls import URLPattern, path

from suppliers.web import import_list, imports

urlpatterns: list[URLPattern] = [
    path("imports/", import_list.import_list, name="import-list"),
    path("imports/export/", import_list.import_list_export, name="import-list-export"),
    path("imports/new/", imports.import_upload, name="import-upload"),
    path("imports/template/", imports.import_template, name="import-template"),
    path("imports/<int:batch_id>/", imports.import_detail, name="import-detail"),
    path("imports/<int:batch_id>/problems/", imports.import_problems, name="import-problems"),
    path("imports/<int:batch_id>/marked/", imports.import_marked, name="import-marked"),
    path("imports/<int:batch_id>/confirm/", imports.import_confirm, name="import-confirm"),
    path("imports/<int:batch_id>/check/", imports.import_check_again, name="import-check-again"),
    path("imports/<int:batch_id>/undo/", imports.import_undo, name="import-undo"),
    path("imports/<int:batch_id>/discard/", imports.import_discard, name="import-discard"),
    path("export/<str:kind>/", imports.import_export, name="import-export"),
]
