"""Addresses of smelter lists and their status words."""

from django.urls import path

from minerals.web import list_detail, lists, status_words

urlpatterns = [
    path("lists/", lists.list_list, name="list-list"),
    path("lists/export/", lists.list_export, name="list-export"),
    path("lists/new/", lists.list_upload, name="list-upload"),
    path("lists/<int:pk>/", lists.list_detail, name="list-detail"),
    path("lists/<int:pk>/original/", lists.list_original, name="list-original"),
    path("lists/<int:pk>/columns/", lists.list_columns_choose, name="list-columns"),
    path("lists/<int:pk>/confirm/", lists.list_confirm, name="list-confirm"),
    path("lists/<int:pk>/discard/", lists.list_discard, name="list-discard"),
    path("lists/<int:pk>/entries/", list_detail.list_entries_export, name="list-entries-export"),
    path("lists/<int:pk>/changes/", list_detail.list_changes_export, name="list-changes-export"),
    path("lists/<int:pk>/problems/", list_detail.list_problems_export, name="list-problems-export"),
    path("status-words/", status_words.status_word_list, name="status-word-list"),
    path("status-words/export/", status_words.status_word_export, name="status-word-export"),
]
