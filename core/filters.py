"""What the filters of every list share: a search for words, an order without ties."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, FilterSet

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


class SearchFilter(CharFilter):  # type: ignore[misc]
    """The search field of a list; ``ListFilter.filter_search`` says where it looks."""

    def __init__(self, placeholder: Any) -> None:
        super().__init__(label=_("Search"), method="filter_search", widget=search_box(placeholder))


class ListFilter(FilterSet):  # type: ignore[misc]
    """``search_fields``: where each word searched for may stand. ``default_order``: while the
    person has chosen none. ``tie_break`` makes every order total, so that pages never overlap."""

    search_fields: ClassVar[tuple[str, ...]] = ()
    default_order: ClassVar[tuple[str, ...]] = ()
    tie_break: ClassVar[str] = "-pk"

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        found: QuerySet[Any] = super().filter_queryset(queryset)
        chosen = found.query.order_by or self.default_order
        return found.order_by(*chosen, self.tie_break)

    def offer(self, name: str, choices: Any) -> None:
        """Let the filter ``name`` of this one list offer ``choices``.

        A field that was built before, by whoever described the filters of the class, would keep
        offering what it offered then.
        """
        chosen = self.filters[name]
        chosen.extra["choices"] = choices
        chosen.__dict__.pop("_field", None)

    def filter_search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(every_word(value, *self.search_fields))
