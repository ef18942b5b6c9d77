"""Saved views and scopes of buyers: things of the small world."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as N_

from accounts.models import User
from accounts.roles import Role
from core.services.notifications import notify
from suppliers.models import Category, SavedView, Supplier


def build(supplier: Supplier, contact: User, specialist: User, other: Supplier) -> dict[str, Any]:
    """Keys by the names that rows of the table use."""
    told = notify([specialist], "test.told", N_("Record changed"), url="/suppliers/")[0]
    view = SavedView.objects.create(owner=specialist, list_name="suppliers", name="Chinese ones")
    category = Category.objects.create(code="W", name="Wire", path="W/")
    limited = User.objects.create_user("limited@example.test")
    limited.add_roles([Role.PROCUREMENT])
    return {
        "notification": told.pk,
        "view": view.pk,
        "scope_category": category.pk,
        "limited_buyer": limited.pk,
    }
