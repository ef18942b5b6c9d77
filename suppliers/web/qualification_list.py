"""All qualifications: supplier, category, site, until when. The list and its exports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.web.requests import SignedInRequest
from core import clock
from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column
from core.web.exports import export_response
from core.web.paging import page_of
from suppliers.filters.lifecycle import QualificationFilter
from suppliers.models import Qualification
from suppliers.policies import require_view_suppliers
from suppliers.selectors.qualifications import qualification_badge, qualifications_for
from suppliers.selectors.suppliers import supplier_for


def _filters(request: SignedInRequest) -> QualificationFilter:
    require_view_suppliers(request.user)
    rows = qualifications_for(request.user).order_by()
    return QualificationFilter(request.GET, rows, request=request)


@require_safe
def qualification_list(request: SignedInRequest) -> HttpResponse:
    filters = _filters(request)
    page = page_of(request, filters.qs)
    today = clock.today()
    context = {
        "form": filters.form,
        "page_obj": page,
        "rows": [(row, qualification_badge(row, today)) for row in page],
        "export_url": reverse("suppliers:qualification-export"),
    }
    return render(request, "suppliers/qualification_list.html", context)


@require_safe
def qualification_export(request: SignedInRequest) -> HttpResponseBase:
    """What the list shows with the same filters."""
    filters = _filters(request)
    rows = _table_rows(filters.qs.iterator(chunk_size=500))
    return export_response(request, _("Qualifications"), filters.form, _columns(), rows)


@require_safe
def supplier_qualification_export(request: SignedInRequest, supplier_id: int) -> HttpResponseBase:
    """Those of one supplier, as its page shows them."""
    require_view_suppliers(request.user)
    supplier = supplier_for(request.user, supplier_id)
    rows = supplier.qualifications.select_related("supplier", "category", "site")
    title = f"{supplier.code} {_('Qualifications')}"
    found = rows.order_by("category__path", "site__code", "-created_at", "-pk")
    return export_response(request, title, None, _columns(), _table_rows(found))


def _columns() -> list[Column]:
    return [
        Column(_("Supplier code"), 16),
        Column(_("Supplier"), 40),
        Column(_("Category code"), 16),
        Column(_("Category"), 32),
        Column(_("Site code"), 14),
        Column(_("Site"), 32),
        Column(_("State"), 18),
        Column(_("Route"), 22),
        Column(_("Valid from"), 12),
        Column(_("Valid until"), 12),
        Column(_("Ended on"), 12),
    ]


def _table_rows(rows: Iterable[Qualification]) -> Iterator[list[Value]]:
    today = clock.today()
    for row in rows:
        yield [
            row.supplier.code,
            row.supplier.name,
            row.category.code,
            row.category.label,
            row.site.code if row.site else "",
            row.site.name if row.site else "",
            qualification_badge(row, today).label,
            str(row.get_route_display()),
            row.valid_from,
            row.valid_until,
            row.ended_on,
        ]
