"""Filters of surveys' participants: the page, the export and the API."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, OrderingFilter

from core import clock
from core.filters import ListFilter, SearchFilter
from suppliers.selectors.name_search import named
from surveys.enums import Stage
from surveys.models import Participant
from surveys.selectors.board import RECEIVED, SILENT


class ParticipantFilter(ListFilter):
    """``stage``: one of ``enums.Stage``, or ``received`` and ``silent`` for several; ``owner=me``:
    of the person who asks."""

    default_order = ("supplier__name",)

    search = SearchFilter(_("Supplier code or name"))
    stage = ChoiceFilter(
        label=_("Stage"),
        choices=[
            ("received", _("Everything received")),
            ("silent", _("Nothing received")),
            ("overdue", _("Overdue")),
            *Stage.choices,
        ],
        method="filter_stage",
        empty_label=_("All stages"),
    )
    owner = ChoiceFilter(
        label=_("Who cares"),
        choices=[("me", _("Mine")), ("none", _("Nobody's"))],
        method="filter_owner",
        empty_label=_("Everybody's"),
    )
    reach = ChoiceFilter(
        label=_("Contact"),
        choices=[("no", _("Nobody to write to"))],
        method="filter_reach",
        empty_label=_("With a contact or not"),
    )
    country = CharFilter(label=_("Country or region"), field_name="supplier__country")
    category = CharFilter(label=_("Category"), field_name="supplier__categories__code")
    sort = OrderingFilter(
        label=_("Order"),
        fields=(("supplier__name", "supplier"), ("stage", "stage"), ("due_on", "due")),
    )

    class Meta:
        model = Participant
        fields: list[str] = []

    def filter_search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(named(value, "supplier__"))

    def filter_stage(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        if value == "received":
            return queryset.filter(stage__in=RECEIVED)
        silent = Q(stage__in=SILENT)
        if value == "silent":
            return queryset.filter(silent)
        if value == "overdue":
            return queryset.filter(silent, due_on__lt=clock.today())
        return queryset.filter(stage=value)

    def filter_owner(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(owner=self.request.user if value == "me" else None)

    def filter_reach(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(Q(contact=None) | Q(contact__email=""))
