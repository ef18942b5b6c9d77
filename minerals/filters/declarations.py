"""Filters of lists: one set for the page, the API list and the export."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

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

from core.filters import ListFilter, SearchFilter, in_any, words_in
from core.widgets import DayInput
from minerals.enums import DecisionKind, DeclarationStatus, Family, ReviewState, VerdictState
from minerals.models import (
    Declaration,
    Finding,
    MatchDecision,
    ReferenceEntry,
    SmelterLine,
)
from minerals.models.declaration import SETTLED, TO_REVIEW
from minerals.rules.catalogue import CATALOGUE
from minerals.selectors.review import reviewer_choices
from suppliers.models import Supplier

CID_LIKE = re.compile(r"cid\d{3,}", re.IGNORECASE)
NAMES = (
    "supplier__name",
    "supplier__local_name",
    "supplier__code",
    "company_name",
    "file_name",
)
STATUS_CHOICES = [("current", _("Current declarations")), *DeclarationStatus.choices]
REVIEW_CHOICES = [
    ("not_begun", _("Not reviewed yet")),
    *ReviewState.choices,
    ("new_findings", _("New findings since the acceptance")),
]
OPEN_CHOICES = [
    ("any", _("Anything to answer")),
    ("blocking", _("Required fields or errors")),
    ("waiting", _("Smelters to confirm")),
    ("unassigned", _("Without a supplier")),
    ("none", _("Nothing")),
]


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


class DeclarationFilter(ListFilter):
    """``search`` looks for every word in supplier, company, file name, form; a word like
    ``CID000292`` among the smelters inside, a finding code among the findings. ``verdict`` and
    ``open`` leave out what a newer declaration supersedes unless a ``status`` is asked for:
    there is nothing to do about it; ``open`` also what was accepted,
    rejected or sent to the supplier with questions. ``review`` and
    ``reviewer`` are for our own people."""

    default_order = ("-received_at",)
    internal = frozenset({"review", "reviewer"})

    search = SearchFilter(_("Supplier, file name, CID, finding code"))
    supplier = SupplierFilter()
    verdict = ChoiceFilter(
        label=_("Verdict"),
        choices=VerdictState.choices,
        method="filter_verdict",
        empty_label=_("All verdicts"),
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
        label=_("Status"),
        choices=STATUS_CHOICES,
        method="filter_status",
        empty_label=_("All states"),
    )
    review = ChoiceFilter(
        label=_("Review"),
        choices=REVIEW_CHOICES,
        method="filter_review",
        empty_label=_("Reviewed or not"),
    )
    reviewer = ModelChoiceFilter(
        label=_("Reviewer"), queryset=reviewer_choices, empty_label=_("All reviewers")
    )
    received_from = DateFilter(
        field_name="received_at", lookup_expr="date__gte", label=_("Received from"), widget=DayInput
    )
    received_to = DateFilter(
        field_name="received_at",
        lookup_expr="date__lte",
        label=_("Received until"),
        widget=DayInput,
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

    def filter_search(
        self, queryset: QuerySet[Declaration], name: str, value: str
    ) -> QuerySet[Declaration]:
        for word in words_in(value):
            queryset = queryset.filter(_word_anywhere(word))
        return queryset

    def filter_verdict(
        self, queryset: QuerySet[Declaration], name: str, value: str
    ) -> QuerySet[Declaration]:
        return self._living(queryset).filter(verdict=value)

    def _living(self, queryset: QuerySet[Declaration]) -> QuerySet[Declaration]:
        if self.form.cleaned_data.get("status"):
            return queryset
        return queryset.exclude(status=DeclarationStatus.SUPERSEDED)

    def filter_status(
        self, queryset: QuerySet[Declaration], name: str, value: str
    ) -> QuerySet[Declaration]:
        if value == "current":
            return queryset.exclude(status=DeclarationStatus.SUPERSEDED)
        return queryset.filter(status=value)

    def filter_review(
        self, queryset: QuerySet[Declaration], name: str, value: str
    ) -> QuerySet[Declaration]:
        queryset = self._living(queryset)
        if value == "not_begun":
            return queryset.filter(TO_REVIEW)
        if value == "new_findings":
            fresh = Finding.objects.filter(declaration=OuterRef("pk"), is_new=True)
            return queryset.filter(Exists(fresh))
        return queryset.filter(review=value)

    def filter_open(
        self, queryset: QuerySet[Declaration], name: str, value: str
    ) -> QuerySet[Declaration]:
        queryset = self._living(queryset)
        blocking = (Q(required_remaining__gt=0) | Q(error_count__gt=0)) & ~SETTLED
        meanings = {
            "any": blocking | (Q(warning_count__gt=0) & ~SETTLED) | Q(waiting_count__gt=0),
            "blocking": blocking,
            "waiting": Q(waiting_count__gt=0),
            "unassigned": Q(supplier=None, judged_at__isnull=False),
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
    texts = in_any(word, *NAMES)
    return texts | Q(family__iexact=word) | Q(version__iexact=word)


class DecisionFilter(ListFilter):
    """Remembered decisions; those in force unless asked otherwise."""

    search_fields = ("text", "standard_name", "cid")
    default_order = ("-decided_at",)

    search = SearchFilter(_("Text, smelter or ID"))
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

    def filter_state(
        self, queryset: QuerySet[MatchDecision], name: str, value: str
    ) -> QuerySet[MatchDecision]:
        return queryset.filter(undone_at__isnull=value == "active")


class ReferenceFilter(ListFilter):
    """Look-up rows of one installed template."""

    search_fields = ("name", "standard_name", "cid", "country", "city", "state")
    default_order = ("row",)

    search = SearchFilter(_("Name, alias, ID or place"))
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


def choose_from(
    filters: FilterSet,
    name: str,
    values: Iterable[str],
    label: Callable[[str], str] = str,
) -> None:
    """Offer the values that occur in the rows of a list for one of its choice filters."""
    filters.offer(name, [(value, label(value)) for value in values if value])
