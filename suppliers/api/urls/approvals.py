"""Requests that a second person decides."""

from django.urls import URLPattern

from core.api.routes import Routes

ROUTES: Routes = []
urlpatterns: list[URLPattern] = []
