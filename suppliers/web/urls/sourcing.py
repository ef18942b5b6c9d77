"""The sourcing check."""

from django.urls import path

from suppliers.web import sourcing

urlpatterns = [
    path("sourcing/", sourcing.sourcing_check, name="sourcing-check"),
    path("sourcing/list/", sourcing.sourcing_bulk, name="sourcing-bulk"),
    path("sourcing/list/export/", sourcing.sourcing_export, name="sourcing-export"),
]
