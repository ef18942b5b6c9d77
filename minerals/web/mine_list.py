"""All mines that suppliers name in their declarations: list and export."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.web.requests import SignedInRequest
from core.countries import country_label
from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column
from core.web.exports import export_response
from core.web.paging import page_of
from minerals.filters.smelters import MineFilter
from minerals.models import MineLine
from minerals.policies.smelters import require_view_smelters
from minerals.selectors.mines import mines_for
from minerals.selectors.questions import mineral_name


def _filters(request: SignedInRequest) -> MineFilter:
    require_view_smelters(request.user)
    return MineFilter(request.GET, mines_for(request.user), request=request)


@require_safe
def mine_list(request: SignedInRequest) -> HttpResponse:
    filters = _filters(request)
    context = {
        "form": filters.form,
        "page_obj": page_of(request, filters.qs),
        "export_url": reverse("minerals:mine-export"),
    }
    return render(request, "minerals/mines/list.html", context)


@require_safe
def mine_export(request: SignedInRequest) -> HttpResponseBase:
    filters = _filters(request)
    return export_response(request, _("Mines"), filters.form, _columns(), _rows(filters.qs))


def _columns() -> list[Column]:
    return [
        Column(_("Mine"), 36),
        Column(_("Mine ID"), 16),
        Column(_("Mineral"), 14),
        Column(_("Smelter"), 36),
        Column(_("Country or region"), 28),
        Column(_("State or province"), 20),
        Column(_("City"), 20),
        Column(_("Supplier code"), 14),
        Column(_("Supplier"), 36),
        Column(_("Form"), 12),
        Column(_("Row"), 8),
        Column(_("Comments"), 40),
    ]


def _rows(found: QuerySet[MineLine]) -> Iterator[list[Value]]:
    for mine in found.iterator(chunk_size=500):
        declaration = mine.declaration
        supplier = declaration.supplier
        yield [
            mine.name,
            mine.mine_id,
            mineral_name(mine.metal),
            mine.smelter,
            country_label(mine.country),
            mine.state,
            mine.city,
            supplier.code if supplier else "",
            supplier.name if supplier else "",
            declaration.title,
            mine.row,
            mine.comments,
        ]
