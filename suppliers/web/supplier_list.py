"""The list of suppliers: filters, columns, saved views, selection, export."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.web.requests import SignedInRequest
from core.badges import Badge
from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column
from core.web.exports import export_response
from core.web.paging import page_of
from suppliers import policies
from suppliers.enums import ImportKind
from suppliers.filters.suppliers import supplier_filter
from suppliers.models import SavedView, Supplier
from suppliers.selectors.saved_views import SUPPLIERS, views_for
from suppliers.selectors.supplier_list import (
    COLUMNS,
    Cell,
    ListColumn,
    columns_of,
    line_of,
    listed_suppliers,
    with_columns,
)
from suppliers.web.bulk_actions import bulk_actions
from suppliers.web.list_state import (
    EVERYTHING,
    ListState,
    address_of,
    column_codes,
    selected,
    selected_keys,
    state_of,
)

RARE_FILTERS = ("region", "buyer", "rating", "kind", "minerals", "single_source", "phase_out")
EXPORT_BATCH = 500


@require_safe
def supplier_list(request: SignedInRequest) -> HttpResponse:
    policies.require_view_suppliers(request.user)
    views = views_for(request.user, SUPPLIERS)
    elsewhere = _better_address(request, views)
    if elsewhere:
        return redirect(request.path + elsewhere)
    state = state_of(request, views)
    filters = supplier_filter(request.GET, listed_suppliers(request.user), request)
    page = page_of(request, with_columns(request.user, filters.qs, state.columns))
    context = {
        "form": filters.form,
        "page_obj": page,
        "lines": [line_of(supplier, state.columns) for supplier in page],
        "state": state,
        "view_tabs": _view_tabs(request, views, state),
        "own_view": state.view if state.view and state.view.owner_id == request.user.pk else None,
        "column_choices": [(column, column.code in state.codes) for column in COLUMNS],
        "kept": _pairs(request.GET, without={"columns", "page"}),
        "filter_pairs": _pairs(QueryDict(state.query), without=set()),
        "status_count": len(request.GET.getlist("status")),
        "rare": [filters.form[name] for name in RARE_FILTERS],
        "rare_count": sum(bool(request.GET.get(name)) for name in RARE_FILTERS),
        "clear_url": f"?view={EVERYTHING}",
        "export_url": reverse("suppliers:supplier-export"),
        "related_exports": [
            (kind.value, kind.label) for kind in ImportKind if kind != ImportKind.SUPPLIERS
        ],
        "bulk_actions": bulk_actions(request.user),
        "may_manage": policies.can_manage_suppliers(request.user),
    }
    return render(request, "suppliers/supplier_list.html", context)


@require_safe
def supplier_export(request: SignedInRequest) -> HttpResponseBase:
    """What the list shows, with the same filters and columns, or the selected ones (``ids``), as
    a workbook or (``format=csv``) as CSV."""
    policies.require_view_suppliers(request.user)
    filters = supplier_filter(request.GET, listed_suppliers(request.user), request)
    is_chosen = bool(selected_keys(request.GET)) and request.GET.get("all") != "1"
    wanted = selected(request) if is_chosen else filters.qs
    form = None if is_chosen else filters.form
    columns = columns_of(column_codes(request.GET))
    rows = _export_rows(with_columns(request.user, wanted, columns), columns)
    return export_response(request, _("Suppliers"), form, _export_head(columns), rows)


def _better_address(request: SignedInRequest, views: Sequence[SavedView]) -> str:
    """The view that is opened first, and columns of the form as one parameter."""
    if not request.GET:
        own = (view for view in views if view.owner_id == request.user.pk and view.is_default)
        default = next(own, None)
        return address_of(default) if default else ""
    if len(request.GET.getlist("columns")) > 1:
        query = request.GET.copy()
        query["columns"] = ",".join(column_codes(request.GET))
        return f"?{query.urlencode(safe=',')}"
    return ""


def _view_tabs(
    request: SignedInRequest, views: Sequence[SavedView], state: ListState
) -> list[dict[str, Any]]:
    everything = {
        "label": _("All suppliers"),
        "url": f"?view={EVERYTHING}",
        "here": state.view is None and not state.query,
    }
    named = [
        {
            "label": view.name,
            "url": address_of(view),
            "here": view == state.view,
            "changed": view == state.view and state.is_changed,
            "owner": "" if view.owner_id == request.user.pk else str(view.owner),
        }
        for view in views
    ]
    return [everything, *named]


def _pairs(query: QueryDict, without: set[str]) -> list[tuple[str, str]]:
    """For hidden fields that carry the rest of the address along."""
    return [
        (name, value)
        for name, values in query.lists()
        if name not in without
        for value in values
        if value
    ]


def _export_head(columns: Sequence[ListColumn]) -> list[Column]:
    head = []
    for column in columns:
        head.append(Column(str(column.label), column.width))
        if _has_second_name(column, columns):
            head.append(Column(_("Name in the local language"), 32))
    return head


def _export_rows(
    suppliers: QuerySet[Supplier], columns: Sequence[ListColumn]
) -> Iterator[list[Value]]:
    for supplier in suppliers.iterator(chunk_size=EXPORT_BATCH):
        row: list[Value] = []
        for cell in line_of(supplier, columns).cells:
            row.append(_plain(cell))
            if _has_second_name(cell.column, columns):
                row.append(supplier.local_name or None)
        yield row


def _has_second_name(column: ListColumn, columns: Sequence[ListColumn]) -> bool:
    """On screen the name stands in both languages, and so it does in the file."""
    return column.code == "name" and all(other.code != "local_name" for other in columns)


def _plain(cell: Cell) -> Value:
    value = cell.value
    if isinstance(value, Badge):
        return value.label
    if isinstance(value, bool):
        return _("yes") if value else None
    if value == "":
        return None  # an empty cell, not a cell with an empty text
    if cell.column.kind == "moment" and value is not None:
        return timezone.localtime(value)  # type: ignore[arg-type]  # moments are datetimes
    return value
