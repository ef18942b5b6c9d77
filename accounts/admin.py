"""Django's admin for accounts: reading only; Settings → Users changes them."""

from django.contrib import admin

from accounts.models import User
from core.read_only_admin import ReadOnlyAdmin, site


@admin.register(User, site=site)
class UserAdmin(ReadOnlyAdmin):
    list_display = ("email", "name", "is_active", "is_staff", "last_login")
    list_filter = ("groups", "is_active")
    search_fields = ("email", "name")
    exclude = ("password",)
