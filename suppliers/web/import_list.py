"""The list of imports and its export."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from accounts.web.requests import SignedInRequest
from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column
from core.web.exports import export_response
from core.web.paging import page_of
from suppliers import policies
from suppliers.filters.imports import ImportFilter
from suppliers.models import ImportBatch
from suppliers.policies.imports import can_import
from suppliers.selectors.imports import imports_for
from suppliers.web.import_words import state_tone


def _filters(request: SignedInRequest) -> ImportFilter:
    policies.require_view_suppliers(request.user)
    rows = imports_for(request.user).select_related("owner")
    return ImportFilter(request.GET, rows, request=request)


@require_safe
def import_list(request: SignedInRequest) -> HttpResponse:
    filters = _filters(request)
    page = page_of(request, filters.qs)
    context = {
        "form": filters.form,
        "page_obj": page,
        "rows": [(batch, *state_tone(batch)) for batch in page],
        "may_import": can_import(request.user),
        "export_url": reverse("suppliers:import-list-export"),
    }
    return render(request, "suppliers/import_list.html", context)


@require_safe
def import_list_export(request: SignedInRequest) -> HttpResponseBase:
    """What the list shows with the same filters."""
    filters = _filters(request)
    columns = [
        Column(_("File"), 40),
        Column(_("Kind"), 18),
        Column(_("State"), 22),
        Column(pgettext("records", "Created"), 10),
        Column(pgettext("records", "Changed"), 10),
        Column(_("Rows with mistakes"), 12),
        Column(_("Uploaded"), 18),
        Column(_("Uploaded by"), 26),
        Column(pgettext("records", "Imported"), 18),
    ]
    return export_response(request, _("Imports"), filters.form, columns, _rows(filters.qs))


def _rows(batches: QuerySet[ImportBatch]) -> Iterator[list[Value]]:
    for batch in batches.iterator(chunk_size=500):
        yield [
            batch.file_name,
            str(batch.get_kind_display()),
            str(batch.get_state_display()),
            batch.counts.get("create"),
            batch.counts.get("change"),
            batch.counts.get("faulty"),
            timezone.localtime(batch.created_at),
            str(batch.owner),
            timezone.localtime(batch.imported_at) if batch.imported_at else None,
        ]
