"""API addresses of what is implausible across declarations."""

from django.urls import URLPattern

from minerals.api.plausibility import AlertViewSet

ROUTES = [("plausibility-alerts", AlertViewSet, "api-alert")]
urlpatterns: list[URLPattern] = []
