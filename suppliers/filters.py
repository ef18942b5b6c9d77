"""Filters of supplier lists: one set for the page, the API list and the export."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from django_filters import CharFilter, ChoiceFilter, FilterSet, OrderingFilter

from suppliers.models import Supplier

MAX_WORDS = 8


class SupplierFilter(FilterSet):  # type: ignore[misc]
    """``search``: every word must be in the code or one of the names."""

    search = CharFilter(
        label=_("Search"),
        method="filter_search",
        widget=forms.TextInput(
            attrs={"type": "search", "placeholder": _("Code or name"), "autocomplete": "off"}
        ),
    )
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

    def filter_queryset(self, queryset: QuerySet[Supplier]) -> QuerySet[Supplier]:
        """The chosen order first, then the code, so that pages never overlap."""
        found: QuerySet[Supplier] = super().filter_queryset(queryset)
        return found.order_by(*found.query.order_by, "code")

    def filter_search(
        self, queryset: QuerySet[Supplier], name: str, value: str
    ) -> QuerySet[Supplier]:
        for word in value.split()[:MAX_WORDS]:
            queryset = queryset.filter(
                Q(code__icontains=word) | Q(name__icontains=word) | Q(local_name__icontains=word)
            )
        return queryset


def supplier_filter(
    data: Any, queryset: QuerySet[Supplier], request: HttpRequest
) -> SupplierFilter:
    """The filter of the page: it offers the countries that occur among the suppliers."""
    filters = SupplierFilter(data, queryset, request=request)
    codes = Supplier.objects.exclude(country="").values_list("country", flat=True).distinct()
    names = sorted((countries.name(code), code) for code in codes.order_by())
    filters.filters["country"].extra["choices"] = [(code, name) for name, code in names]
    return filters
