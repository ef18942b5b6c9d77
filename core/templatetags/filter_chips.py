"""What the active filters of a list say in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.forms import BoundField, Form
from django.http import QueryDict
from django.utils import formats
from django.utils.translation import gettext

from core.filter_forms import wrong_filters
from core.reader import listed


@dataclass(frozen=True, slots=True)
class FilterChip:
    """An active filter: ``url`` is the same list without it."""

    label: str
    value: str
    url: str


def filter_chips(
    form: Form, query: QueryDict, skip: frozenset[str], *, with_hidden: bool = False
) -> list[FilterChip]:
    """One chip for each field of ``form`` that narrows the list, in the order of the form; none for
    a field whose value is wrong. A hidden field is the place the person is in, a tab say, and no
    filter they set; ``with_hidden`` for whoever does not see that place."""
    if not form.is_bound:
        return []
    form.is_valid()
    values = form.cleaned_data  # of the fields that are right
    return [
        FilterChip(str(field.label), _in_words(field, value), _without(query, field))
        for field in form
        if field.name not in skip
        and (with_hidden or not field.is_hidden)
        and _narrows(value := values.get(field.name))
    ]


def wrong_filter_chips(form: Form, query: QueryDict) -> list[FilterChip]:
    """The filters that do not work, each with what was asked for."""
    return [
        FilterChip(str(field.label), _as_asked(field), _without(query, field))
        for field in wrong_filters(form)
    ]


def _as_asked(field: BoundField) -> str:
    value = field.value()
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _narrows(value: Any) -> bool:
    if isinstance(value, QuerySet):
        return value.exists()
    return value not in (None, "", [], ())


def _in_words(field: BoundField, value: Any) -> str:
    if isinstance(value, list | tuple | QuerySet):
        return listed(_in_words(field, part) for part in value)
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, slice):
        return " – ".join(_in_words(field, part) for part in (value.start, value.stop) if part)
    if isinstance(value, dt.date):
        return formats.date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, Model):
        return str(value)
    return _choice_label(field, value)


def _choice_label(field: BoundField, value: Any) -> str:
    for code, label in getattr(field.field, "choices", ()):
        if str(code) == str(value):
            return str(label)
    return str(value)


def _without(query: QueryDict, field: BoundField) -> str:
    rest = query.copy()
    names = [name for name in rest if name == field.html_name or _part_of(name, field.html_name)]
    for name in [*names, "page"]:
        rest.pop(name, None)
    return f"?{rest.urlencode()}"


def _part_of(name: str, field_name: str) -> bool:
    """Range filters send two values: ``received_min``, ``received_max`` or ``_0``, ``_1``."""
    endings = ("_min", "_max", "_after", "_before", "_0", "_1")
    return any(name == f"{field_name}{ending}" for ending in endings)
