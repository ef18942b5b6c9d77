"""Filters of the list of imports."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter

from core.filters import ListFilter, SearchFilter
from suppliers.enums import ImportKind, ImportState
from suppliers.models import ImportBatch


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
