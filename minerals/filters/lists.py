"""Filters of smelter lists, their entries and status words."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import ChoiceFilter, OrderingFilter

from core.filters import ListFilter, SearchFilter
from minerals.enums import ListSource, ListState, SmelterStatus
from minerals.models import SmelterList, SmelterListing, StatusWord

UNEXPLAINED = "unexplained"


class SmelterListFilter(ListFilter):
    """``search``: every word must be in the name of the file. Without a ``state`` discarded ones
    are left out."""

    search_fields = ("file_name",)
    default_order = ("-listed_on",)

    search = SearchFilter(_("File name"))
    source = ChoiceFilter(
        label=_("Source"), choices=ListSource.choices, empty_label=_("All sources")
    )
    state = ChoiceFilter(
        label=_("State"),
        choices=ListState.choices,
        method="filter_state",
        empty_label=pgettext_lazy("lists", "All but discarded"),
    )
    sort = OrderingFilter(
        label=_("Order"),
        fields=(
            ("listed_on", "listed"),
            ("source", "source"),
            ("uploaded_at", "uploaded"),
            ("row_count", "smelters"),
        ),
    )

    class Meta:
        model = SmelterList
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[SmelterList]) -> QuerySet[SmelterList]:
        found: QuerySet[SmelterList] = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("state"):
            return found
        return found.exclude(state=ListState.DISCARDED)

    def filter_state(
        self, queryset: QuerySet[SmelterList], name: str, value: str
    ) -> QuerySet[SmelterList]:
        return queryset.filter(state=value)


class ListingFilter(ListFilter):
    """``search``: every word must be in the ID, the name or the country."""

    search_fields = ("cid", "name", "country")
    default_order = ("row",)
    tie_break = "pk"

    search = SearchFilter(_("ID, name, country"))
    metal = ChoiceFilter(label=_("Metal"), choices=[], empty_label=_("All metals"))
    status = ChoiceFilter(
        label=_("Status"),
        choices=[(UNEXPLAINED, _("Without a known status")), *SmelterStatus.choices],
        method="filter_status",
        empty_label=_("All states"),
    )
    sort = OrderingFilter(
        label=_("Order"),
        fields=(
            ("row", "row"),
            ("cid", "cid"),
            ("metal", "metal"),
            ("name", "name"),
            ("country", "country"),
            ("status", "status"),
            ("last_audit_on", "audit"),
            ("due_on", "due"),
        ),
    )

    class Meta:
        model = SmelterListing
        fields: list[str] = []

    def filter_status(
        self, queryset: QuerySet[SmelterListing], name: str, value: str
    ) -> QuerySet[SmelterListing]:
        return queryset.filter(status="" if value == UNEXPLAINED else value)


class StatusWordFilter(ListFilter):
    search_fields = ("text",)
    default_order = ("text",)

    search = SearchFilter(_("Word in the list"))
    status = ChoiceFilter(
        label=_("Status"), choices=SmelterStatus.choices, empty_label=_("All states")
    )

    class Meta:
        model = StatusWord
        fields: list[str] = []
