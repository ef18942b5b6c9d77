"""Filters of documents and signatures: one set for page, API list and export."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from django_filters import (
    BooleanFilter,
    CharFilter,
    ChoiceFilter,
    DateFilter,
    FilterSet,
    NumberFilter,
    OrderingFilter,
)

from core import clock
from core.filters import ListFilter, SearchFilter
from core.widgets import DayInput
from suppliers.enums import (
    RequestState,
    SignatureState,
    SignatureWay,
    SupplierKind,
    SupplierStatus,
)
from suppliers.models import (
    DocumentRequest,
    DocumentType,
    DocumentVersion,
    Signature,
    Supplier,
)
from suppliers.selectors.commitment_matrix import in_state
from suppliers.selectors.commitment_words import state_choices
from suppliers.selectors.commitments import Commitment, commitments_in_use
from suppliers.selectors.name_search import SUPPLIER_NAMES, named

MAX_KEY = 10**18


class MatrixFilter(ListFilter):
    """``state`` alone: at least one document is in it; with ``document``: that one is."""

    default_order = ("code",)
    tie_break = "code"

    search = SearchFilter(_("Code or name"))
    state = ChoiceFilter(
        label=_("State"),
        choices=state_choices,
        method="filter_state",
        empty_label=_("Signed or not"),
    )
    document = ChoiceFilter(
        label=_("Document"), method="filter_document", empty_label=_("All documents")
    )
    kind = ChoiceFilter(label=_("Kind"), choices=SupplierKind.choices, empty_label=_("All kinds"))
    country = ChoiceFilter(
        label=_("Country or region"), choices=list(countries), empty_label=_("All countries")
    )
    status = ChoiceFilter(
        label=_("Status"), choices=SupplierStatus.choices, empty_label=_("All supplier statuses")
    )
    sort = OrderingFilter(
        label=_("Order"),
        fields=(("code", "code"), ("name", "name"), ("country", "country"), ("status", "status")),
    )

    class Meta:
        model = Supplier
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A function, not a method: fields are copied with what they offer.
        self.offer(
            "document",
            lambda: [(one.document.code, one.document.label) for one in self.in_use],
        )

    @cached_property
    def commitments(self) -> list[Commitment]:
        """The documents that are columns: all in use, or the one asked for."""
        self.form.is_valid()
        wanted = self.form.cleaned_data.get("document")
        chosen = [one for one in self.in_use if not wanted or one.document.code == wanted]
        return chosen or self.in_use

    @cached_property
    def in_use(self) -> list[Commitment]:
        return commitments_in_use()

    def filter_search(
        self, queryset: QuerySet[Supplier], name: str, value: str
    ) -> QuerySet[Supplier]:
        return queryset.filter(named(value))

    def filter_state(
        self, queryset: QuerySet[Supplier], name: str, value: str
    ) -> QuerySet[Supplier]:
        return queryset.filter(in_state(self.commitments, value, clock.today()))

    def filter_document(
        self, queryset: QuerySet[Supplier], name: str, value: str
    ) -> QuerySet[Supplier]:
        """Narrows the columns and what ``state`` means, not the suppliers."""
        return queryset


def matrix_filter(data: Any, queryset: QuerySet[Supplier], request: HttpRequest) -> MatrixFilter:
    """The filter of the page: it offers the countries that occur."""
    filters = MatrixFilter(data, queryset, request=request)
    seen = Supplier.objects.living().exclude(country="").order_by()
    filters.offer_countries(seen.values_list("country", flat=True).distinct())
    return filters


class VersionFilter(FilterSet):  # type: ignore[misc]
    """``document``: its code; ``published``: without, drafts are in the list too."""

    document = CharFilter(field_name="document__code", lookup_expr="iexact")
    published = BooleanFilter(field_name="published_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = DocumentVersion
        fields: list[str] = []


class BelongingFilter(ListFilter):
    """What signatures and requests share."""

    search = SearchFilter(_("Code or name of the supplier"))
    supplier = NumberFilter(
        field_name="supplier", label=_("Supplier"), min_value=0, max_value=MAX_KEY
    )
    document = CharFilter(
        field_name="version__document__code", label=_("Code of the document"), lookup_expr="iexact"
    )

    def filter_search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(named(value, "supplier__"))


class SignatureFilter(BelongingFilter):
    """Newest first: in the order they were stored, which needs no sorting."""

    state = ChoiceFilter(
        label=_("State"), choices=SignatureState.choices, empty_label=_("All states")
    )
    way = ChoiceFilter(
        label=_("Way"), choices=SignatureWay.choices, empty_label=_("Online and on paper")
    )
    signed_since = DateFilter(
        field_name="signed_on", lookup_expr="gte", label=_("Signed since"), widget=DayInput
    )
    sort = OrderingFilter(
        label=_("Order"),
        fields=(
            ("signed_at", "signed"),
            ("signed_on", "signed_on"),
            ("supplier__code", "supplier"),
            ("valid_until", "valid_until"),
        ),
    )

    class Meta:
        model = Signature
        fields: list[str] = []


class CheckFilter(ListFilter):
    """Scans that wait to be checked."""

    search_fields = (*SUPPLIER_NAMES, "signer_name")
    default_order = ("signed_at",)

    search = SearchFilter(_("Supplier or signer"))
    document = ChoiceFilter(
        field_name="version__document__code", label=_("Document"), empty_label=_("All documents")
    )
    sort = OrderingFilter(
        label=_("Order"),
        fields=(
            ("supplier__code", "supplier"),
            ("signed_on", "signed_on"),
            ("signed_at", "received"),
        ),
    )

    class Meta:
        model = Signature
        fields: list[str] = []


def check_filter(data: Any, queryset: QuerySet[Signature], request: HttpRequest) -> CheckFilter:
    filters = CheckFilter(data, queryset, request=request)
    filters.offer(
        "document",
        [(document.code, document.label) for document in DocumentType.objects.all()],
    )
    return filters


class RequestFilter(BelongingFilter):
    default_order = ("due_on",)
    tie_break = "pk"

    state = ChoiceFilter(
        label=_("State"), choices=RequestState.choices, empty_label=_("All states")
    )
    due_until = DateFilter(
        field_name="due_on", lookup_expr="lte", label=_("Due until"), widget=DayInput
    )
    sort = OrderingFilter(
        label=_("Order"),
        fields=(
            ("due_on", "due"),
            ("requested_at", "requested"),
            ("supplier__code", "supplier"),
        ),
    )

    class Meta:
        model = DocumentRequest
        fields: list[str] = []
