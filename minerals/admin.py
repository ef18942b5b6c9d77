"""Django's admin for declarations and reference lists: reading only."""

from django.contrib import admin

from core.read_only_admin import ReadOnlyAdmin, site
from minerals.models import Declaration, MatchDecision, ReferenceSnapshot, WorkbookFile


@admin.register(Declaration, site=site)
class DeclarationAdmin(ReadOnlyAdmin):
    list_display = ("received_at", "supplier", "file_name", "family", "version", "status")
    list_filter = ("status", "family")
    list_select_related = ("supplier",)
    search_fields = ("file_name", "company_name", "supplier__name", "supplier__code")


@admin.register(WorkbookFile, site=site)
class WorkbookFileAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "sha256", "kind", "size", "macros_removed")
    search_fields = ("sha256",)


@admin.register(ReferenceSnapshot, site=site)
class ReferenceSnapshotAdmin(ReadOnlyAdmin):
    list_display = ("installed_at", "family", "version", "row_count", "smelter_count", "is_demo")


@admin.register(MatchDecision, site=site)
class MatchDecisionAdmin(ReadOnlyAdmin):
    list_display = ("decided_at", "metal", "text", "kind", "cid", "decided_by", "undone_at")
    list_select_related = ("decided_by",)
    search_fields = ("text", "cid")
