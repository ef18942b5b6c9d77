"""Filters of lists: one set for the page, the API list and the export."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import (
    CharFilter,
    ChoiceFilter,
    DateFilter,
    FilterSet,
    ModelChoiceFilter,
    OrderingFilter,
)

from minerals.enums import DecisionKind, DeclarationStatus, Family, VerdictState
from minerals.models import (
    Declaration,
    Finding,
    MatchDecision,
    ReferenceEntry,
    SmelterLine,
)
from minerals.rules.catalogue import CATALOGUE
from suppliers.models import Supplier

CID_LIKE = re.compile(r"cid\d{3,}", re.IGNORECASE)
OPEN_CHOICES = [
    ("any", _("Anything to answer")),
    ("blocking", _("Required fields or errors")),
    ("waiting", _("Smelters to confirm")),
    ("none", _("Nothing")),
]


def search_box(placeholder: Any) -> forms.TextInput:
    return forms.TextInput(
        attrs={"type": "search", "placeholder": placeholder, "autocomplete": "off"}
    )


def _day(label: Any) -> dict[str, Any]:
    return {"label": label, "widget": forms.DateInput(attrs={"type": "date"})}


def visible_suppliers(request: HttpRequest | None) -> QuerySet[Supplier]:
    """The choices of the supplier filter; none while only the API's schema is described."""
    if request is None or not request.user.is_authenticated:
        return Supplier.objects.none()
    return Supplier.objects.visible_to(request.user)


class SupplierFilter(ModelChoiceFilter):  # type: ignore[misc]
    """Suppliers by name; the kit's default would show the code first."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Supplier"), queryset=visible_suppliers, empty_label=_("All suppliers")
        )


class DeclarationFilter(FilterSet):  # type: ignore[misc]
    """``search`` looks for every word in supplier, company, file name, form; a word like
    ``CID000292`` among the smelters inside, a finding code among the findings."""

    search = CharFilter(
        label=_("Search"),
        method="filter_search",
        widget=search_box(_("Supplier, file name, CID, finding code")),
    )
    supplier = SupplierFilter()
    verdict = ChoiceFilter(
        label=_("Verdict"), choices=VerdictState.choices, empty_label=_("All verdicts")
    )
    open = ChoiceFilter(
        label=_("Open"),
        choices=OPEN_CHOICES,
        method="filter_open",
        empty_label=_("Open or not"),
    )
    family = ChoiceFilter(label=_("Form"), choices=Family.choices, empty_label=_("All forms"))
    version = CharFilter(
        label=_("Version"),
        lookup_expr="iexact",
        widget=forms.TextInput(
            attrs={"placeholder": _("Version"), "inputmode": "decimal", "size": 6}
        ),
    )
    status = ChoiceFilter(
        label=_("Status"), choices=DeclarationStatus.choices, empty_label=_("All states")
    )
    received_from = DateFilter(
        field_name="received_at", lookup_expr="date__gte", **_day(_("Received from"))
    )
    received_to = DateFilter(
        field_name="received_at", lookup_expr="date__lte", **_day(_("Received until"))
    )
    sort = OrderingFilter(
        label=_("Order"),
        fields=(
            ("received_at", "received"),
            ("owner", "supplier"),
            ("effective_on", "effective"),
            ("required_remaining", "open"),
            ("error_count", "errors"),
            ("warning_count", "warnings"),
            ("smelter_count", "smelters"),
            ("family", "form"),
        ),
    )

    class Meta:
        model = Declaration
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[Declaration]) -> QuerySet[Declaration]:
        """The order chosen first, then the newest: pages never overlap."""
        found: QuerySet[Declaration] = super().filter_queryset(queryset)
        chosen = found.query.order_by or ("-received_at",)
        return found.order_by(*chosen, "-pk")

    def filter_search(
        self, queryset: QuerySet[Declaration], name: str, value: str
    ) -> QuerySet[Declaration]:
        for word in value.split()[:8]:
            queryset = queryset.filter(_word_anywhere(word))
        return queryset

    def filter_open(
        self, queryset: QuerySet[Declaration], name: str, value: str
    ) -> QuerySet[Declaration]:
        blocking = Q(required_remaining__gt=0) | Q(error_count__gt=0)
        meanings = {
            "any": blocking | Q(warning_count__gt=0) | Q(waiting_count__gt=0),
            "blocking": blocking,
            "waiting": Q(waiting_count__gt=0),
        }
        if value == "none":
            return queryset.filter(~meanings["any"], judged_at__isnull=False)
        return queryset.filter(meanings[value])


def _word_anywhere(word: str) -> Q:
    if CID_LIKE.fullmatch(word):
        inside = SmelterLine.objects.filter(declaration=OuterRef("pk"))
        by_cid = Q(cid__iexact=word) | Q(matched_cid__iexact=word) | Q(cid_input__iexact=word)
        return Q(Exists(inside.filter(by_cid)))
    if word.lower() in CATALOGUE:
        findings = Finding.objects.filter(declaration=OuterRef("pk"), code=word.lower())
        return Q(Exists(findings))
    return (
        Q(supplier__name__icontains=word)
        | Q(supplier__local_name__icontains=word)
        | Q(supplier__code__icontains=word)
        | Q(company_name__icontains=word)
        | Q(file_name__icontains=word)
        | Q(family__iexact=word)
        | Q(version__iexact=word)
    )


class SmelterLineFilter(FilterSet):  # type: ignore[misc]
    """Rows of one declaration's smelter list. ``shown`` is what still waits, or what is done."""

    search = CharFilter(
        label=_("Search"),
        method="filter_search",
        widget=search_box(_("Name, ID or place")),
    )
    metal = ChoiceFilter(label=_("Metal"), empty_label=_("All metals"))
    match = ChoiceFilter(
        label=_("Recognised"), method="filter_match", empty_label=_("Recognised or not")
    )
    country = ChoiceFilter(label=_("Country or region"), empty_label=_("All countries"))
    sort = OrderingFilter(
        label=_("Order"),
        fields=(
            ("row", "row"),
            ("metal", "metal"),
            ("standard_name", "name"),
            ("cid", "cid"),
            ("country", "country"),
            ("match", "match"),
        ),
    )

    class Meta:
        model = SmelterLine
        fields: list[str] = []

    def filter_search(
        self, queryset: QuerySet[SmelterLine], name: str, value: str
    ) -> QuerySet[SmelterLine]:
        fields = ("standard_name", "typed_name", "lookup", "cid", "matched_cid", "city", "state")
        for word in value.split()[:8]:
            anywhere = Q()
            for field in fields:
                anywhere |= Q(**{f"{field}__icontains": word})
            queryset = queryset.filter(anywhere)
        return queryset

    def filter_match(
        self, queryset: QuerySet[SmelterLine], name: str, value: str
    ) -> QuerySet[SmelterLine]:
        if value == "waiting":
            return queryset.filter(matched_cid="").exclude(suggestions=[])
        if value == "decided":
            return queryset.filter(decision__isnull=False)
        return queryset.filter(match=value)


class DecisionFilter(FilterSet):  # type: ignore[misc]
    """Remembered decisions; those in force unless asked otherwise."""

    search = CharFilter(
        label=_("Search"), method="filter_search", widget=search_box(_("Text, smelter or ID"))
    )
    state = ChoiceFilter(
        label=_("State"),
        method="filter_state",
        choices=[
            ("active", pgettext_lazy("decision", "In force")),
            ("undone", pgettext_lazy("decision", "Undone")),
        ],
        empty_label=_("In force and undone"),
    )
    kind = ChoiceFilter(
        label=_("Decision"), choices=DecisionKind.choices, empty_label=_("All decisions")
    )
    metal = ChoiceFilter(label=_("Metal"), empty_label=_("All metals"))
    sort = OrderingFilter(
        label=_("Order"),
        fields=(
            ("decided_at", "decided"),
            ("text", "text"),
            ("metal", "metal"),
            ("standard_name", "name"),
        ),
    )

    class Meta:
        model = MatchDecision
        fields: list[str] = []

    def filter_search(
        self, queryset: QuerySet[MatchDecision], name: str, value: str
    ) -> QuerySet[MatchDecision]:
        return queryset.filter(
            Q(text__icontains=value) | Q(standard_name__icontains=value) | Q(cid__icontains=value)
        )

    def filter_queryset(self, queryset: QuerySet[MatchDecision]) -> QuerySet[MatchDecision]:
        found: QuerySet[MatchDecision] = super().filter_queryset(queryset)
        return found.order_by(*(found.query.order_by or ("-decided_at",)), "-pk")

    def filter_state(
        self, queryset: QuerySet[MatchDecision], name: str, value: str
    ) -> QuerySet[MatchDecision]:
        return queryset.filter(undone_at__isnull=value == "active")


class ReferenceFilter(FilterSet):  # type: ignore[misc]
    """Look-up rows of one installed template."""

    search = CharFilter(
        label=_("Search"), method="filter_search", widget=search_box(_("Name, alias, ID or place"))
    )
    metal = ChoiceFilter(label=_("Metal"), empty_label=_("All metals"))
    sort = OrderingFilter(
        label=_("Order"),
        fields=(
            ("row", "row"),
            ("metal", "metal"),
            ("name", "name"),
            ("standard_name", "standard"),
            ("cid", "cid"),
            ("country", "country"),
        ),
    )

    class Meta:
        model = ReferenceEntry
        fields: list[str] = []

    def filter_search(
        self, queryset: QuerySet[ReferenceEntry], name: str, value: str
    ) -> QuerySet[ReferenceEntry]:
        fields = ("name", "standard_name", "cid", "country", "city", "state")
        for word in value.split()[:8]:
            anywhere = Q()
            for field in fields:
                anywhere |= Q(**{f"{field}__icontains": word})
            queryset = queryset.filter(anywhere)
        return queryset


def choose_from(
    filters: FilterSet,
    name: str,
    values: Iterable[str],
    label: Callable[[str], str] = str,
) -> None:
    """Offer the values that occur in the rows of a list for one of its choice filters."""
    filters.filters[name].extra["choices"] = [(value, label(value)) for value in values if value]
