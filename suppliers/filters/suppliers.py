"""Filters of supplier lists: one set for the page, the API list and the export."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from django_filters import (
    CharFilter,
    ChoiceFilter,
    ModelChoiceFilter,
    MultipleChoiceFilter,
    OrderingFilter,
)

from accounts.models import User
from core import clock
from core.filters import ListFilter, SearchFilter
from suppliers.enums import Metal, RatingLevel, SupplierKind, SupplierStatus
from suppliers.models import Category, MineralScope, Supplier
from suppliers.selectors.name_search import known_by, named

Choices = list[tuple[str, Any]]
YES_NO: Choices = [("yes", _("yes")), ("no", _("no"))]
SOON = dt.timedelta(days=180)


class CategoryFilter(ModelChoiceFilter):  # type: ignore[misc]
    """By code; a category includes those below it."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Category"),
            queryset=Category.objects.all(),
            to_field_name="code",
            empty_label=_("All categories"),
            method="filter_category",
        )

    @property
    def field(self) -> Any:
        made = super().field
        made.label_from_instance = _indented
        return made


def _indented(category: Category) -> str:
    return f"{'– ' * category.depth}{category.label}"


class SupplierFilter(ListFilter):
    """``search``: every word must be in the code or one of the names; for our own people also in
    the name or mail of a contact, or it is a registration number. ``category``: a code, with
    all below it. ``minerals``: in scope at all, not, or one material. ``phase_out``: planned, in
    the next half year, or none. ``buyer``: a key, ``me`` or ``none``."""

    tie_break = "code"
    # What the API leaves out for them too, see ``INTERNAL_FIELDS``.
    internal = frozenset({"rating", "single_source", "phase_out"})
    internal_orders = frozenset({"rating", "phase_out"})

    search = SearchFilter(_("Code, name, number or contact"))
    status = MultipleChoiceFilter(
        label=_("Status"),
        choices=SupplierStatus.choices,
        widget=forms.CheckboxSelectMultiple,
        distinct=False,  # a column of the supplier itself repeats no row
    )
    category = CategoryFilter()
    country = ChoiceFilter(
        label=_("Country or region"), choices=list(countries), empty_label=_("All countries")
    )
    region = CharFilter(
        label=_("Province or state"),
        lookup_expr="icontains",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    buyer = ChoiceFilter(
        label=_("Buyer"), choices=[], method="filter_buyer", empty_label=_("All buyers")
    )
    rating = ChoiceFilter(
        label=_("CSR rating"),
        field_name="rating_level",
        choices=RatingLevel.choices,
        empty_label=_("All ratings"),
    )
    kind = ChoiceFilter(label=_("Kind"), choices=SupplierKind.choices, empty_label=_("All kinds"))
    minerals = ChoiceFilter(
        label=_("Minerals in scope"),
        choices=[*YES_NO, *Metal.choices],
        method="filter_minerals",
        empty_label=_("With or without minerals"),
    )
    single_source = ChoiceFilter(
        label=_("Single source"),
        choices=YES_NO,
        method="filter_single_source",
        empty_label=_("Single source or not"),
    )
    phase_out = ChoiceFilter(
        label=_("Phase-out"),
        choices=[
            ("planned", _("Has a date")),
            ("soon", _("Within half a year")),
            ("none", _("No phase-out")),
        ],
        method="filter_phase_out",
        empty_label=_("Phase-out or not"),
    )
    sort = OrderingFilter(
        label=_("Order"),
        fields=(
            ("code", "code"),
            ("name", "name"),
            ("country", "country"),
            ("status", "status"),
            ("status_since", "since"),
            ("rating_level", "rating"),
            ("phase_out_on", "phase_out"),
            ("created_at", "created"),
            ("updated_at", "changed"),
        ),
    )

    class Meta:
        model = Supplier
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("buyer", _buyer_choices(self.request))

    def filter_search(
        self, queryset: QuerySet[Supplier], name: str, value: str
    ) -> QuerySet[Supplier]:
        """Outsiders look for names alone."""
        return queryset.filter(named(value) if self.is_for_outsider else known_by(value))

    def filter_category(
        self, queryset: QuerySet[Supplier], name: str, value: Category
    ) -> QuerySet[Supplier]:
        """A subquery, so that a supplier with several categories stays one row."""
        below = Category.objects.filter(path__startswith=value.path)
        through = Category.suppliers.through.objects.filter(category__in=below)
        return queryset.filter(pk__in=through.values("supplier_id"))

    def filter_buyer(
        self, queryset: QuerySet[Supplier], name: str, value: str
    ) -> QuerySet[Supplier]:
        if value == "none":
            return queryset.filter(buyer=None)
        return queryset.filter(buyer=self.request.user.pk if value == "me" else int(value))

    def filter_minerals(
        self, queryset: QuerySet[Supplier], name: str, value: str
    ) -> QuerySet[Supplier]:
        scope = MineralScope.objects.filter(supplier=OuterRef("pk"))
        if value == "no":
            return queryset.filter(~Exists(scope))
        return queryset.filter(Exists(scope if value == "yes" else scope.filter(metal=value)))

    def filter_single_source(
        self, queryset: QuerySet[Supplier], name: str, value: str
    ) -> QuerySet[Supplier]:
        return queryset.filter(single_source=value == "yes")

    def filter_phase_out(
        self, queryset: QuerySet[Supplier], name: str, value: str
    ) -> QuerySet[Supplier]:
        dated = Q(phase_out_on__isnull=False)
        if value == "none":
            return queryset.exclude(dated)
        if value == "soon":
            dated &= Q(phase_out_on__lte=clock.today() + SOON)
        return queryset.filter(dated)


def _buyer_choices(request: HttpRequest | None) -> Callable[[], Choices]:
    """Asked for only when the field is drawn or filled. Names are for our own people."""

    def choices() -> Choices:
        person = request.user if request else None
        if not isinstance(person, User) or not person.is_internal:
            return []
        buying = Supplier.objects.exclude(buyer=None).order_by().values("buyer").distinct()
        people = User.objects.filter(pk__in=buying).order_by("name", "email")
        named: Choices = [(str(one.pk), str(one)) for one in people]
        return [("me", _("Mine")), ("none", _("No buyer")), *named]

    return choices


def supplier_filter(
    data: Any, queryset: QuerySet[Supplier], request: HttpRequest
) -> SupplierFilter:
    """The filter of the page: it offers the countries that occur among the suppliers."""
    filters = SupplierFilter(data, queryset, request=request)
    seen = Supplier.objects.visible_to(cast(User, request.user)).living().exclude(country="")
    filters.offer_countries(seen.order_by().values_list("country", flat=True).distinct())
    return filters


FILTER_NAMES = frozenset(SupplierFilter.base_filters)


def filters_alone(query: QueryDict) -> str:
    """The parameters that filter or sort, without empty ones, in one order. One with a sign that
    no address may have would make a view that cannot be opened."""
    pairs = [
        (name, value)
        for name in sorted(FILTER_NAMES & set(query))
        for value in query.getlist(name)
        if value and "\0" not in value
    ]
    return urlencode(pairs)
