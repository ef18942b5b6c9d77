"""API addresses of smelter lists and their status words."""

from django.urls import path

from minerals.api.lists import ListEntryView, SmelterListViewSet, StatusWordViewSet

ROUTES = [
    ("smelter-lists", SmelterListViewSet, "api-smelter-list"),
    ("status-words", StatusWordViewSet, "api-status-word"),
]
urlpatterns = [
    path(
        "smelter-lists/<int:list_id>/entries/",
        ListEntryView.as_view(),
        name="api-smelter-list-entries",
    ),
]
