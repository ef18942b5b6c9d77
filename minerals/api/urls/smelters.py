"""API addresses of smelters, tasks about them and mines."""

from django.urls import URLPattern

from minerals.api.smelters import (
    CertificateViewSet,
    MineViewSet,
    NoteViewSet,
    SmelterTaskViewSet,
    SmelterViewSet,
)

ROUTES = [
    ("smelters", SmelterViewSet, "api-smelter"),
    ("smelter-notes", NoteViewSet, "api-smelter-note"),
    ("smelter-certificates", CertificateViewSet, "api-smelter-certificate"),
    ("smelter-tasks", SmelterTaskViewSet, "api-smelter-task"),
    ("mines", MineViewSet, "api-mine"),
]
urlpatterns: list[URLPattern] = []
