"""Filters of questions to suppliers."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter, OrderingFilter

from core import clock
from core.filters import ListFilter, SearchFilter
from minerals.enums import ClarificationState
from minerals.models import Clarification
from minerals.selectors.review import reviewer_choices
from suppliers.selectors.name_search import named


class ClarificationFilter(ListFilter):
    """``overdue``: waits for the supplier after its due date."""

    default_order = ("-asked_at",)
    internal = frozenset({"owner"})

    search = SearchFilter(_("Supplier code or name"))
    state = ChoiceFilter(
        label=_("State"), choices=ClarificationState.choices, empty_label=_("All states")
    )
    overdue = ChoiceFilter(
        label=_("Due date"),
        choices=[("yes", _("Overdue")), ("no", _("Not overdue"))],
        method="filter_overdue",
        empty_label=_("Overdue or not"),
    )
    owner = ModelChoiceFilter(
        label=_("Owner"), queryset=reviewer_choices, empty_label=_("All owners")
    )
    sort = OrderingFilter(
        label=_("Order"),
        fields=(
            ("supplier__name", "supplier"),
            ("state", "state"),
            ("due_on", "due"),
            ("asked_at", "asked"),
        ),
    )

    class Meta:
        model = Clarification
        fields: list[str] = []

    def filter_search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(named(value, "supplier__"))

    def filter_overdue(
        self, queryset: QuerySet[Clarification], name: str, value: str
    ) -> QuerySet[Clarification]:
        late = Q(state=ClarificationState.OPEN, due_on__lt=clock.today())
        return queryset.filter(late if value == "yes" else ~late)
