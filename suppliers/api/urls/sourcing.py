"""The sourcing check."""

from django.urls import path

from core.api.routes import Routes
from suppliers.api.sourcing import SourcingCheckView

ROUTES: Routes = []
urlpatterns = [
    path("sourcing-check/", SourcingCheckView.as_view(), name="api-sourcing-check"),
]
