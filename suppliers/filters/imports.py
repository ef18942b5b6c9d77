"""Filters of imports and of their rows."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet

from core.filters import ListFilter, SearchFilter
from suppliers.enums import ImportKind, ImportState, RowAction
from suppliers.models import ImportBatch, ImportRow


class ImportFilter(ListFilter):
    """``search``: every word must be in the name of the file."""

    search_fields = ("file_name",)
    default_order = ("-created_at",)

    search = SearchFilter(_("File name"))
    kind = ChoiceFilter(
        label=_("Kind of records"),
        choices=ImportKind.choices,
        empty_label=_("All kinds of records"),
    )
    state = ChoiceFilter(label=_("State"), choices=ImportState.choices, empty_label=_("All states"))

    class Meta:
        model = ImportBatch
        fields: list[str] = []


class ImportRowFilter(FilterSet):  # type: ignore[misc]
    """Rows of one import, for programs."""

    action = ChoiceFilter(label=_("What happens"), choices=RowAction.choices)

    class Meta:
        model = ImportRow
        fields: list[str] = []
