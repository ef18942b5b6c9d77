"""Django's admin: reading only, because only services write."""

from django.contrib import admin

from core.read_only_admin import ReadOnlyAdmin, site
from suppliers.models import Supplier, SupplierContact


@admin.register(Supplier, site=site)
class SupplierAdmin(ReadOnlyAdmin):
    list_display = ("code", "name", "local_name", "country", "updated_at")
    search_fields = ("code", "name", "local_name")


@admin.register(SupplierContact, site=site)
class SupplierContactAdmin(ReadOnlyAdmin):
    list_display = ("supplier", "user")
    list_select_related = ("supplier", "user")
