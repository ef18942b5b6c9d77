"""Filters of risk ratings, events, levels set by people, and the lists of countries."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import BooleanFilter, CharFilter, ChoiceFilter, OrderingFilter

from core import clock
from core.filters import AsOfFilter, ListFilter, SearchFilter
from minerals.enums import CountryListKind, RiskEventKind, RiskLevel
from minerals.filters.declarations import SupplierFilter
from minerals.models import CountryListing, LevelOverride, RiskEvent, RiskRating
from minerals.rules.catalogue.labels import MINERAL_LABELS
from minerals.selectors.country_lists import on_list
from minerals.selectors.overrides import in_force, waiting
from minerals.selectors.questions import mineral_name
from minerals.selectors.risk_ratings import held_on

STATE_CHOICES = [
    ("final", pgettext_lazy("rating", "Accepted by a reviewer")),
    ("provisional", pgettext_lazy("rating", "Provisional")),
]
PEOPLE_CHOICES = [
    ("set", _("Level set by people")),
    ("asked", _("Lower level asked for")),
    ("event", _("Event recorded")),
]


class RatingFilter(ListFilter):
    """The current ratings, or all for ``on`` to choose from: those that held on the day. With
    ``mineral``, ``level`` is that of this mineral."""

    search_fields = ("supplier__name", "supplier__local_name", "supplier__code")
    default_order: ClassVar[tuple[str, ...]] = ("-rank", "-score")

    search = SearchFilter(_("Supplier or code"))
    level = ChoiceFilter(
        label=_("Level"),
        choices=RiskLevel.choices,
        method="filter_level",
        empty_label=_("All levels"),
    )
    mineral = ChoiceFilter(
        label=_("Mineral"),
        choices=lambda: [(name, mineral_name(name)) for name in MINERAL_LABELS],
        method="filter_mineral",
        empty_label=_("All minerals"),
    )
    state = ChoiceFilter(
        label=_("State"),
        choices=STATE_CHOICES,
        method="filter_state",
        empty_label=_("Provisional or not"),
    )
    people = ChoiceFilter(
        label=_("Said by people"),
        choices=PEOPLE_CHOICES,
        method="filter_people",
        empty_label=_("People's word or not"),
    )
    on = AsOfFilter(_("As of"))
    sort = OrderingFilter(
        label=_("Order"),
        fields=(
            ("supplier__name", "supplier"),
            ("rank", "level"),
            ("score", "score"),
            ("rated_at", "rated"),
        ),
    )

    class Meta:
        model = RiskRating
        fields: list[str] = []

    def filter_level(
        self, queryset: QuerySet[RiskRating], name: str, value: str
    ) -> QuerySet[RiskRating]:
        mineral = self.form.cleaned_data.get("mineral")
        if mineral:
            return queryset.filter(**{f"minerals__{mineral}__level": value})
        return queryset.filter(level=value)

    def filter_on(
        self, queryset: QuerySet[RiskRating], name: str, value: dt.date
    ) -> QuerySet[RiskRating]:
        return held_on(queryset, value)

    def filter_mineral(
        self, queryset: QuerySet[RiskRating], name: str, value: str
    ) -> QuerySet[RiskRating]:
        return queryset.filter(minerals__has_key=value)

    def filter_state(
        self, queryset: QuerySet[RiskRating], name: str, value: str
    ) -> QuerySet[RiskRating]:
        return queryset.filter(is_provisional=value == "provisional")

    def filter_people(
        self, queryset: QuerySet[RiskRating], name: str, value: str
    ) -> QuerySet[RiskRating]:
        found = {
            "set": in_force(clock.today()),
            "asked": waiting(),
            "event": RiskEvent.objects.filter(ended_on=None),
        }[value]
        return queryset.filter(supplier__in=found.order_by().values("supplier"))


class RatingHistoryFilter(RatingFilter):
    """For programs: old ratings too. ``current=true`` leaves those out."""

    supplier = SupplierFilter()
    current = BooleanFilter(field_name="is_current", label=_("Only the current ones"))
    default_order: ClassVar[tuple[str, ...]] = ("-rated_at",)


class EventFilter(ListFilter):
    """``open=true``: those that have not ended."""

    search_fields = ("supplier__name", "supplier__local_name", "supplier__code", "note")
    default_order = ("-happened_on",)

    search = SearchFilter(_("Supplier or words"))
    supplier = SupplierFilter()
    kind = ChoiceFilter(label=_("Event"), choices=RiskEventKind.choices)
    open = BooleanFilter(field_name="ended_on", lookup_expr="isnull", label=_("Not ended"))

    class Meta:
        model = RiskEvent
        fields: list[str] = []


class OverrideFilter(ListFilter):
    """``state``: ``in_force`` or ``waiting`` for a second person."""

    search_fields = ("supplier__name", "supplier__local_name", "supplier__code", "reason")
    default_order = ("-requested_at",)

    search = SearchFilter(_("Supplier or words"))
    supplier = SupplierFilter()
    state = ChoiceFilter(
        label=_("State"),
        choices=[("in_force", _("In force")), ("waiting", _("Waiting for a decision"))],
        method="filter_state",
    )

    class Meta:
        model = LevelOverride
        fields: list[str] = []

    def filter_state(
        self, queryset: QuerySet[LevelOverride], name: str, value: str
    ) -> QuerySet[LevelOverride]:
        found = waiting() if value == "waiting" else in_force(clock.today())
        return queryset.filter(pk__in=found.order_by().values("pk"))


class ListingFilter(ListFilter):
    """Entries of the lists of countries; those in force today unless asked otherwise."""

    search_fields = ("country_code", "region", "source")
    default_order = ("country_code", "region", "valid_from")

    search = SearchFilter(_("Country code, region or source"))
    # The tabs of the page say it already.
    kind = ChoiceFilter(label=_("List"), choices=CountryListKind.choices, widget=forms.HiddenInput)
    country = CharFilter(
        field_name="country_code",
        lookup_expr="iexact",
        label=_("Country code"),
        widget=forms.HiddenInput,
    )
    state = ChoiceFilter(
        label=_("State"),
        choices=[
            ("now", _("On the list today")),
            ("over", pgettext_lazy("list entry", "Ended")),
            ("later", _("To come")),
        ],
        method="filter_state",
        empty_label=_("Today, earlier and later"),
    )
    sort = OrderingFilter(
        label=_("Order"),
        fields=(
            ("country_code", "country"),
            ("valid_from", "from"),
            ("valid_until", "until"),
        ),
    )

    class Meta:
        model = CountryListing
        fields: list[str] = []

    def filter_state(
        self, queryset: QuerySet[CountryListing], name: str, value: str
    ) -> QuerySet[CountryListing]:
        today = clock.today()
        return queryset.filter(
            {
                "now": on_list(today),
                "over": Q(valid_until__lt=today),
                "later": Q(valid_from__gt=today),
            }[value]
        )
