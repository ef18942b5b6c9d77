"""Filters of approvals, status changes, qualifications, limits and waivers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import (
    CharFilter,
    ChoiceFilter,
    DateFilter,
    IsoDateTimeFilter,
    NumberFilter,
    OrderingFilter,
)

from core import clock
from core.filters import ListFilter, SearchFilter
from core.widgets import DayInput
from suppliers.enums import (
    ApprovalKind,
    ApprovalState,
    QualificationRoute,
    QualificationState,
    ReasonCode,
    RestrictionScope,
    SupplierStatus,
)
from suppliers.filters.suppliers import CategoryFilter
from suppliers.models import Approval, Category, Qualification, Restriction, StatusChange, Waiver
from suppliers.models.lifecycle import RestrictionQuerySet
from suppliers.selectors.approvals import in_tab
from suppliers.selectors.name_search import SUPPLIER_NAMES, named
from suppliers.selectors.qualifications import expired, running_out

APPROVAL_TABS = [
    ("waiting", _("Waiting for you")),
    ("mine", _("Asked by you")),
    ("open", _("All open")),
    ("decided", pgettext_lazy("requests", "Decided")),
]


class ApprovalFilter(ListFilter):
    """``tab``: the asker's point of view, see ``selectors.approvals.in_tab``."""

    search_fields = (*SUPPLIER_NAMES, "requested_by__name", "explanation")
    default_order = ("-requested_at",)

    search = SearchFilter(_("Supplier or person"))
    tab = ChoiceFilter(
        label=_("Show"), choices=APPROVAL_TABS, method="filter_tab", widget=forms.HiddenInput
    )
    kind = ChoiceFilter(label=_("What"), choices=ApprovalKind.choices, empty_label=_("All kinds"))
    # The tabs of the page say it already; programs may ask for it.
    state = ChoiceFilter(label=_("State"), choices=ApprovalState.choices, widget=forms.HiddenInput)
    reason = ChoiceFilter(
        field_name="reason_code",
        label=_("Reason"),
        choices=ReasonCode.choices,
        empty_label=_("All reasons"),
    )
    sort = OrderingFilter(
        label=_("Order"),
        fields=(
            ("requested_at", "requested"),
            ("decided_at", "decided"),
            ("supplier__name", "supplier"),
            ("kind", "kind"),
        ),
    )

    class Meta:
        model = Approval
        fields: list[str] = []

    def filter_tab(self, queryset: QuerySet[Approval], name: str, value: str) -> QuerySet[Approval]:
        return in_tab(queryset, self.request.user, value)


class OfSupplier(ListFilter):
    """``supplier``: a code; one that the asker may not see finds nothing."""

    tie_break = "pk"

    search = SearchFilter(_("Supplier"))
    supplier = CharFilter(
        field_name="supplier__code",
        lookup_expr="iexact",
        label=_("Supplier code"),
        widget=forms.HiddenInput,
    )

    def filter_search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(named(value, "supplier__"))


class StatusChangeFilter(OfSupplier):
    """``since``: changes from this moment on, itself included; ``after``: those behind the change
    with this number in the order of the list."""

    default_order = ("at",)

    since = IsoDateTimeFilter(method="filter_since", label=_("Since"))
    after = NumberFilter(method="filter_after", label=_("After number"), min_value=0)
    status = ChoiceFilter(
        field_name="to_status", label=_("New status"), choices=SupplierStatus.choices
    )

    class Meta:
        model = StatusChange
        fields: list[str] = []

    def filter_since(
        self, queryset: QuerySet[StatusChange], name: str, value: dt.datetime
    ) -> QuerySet[StatusChange]:
        """Moments at the ends of the calendar cannot be turned into another time zone."""
        if value.year < dt.MINYEAR + 2:
            return queryset
        return queryset.none() if value.year > dt.MAXYEAR - 2 else queryset.filter(at__gte=value)

    def filter_after(
        self, queryset: QuerySet[StatusChange], name: str, value: int
    ) -> QuerySet[StatusChange]:
        last = self.queryset.filter(pk=value).first()
        if last is None:
            return queryset.none()
        return queryset.filter(Q(at__gt=last.at) | Q(at=last.at, pk__gt=last.pk))


class QualificationFilter(OfSupplier):
    """``category``: a code, those below it included; ``expires_until``: a day; ``expiring``:
    ``soon`` (within 60 days and not renewed) or ``expired``."""

    default_order = ("supplier__code", "category__path")

    category = CategoryFilter()
    state = ChoiceFilter(
        label=_("State"), choices=QualificationState.choices, empty_label=_("All states")
    )
    expiring = ChoiceFilter(
        label=_("Validity"),
        choices=[("soon", _("Expires soon, not renewed")), ("expired", _("Expired"))],
        method="filter_expiring",
        empty_label=_("In date or not"),
    )
    route = ChoiceFilter(
        label=_("Route"), choices=QualificationRoute.choices, empty_label=_("All routes")
    )
    expires_until = DateFilter(
        field_name="valid_until", lookup_expr="lte", label=_("Expires until"), widget=DayInput
    )
    sort = OrderingFilter(
        label=_("Order"),
        fields=(
            ("supplier__name", "supplier"),
            ("category__path", "category"),
            ("valid_from", "from"),
            ("valid_until", "until"),
        ),
    )

    class Meta:
        model = Qualification
        fields: list[str] = []

    def filter_category(
        self, queryset: QuerySet[Qualification], name: str, value: Category
    ) -> QuerySet[Qualification]:
        return queryset.filter(category__path__startswith=value.path)

    def filter_expiring(
        self, queryset: QuerySet[Qualification], name: str, value: str
    ) -> QuerySet[Qualification]:
        return running_out(queryset) if value == "soon" else expired(queryset)


class RestrictionFilter(OfSupplier):
    scope = ChoiceFilter(label=_("Scope"), choices=RestrictionScope.choices)
    reason = ChoiceFilter(field_name="reason_code", label=_("Reason"), choices=ReasonCode.choices)
    state = ChoiceFilter(
        label=_("State"),
        method="filter_state",
        choices=[
            ("open", _("Not lifted")),
            ("overdue", _("Planned end passed")),
            ("lifted", _("Lifted")),
        ],
    )

    class Meta:
        model = Restriction
        fields: list[str] = []

    def filter_state(
        self, queryset: RestrictionQuerySet, name: str, value: str
    ) -> QuerySet[Restriction]:
        if value == "overdue":
            return queryset.filter(lifted_on=None, ends_on__lt=clock.today())
        if value == "lifted":
            return queryset.filter(lifted_on__lte=clock.today())
        return queryset.not_lifted()


class WaiverFilter(OfSupplier):
    reason = ChoiceFilter(field_name="reason_code", label=_("Reason"), choices=ReasonCode.choices)
    on = DateFilter(method="filter_on", label=_("Holds on"), widget=DayInput)

    class Meta:
        model = Waiver
        fields: list[str] = []

    def filter_on(self, queryset: QuerySet[Waiver], name: str, value: Any) -> QuerySet[Waiver]:
        lasting = Q(ended_on=None) | Q(ended_on__gt=value)
        return queryset.filter(lasting, starts_on__lte=value, ends_on__gte=value)
