"""Django's admin for the trail and the jobs: reading only."""

from django.contrib import admin

from core.models import ActivityEntry, Job
from core.read_only_admin import ReadOnlyAdmin, site


@admin.register(ActivityEntry, site=site)
class ActivityEntryAdmin(ReadOnlyAdmin):
    list_display = ("at", "actor", "verb", "subject_type", "subject_id")
    list_filter = ("verb",)
    list_select_related = ("actor",)
    search_fields = ("subject_id", "verb")


@admin.register(Job, site=site)
class JobAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "kind", "title", "state", "attempts", "owner")
    list_filter = ("kind", "state")
    list_select_related = ("owner",)
    search_fields = ("title", "subject_id")
