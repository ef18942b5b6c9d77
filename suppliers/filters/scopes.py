"""Filters of the people of procurement."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter

from accounts.models import User
from core.filters import ListFilter, SearchFilter


class BuyerFilter(ListFilter):
    """``limited``: with a scope, or without."""

    search_fields = ("name", "email")
    default_order = ("name", "email")
    tie_break = "pk"

    search = SearchFilter(_("Name or e-mail"))
    limited = BooleanFilter(field_name="buyer_scope", lookup_expr="isnull", exclude=True)

    class Meta:
        model = User
        fields: list[str] = []
