"""Filters of plausibility alerts."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter, OrderingFilter

from core.filters import ListFilter, SearchFilter
from minerals.enums import AlertKind, AlertState
from minerals.models import PlausibilityAlert
from minerals.selectors.plausibility import is_open
from suppliers.models import Category
from suppliers.selectors.name_search import named

STATES = [
    *AlertState.choices,
    ("over", _("Superseded before anybody decided")),
]


class AlertFilter(ListFilter):
    """``state=open``: to look at, of declarations that count still."""

    default_order = ("-found_at",)

    search = SearchFilter(_("Supplier code or name"))
    kind = ChoiceFilter(label=_("What"), choices=AlertKind.choices, empty_label=_("All kinds"))
    state = ChoiceFilter(
        label=_("State"), choices=STATES, method="filter_state", empty_label=_("All states")
    )
    category = ModelChoiceFilter(
        field_name="supplier__categories",
        label=_("Category"),
        queryset=Category.objects.order_by("path"),
        empty_label=_("All categories"),
    )
    sort = OrderingFilter(
        label=_("Order"),
        fields=(
            ("supplier__name", "supplier"),
            ("kind", "kind"),
            ("state", "state"),
            ("found_at", "found"),
        ),
    )

    class Meta:
        model = PlausibilityAlert
        fields: list[str] = []

    def filter_search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(named(value, "supplier__"))

    def filter_state(
        self, queryset: QuerySet[PlausibilityAlert], name: str, value: str
    ) -> QuerySet[PlausibilityAlert]:
        if value == "over":
            return queryset.filter(state=AlertState.OPEN).exclude(is_open())
        return queryset.filter(is_open() if value == AlertState.OPEN else Q(state=value))
