"""What the filters of every list share: a search for words, an order without ties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.db.models import F, Q, QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from django_filters import CharFilter, DateFilter, FilterSet

from core import clock
from core.countries import in_order
from core.filter_forms import require_right_filters, wrong_filters
from core.widgets import DayInput

MAX_WORDS = 8


def search_box(placeholder: Any) -> forms.TextInput:
    return forms.TextInput(
        attrs={"type": "search", "placeholder": placeholder, "autocomplete": "off"}
    )


def words_in(text: str) -> list[str]:
    """The words that are looked for; those beyond ``MAX_WORDS`` would only cost time."""
    return text.split()[:MAX_WORDS]


def in_any(word: str, *fields: str) -> Q:
    """``word`` is part of at least one of the fields, in capitals or not."""
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__icontains": word})
    return found


def every_word(text: str, *fields: str) -> Q:
    """Each word of ``text`` is part of at least one of the fields."""
    found = Q()
    for word in words_in(text):
        found &= in_any(word, *fields)
    return found


def empty_last(rows: QuerySet[Any], order: Any) -> Any:
    """What is not known comes last, whichever way one sorts: databases differ about it."""
    if not isinstance(order, str) or not may_be_empty(rows, order.removeprefix("-")):
        return order
    field = F(order.removeprefix("-"))
    return field.desc(nulls_last=True) if order.startswith("-") else field.asc(nulls_last=True)


def may_be_empty(rows: QuerySet[Any], name: str) -> bool:
    """Annotations may be, and fields on the way to which a row may be missing."""
    if name in rows.query.annotations:
        return True
    model: Any = rows.model
    for part in name.split(LOOKUP_SEP):
        field = model._meta.pk if part == "pk" else model._meta.get_field(part)
        if field.null:
            return True
        model = field.related_model
    return False


class SearchFilter(CharFilter):  # type: ignore[misc]
    """The search field of a list; ``ListFilter.filter_search`` says where it looks."""

    def __init__(self, placeholder: Any) -> None:
        super().__init__(label=_("Search"), method="filter_search", widget=search_box(placeholder))


class AsOfFilter(DateFilter):  # type: ignore[misc]
    """``on``: as things stood on a day. The list itself asks for ``ListFilter.day``, or filters
    with ``filter_on``."""

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, method="filter_on", widget=DayInput)


def day_asked(data: Mapping[str, Any], name: str = "on") -> dt.date:
    """The day that the query asks for, today without one; the filter tells what is no day."""
    try:
        return dt.date.fromisoformat(str(data.get(name, "")).strip())
    except ValueError:
        return clock.today()


class ListFilter(FilterSet):  # type: ignore[misc]
    """``search_fields``: where each word searched for may stand. ``default_order``: while the
    person has chosen none. ``tie_break`` makes every order total, so that pages never overlap.
    ``internal``, ``internal_orders``: filters and orders by what only our own people may read;
    others could find it out by asking for one value after the other."""

    search_fields: ClassVar[tuple[str, ...]] = ()
    default_order: ClassVar[tuple[str, ...]] = ()
    tie_break: ClassVar[str] = "-pk"
    internal: ClassVar[frozenset[str]] = frozenset()
    internal_orders: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_for_outsider:
            self._leave_out_internal()

    @property
    def is_for_outsider(self) -> bool:
        """Without a request (documentation, a search of our own) there is nobody to hide from."""
        return self.request is not None and not getattr(self.request.user, "is_internal", False)

    def _leave_out_internal(self) -> None:
        for name in self.internal:
            del self.filters[name]
        if self.internal_orders:
            orders = self.filters["sort"].extra["choices"]
            self.offer("sort", [one for one in orders if not self._is_internal_order(one[0])])

    def _is_internal_order(self, code: str) -> bool:
        return code.removeprefix("-") in self.internal_orders

    @property
    def everything_found(self) -> QuerySet[Any]:
        """``qs`` for what is done with all of it at once. Errors: filter_invalid."""
        require_right_filters(self.form)
        found: QuerySet[Any] = self.qs
        return found

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Nothing while a filter is wrong: leaving it out would show more than was asked for."""
        if wrong_filters(self.form):
            queryset = queryset.none()
        found: QuerySet[Any] = super().filter_queryset(queryset)
        chosen = found.query.order_by or self.default_order
        return found.order_by(*(empty_last(found, one) for one in chosen), self.tie_break)

    def offer(self, name: str, choices: Any) -> None:
        """Let the filter ``name`` of this one list offer ``choices``.

        A field that was built before, by whoever described the filters of the class, would keep
        offering what it offered then.
        """
        chosen = self.filters[name]
        chosen.extra["choices"] = choices
        chosen.__dict__.pop("_field", None)

    def offer_countries(self, found: Iterable[str]) -> None:
        """Those that occur, and the one asked for: that nothing is there is an answer too."""
        names = dict(countries)
        codes = {*found, self.data.get("country", "")} & set(names)
        self.offer("country", in_order((code, str(names[code])) for code in codes))

    @property
    def day(self) -> dt.date:
        """As of when the list is asked, where it has an ``AsOfFilter``."""
        return day_asked(self.data)

    def filter_on(self, queryset: QuerySet[Any], name: str, value: dt.date) -> QuerySet[Any]:
        """The day changes what is said about the rows, not which there are."""
        return queryset

    def filter_search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(every_word(value, *self.search_fields))
