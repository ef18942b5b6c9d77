"""Filters of mitigation plans."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, OrderingFilter

from core import clock
from core.filters import ListFilter, SearchFilter
from minerals.enums import MitigationOutcome, MitigationState, RiskLevel
from minerals.filters.declarations import SupplierFilter
from minerals.models import MitigationPlan
from minerals.selectors.mitigation import OVER, overdue_q
from suppliers.selectors.name_search import named


class MitigationFilter(ListFilter):
    """``state=running``: every plan that is not over. ``proposal``: something is proposed that
    nobody has decided yet. ``owner=me``: of the person who asks; ``none``: of nobody."""

    default_order = ("limit_on",)
    internal = frozenset({"owner", "proposal"})

    search = SearchFilter(_("Supplier code or name"))
    state = ChoiceFilter(
        label=_("State"),
        choices=[("running", _("Running")), *MitigationState.choices],
        method="filter_state",
        empty_label=_("All states"),
    )
    level = ChoiceFilter(
        label=_("Level at the start"), choices=RiskLevel.choices[1:], empty_label=_("All levels")
    )
    overdue = ChoiceFilter(
        label=_("Due date"),
        choices=[("yes", _("Overdue")), ("no", _("Not overdue"))],
        method="filter_overdue",
        empty_label=_("Overdue or not"),
    )
    owner = ChoiceFilter(
        label=_("Owner"),
        choices=[("me", _("My plans")), ("none", _("Without an owner"))],
        method="filter_owner",
        empty_label=_("All owners"),
    )
    proposal = ChoiceFilter(
        label=_("Proposal"),
        choices=[("yes", _("Proposal waits")), ("no", _("No proposal"))],
        method="filter_proposal",
        empty_label=_("With a proposal or not"),
    )
    outcome = ChoiceFilter(
        label=_("Outcome"), choices=MitigationOutcome.choices, empty_label=_("All outcomes")
    )
    supplier = SupplierFilter()
    sort = OrderingFilter(
        label=_("Order"),
        fields=(
            ("supplier__name", "supplier"),
            ("level", "level"),
            ("state", "state"),
            ("opened_on", "opened"),
            ("close_due_on", "due"),
            ("limit_on", "limit"),
        ),
    )

    class Meta:
        model = MitigationPlan
        fields: list[str] = []

    def filter_search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(named(value, "supplier__"))

    def filter_state(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        running = ~Q(state__in=OVER)
        return queryset.filter(running if value == "running" else Q(state=value))

    def filter_overdue(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        late = overdue_q(clock.today())
        return queryset.filter(late if value == "yes" else ~late)

    def filter_owner(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(owner=self.request.user if value == "me" else None)

    def filter_proposal(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        none = Q(proposal="")
        return queryset.filter(~none if value == "yes" else none)
