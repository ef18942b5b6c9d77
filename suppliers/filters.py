"""Filters of supplier lists: one set for the page, the API list and the export."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from django_filters import ChoiceFilter, FilterSet, OrderingFilter

from core.filters import ListFilter, SearchFilter
from suppliers.enums import ImportKind, ImportState, RowAction
from suppliers.models import ImportBatch, ImportRow, Supplier


class SupplierFilter(ListFilter):
    """``search``: every word must be in the code or one of the names."""

    search_fields = ("code", "name", "local_name")
    tie_break = "code"

    search = SearchFilter(_("Code or name"))
    country = ChoiceFilter(
        label=_("Country or region"), choices=list(countries), empty_label=_("All countries")
    )
    sort = OrderingFilter(
        label=_("Order"),
        fields=(
            ("code", "code"),
            ("name", "name"),
            ("country", "country"),
            ("updated_at", "changed"),
        ),
    )

    class Meta:
        model = Supplier
        fields: list[str] = []


def supplier_filter(
    data: Any, queryset: QuerySet[Supplier], request: HttpRequest
) -> SupplierFilter:
    """The filter of the page: it offers the countries that occur among the suppliers."""
    filters = SupplierFilter(data, queryset, request=request)
    codes = Supplier.objects.exclude(country="").values_list("country", flat=True).distinct()
    names = sorted((countries.name(code), code) for code in codes.order_by())
    filters.filters["country"].extra["choices"] = [(code, name) for name, code in names]
    return filters


class ImportFilter(ListFilter):
    """``search``: every word must be in the name of the file."""

    search_fields = ("file_name",)
    default_order = ("-created_at",)

    search = SearchFilter(_("File name"))
    kind = ChoiceFilter(
        label=_("Kind of records"),
        choices=ImportKind.choices,
        empty_label=_("All kinds of records"),
    )
    state = ChoiceFilter(label=_("State"), choices=ImportState.choices, empty_label=_("All states"))

    class Meta:
        model = ImportBatch
        fields: list[str] = []


class ImportRowFilter(FilterSet):  # type: ignore[misc]
    """Rows of one import, for programs."""

    action = ChoiceFilter(label=_("What happens"), choices=RowAction.choices)

    class Meta:
        model = ImportRow
        fields: list[str] = []
