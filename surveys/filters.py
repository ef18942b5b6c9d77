"""Filters of surveys' participants: the page, the export and the API."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter, OrderingFilter

from accounts.models import User
from core import clock
from core.countries import country_choices
from core.filters import ListFilter, SearchFilter
from suppliers.models import Category
from suppliers.selectors.name_search import named
from surveys.enums import Stage
from surveys.models import Participant
from surveys.policies import CHASERS
from surveys.selectors.board import REACHED, REACHED_WORDS
from surveys.selectors.stages import RECEIVED, SILENT


def owners() -> list[tuple[str, Any]]:
    names = [role.value for role in CHASERS]
    people = User.objects.filter(groups__name__in=names).distinct().order_by("name")
    found = [(str(person.pk), str(person)) for person in people]
    return [("me", _("Mine")), ("none", _("Nobody's")), *found]


class ParticipantFilter(ListFilter):
    """``stage``: one of ``enums.Stage``, or ``received``, ``silent`` and ``overdue`` for several;
    ``reached``: so far or farther; ``owner=me``: of the person who asks."""

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
    reached = ChoiceFilter(
        label=_("Come as far as"),
        choices=[(code, REACHED_WORDS[code]) for code in REACHED],
        method="filter_reached",
        empty_label=_("However far"),
    )
    owner = ChoiceFilter(
        label=_("Who cares"),
        choices=owners,
        method="filter_owner",
        empty_label=_("Everybody's"),
    )
    reach = ChoiceFilter(
        label=_("Contact"),
        choices=[("no", _("Nobody to write to")), ("bounced", _("Mail came back"))],
        method="filter_reach",
        empty_label=_("With a contact or not"),
    )
    country = ChoiceFilter(
        label=_("Country or region"),
        field_name="supplier__country",
        choices=country_choices,
        empty_label=_("All countries"),
    )
    category = ModelChoiceFilter(
        label=_("Category"),
        field_name="supplier__categories",
        queryset=Category.objects.order_by("code"),
        to_field_name="code",
        empty_label=_("All categories"),
    )
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
        if value == "none":
            return queryset.filter(owner=None)
        return queryset.filter(owner=self.request.user if value == "me" else int(value))

    def filter_reached(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(stage__in=REACHED[value])

    def filter_reach(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        if value == "bounced":
            return queryset.filter(bounced=True, excluded_at=None)
        return queryset.filter(Q(contact=None) | Q(contact__email=""), excluded_at=None)
