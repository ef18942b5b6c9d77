"""Filters of the register of smelters, of tasks about them, and of mines."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter, OrderingFilter

from core import clock
from core.countries import country_label
from core.filters import AsOfFilter, ListFilter, SearchFilter, every_word
from minerals.enums import SmelterStatus, TaskState
from minerals.filters.declarations import choose_from
from minerals.models import MineLine, Smelter, SmelterList, SmelterTask, SmelterTaskItem
from minerals.selectors.named_smelters import lines_seen_by
from minerals.selectors.questions import mineral_name
from minerals.selectors.smelter_status import status_book
from minerals.selectors.smelter_words import CLASS_WORDS, class_of
from minerals.selectors.smelters import cids_where
from suppliers.selectors.name_search import SUPPLIER_NAMES
from suppliers.workflow import LEFT

SOON = dt.timedelta(days=7)
STATUSES = [*SmelterStatus.choices, ("unexplained", _("Status not explained yet"))]


class SmelterFilter(ListFilter):
    """``status`` and ``assurance`` as of ``on``; ``named``: by current declarations that the
    reader sees. The search looks through all names a smelter goes by."""

    search_fields = ("search_text", "cid", "name", "city", "country")
    default_order = ("-supplier_count", "name")
    tie_break = "cid"

    search = SearchFilter(_("Any name, ID or place"))
    metal = ChoiceFilter(label=_("Metal"), empty_label=_("All metals"))
    status = ChoiceFilter(
        label=_("Status"), choices=STATUSES, method="filter_status", empty_label=_("All statuses")
    )
    assurance = ChoiceFilter(
        label=_("Assurance"),
        choices=list(CLASS_WORDS.items()),
        method="filter_class",
        empty_label=_("Assured or not"),
    )
    country = ChoiceFilter(
        label=_("Country or region"), field_name="country_code", empty_label=_("All countries")
    )
    named = ChoiceFilter(
        label=_("Named"),
        choices=[("yes", _("Named by suppliers")), ("no", _("Named by nobody"))],
        method="filter_named",
        empty_label=_("Named or not"),
    )
    on = AsOfFilter(_("Status as of"))
    sort = OrderingFilter(
        label=_("Order"),
        fields=(
            ("name", "name"),
            ("cid", "cid"),
            ("metal", "metal"),
            ("country", "country"),
            ("last_audit_on", "audit"),
            ("due_on", "due"),
            ("supplier_count", "suppliers"),
            ("declaration_count", "declarations"),
        ),
    )

    class Meta:
        model = Smelter
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offers the metals and countries that occur; nothing while only the API is described."""
        super().__init__(*args, **kwargs)
        if self.request is not None:
            choose_from(self, "metal", occurring(Smelter.objects.all(), "metal"), mineral_name)
            self.offer_countries(occurring(Smelter.objects.all(), "country_code"))

    def filter_status(
        self, queryset: QuerySet[Smelter], name: str, value: str
    ) -> QuerySet[Smelter]:
        wanted = "" if value == "unexplained" else value
        book = status_book(self.day)
        return queryset.filter(cid__in=cids_where(book, lambda status: status == wanted))

    def filter_class(self, queryset: QuerySet[Smelter], name: str, value: str) -> QuerySet[Smelter]:
        book = status_book(self.day)
        return queryset.filter(cid__in=cids_where(book, lambda code: class_of(code) == value))

    def filter_named(self, queryset: QuerySet[Smelter], name: str, value: str) -> QuerySet[Smelter]:
        assert self.request is not None
        found = Exists(lines_seen_by(self.request.user).filter(matched_cid=OuterRef("cid")))
        return queryset.filter(found if value == "yes" else ~found)


def lists_that_ask(request: HttpRequest | None) -> QuerySet[SmelterList]:
    """Lists that made somebody act, the newest first."""
    asked = Exists(SmelterTask.objects.filter(list=OuterRef("pk")))
    return SmelterList.objects.filter(asked).order_by("-listed_on", "-pk")


class SmelterTaskFilter(ListFilter):
    """Tasks of suppliers. ``search``: the supplier, or a smelter of the task. ``due``: open ones
    of suppliers that are still with us. ``status``: the words of RMI's list are for its members."""

    internal = frozenset({"list", "status"})
    default_order = ("due_on",)
    tie_break = "pk"

    search = SearchFilter(_("Supplier, smelter or ID"))
    state = ChoiceFilter(label=_("State"), choices=TaskState.choices, empty_label=_("All states"))
    due = ChoiceFilter(
        label=_("Due date"),
        choices=[
            ("overdue", _("Overdue")),
            ("soon", _("Overdue or due within a week")),
            ("later", _("Due later")),
        ],
        method="filter_due",
        empty_label=_("Any due date"),
    )
    status = ChoiceFilter(
        label=_("Status of the smelter"),
        choices=SmelterStatus.choices,
        method="filter_status",
        empty_label=_("All statuses"),
    )
    list = ModelChoiceFilter(label=_("List"), queryset=lists_that_ask, empty_label=_("All lists"))
    sort = OrderingFilter(
        label=_("Order"),
        fields=(
            ("due_on", "due"),
            ("supplier__name", "supplier"),
            ("opened_at", "opened"),
            ("open_count", "open"),
            ("state", "state"),
        ),
    )

    class Meta:
        model = SmelterTask
        fields: list[str] = []

    def filter_search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        smelters = every_word(value, "smelter__search_text", "smelter__cid", "smelter__name")
        items = SmelterTaskItem.objects.filter(smelters, task=OuterRef("pk"))
        return queryset.filter(every_word(value, *SUPPLIER_NAMES) | Q(Exists(items)))

    def filter_due(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        today = clock.today()
        meanings = {
            "overdue": Q(due_on__lt=today),
            "soon": Q(due_on__lte=today + SOON),
            "later": Q(due_on__gt=today + SOON),
        }
        waiting = queryset.filter(meanings[value], state=TaskState.OPEN)
        return waiting.exclude(supplier__status__in=LEFT)

    def filter_status(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        items = SmelterTaskItem.objects.filter(task=OuterRef("pk"), status=value)
        return queryset.filter(Exists(items))


class MineFilter(ListFilter):
    """Rows of mine lists."""

    search_fields = ("name", "mine_id", "smelter", "city", "state", *(
        f"declaration__{name}" for name in SUPPLIER_NAMES
    ))  # fmt: skip
    default_order = ("name",)

    search = SearchFilter(_("Mine, ID, smelter, place or supplier"))
    metal = ChoiceFilter(label=_("Mineral"), empty_label=_("All minerals"))
    country = ChoiceFilter(label=_("Country or region"), empty_label=_("All countries"))
    sort = OrderingFilter(
        label=_("Order"),
        fields=(
            ("name", "name"),
            ("metal", "metal"),
            ("smelter", "smelter"),
            ("country", "country"),
            ("declaration__supplier__name", "supplier"),
        ),
    )

    class Meta:
        model = MineLine
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offers the minerals and countries that occur."""
        super().__init__(*args, **kwargs)
        if self.request is not None:
            choose_from(self, "metal", occurring(self.queryset, "metal"), mineral_name)
            choose_from(self, "country", occurring(self.queryset, "country"), country_label)


def occurring(rows: QuerySet[Any], field: str) -> QuerySet[Any, str]:
    return rows.order_by(field).values_list(field, flat=True).distinct()
