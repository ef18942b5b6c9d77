"""The register of smelters: list, countries, export."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_countries import countries

from accounts.web.requests import SignedInRequest
from core import clock
from core.filters import day_asked
from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column
from core.web.exports import export_response
from core.web.paging import page_of
from minerals.filters.smelters import SmelterFilter
from minerals.models import Smelter
from minerals.policies.smelters import require_view_smelters
from minerals.selectors.questions import mineral_name
from minerals.selectors.smelter_status import StatusBook, status_book
from minerals.selectors.smelter_words import CLASS_WORDS
from minerals.selectors.smelters import (
    country_counts,
    smelter_row,
    smelter_rows,
    smelters_for,
)
from minerals.web.smelter_map import country_map

BATCH = 500


def _filters(request: SignedInRequest) -> SmelterFilter:
    require_view_smelters(request.user)
    found = smelters_for(request.user, day_asked(request.GET))
    return SmelterFilter(request.GET, found, request=request)


@require_safe
def smelter_list(request: SignedInRequest) -> HttpResponse:
    filters = _filters(request)
    page = page_of(request, filters.qs)
    book = status_book(filters.day)
    context = {
        "form": filters.form,
        "page_obj": page,
        "rows": smelter_rows(page, book),
        "day": book.day,
        "is_today": book.day == clock.today(),
        "as_of": "" if book.day == clock.today() else f"?on={book.day.isoformat()}",
        "rmap": book.rmap,
        "export_url": reverse("minerals:smelter-export"),
    }
    return render(request, "minerals/smelters/list.html", context)


@require_safe
def smelter_countries(request: SignedInRequest) -> HttpResponse:
    """How many smelters each country has, with the same filters as the list."""
    filters = _filters(request)
    rows = [_country(code, count) for code, count in country_counts(filters.qs)]
    total = sum(row["count"] for row in rows)
    top = rows[0] if rows else None
    context = {
        "form": filters.form,
        "rows": rows,
        "map": country_map(rows),
        "most": max((row["count"] for row in rows), default=0),
        "total": total,
        "top": top,
        "top_share": top["count"] / total if top else None,
    }
    return render(request, "minerals/smelters/countries.html", context)


def _country(code: str, count: int) -> dict[str, Any]:
    return {"code": code, "name": str(countries.name(code) or _("Not known")), "count": count}


@require_safe
def smelter_export(request: SignedInRequest) -> HttpResponseBase:
    """Exactly what the list shows with these filters, all pages of it."""
    filters = _filters(request)
    rows = _table_rows(filters.qs, status_book(filters.day))
    return export_response(request, _("Smelters"), filters.form, _columns(), rows)


def _columns() -> list[Column]:
    return [
        Column(_("Smelter ID"), 14),
        Column(_("Metal"), 14),
        Column(_("Standard name"), 44),
        Column(_("Country or region"), 28),
        Column(_("State or province"), 20),
        Column(_("City"), 20),
        Column(_("Status"), 26),
        Column(_("Assurance"), 16),
        Column(_("Last assessment"), 14),
        Column(_("Next assessment due"), 14),
        Column(_("Suppliers"), 10),
        Column(_("Declarations"), 10),
    ]


def _table_rows(found: QuerySet[Smelter], book: StatusBook) -> Iterator[list[Value]]:
    smelter: Any
    for smelter in found.iterator(chunk_size=BATCH):
        row = smelter_row(smelter, book)
        yield [
            smelter.cid,
            mineral_name(smelter.metal),
            smelter.name,
            str(countries.name(smelter.country_code) or smelter.country),
            smelter.state,
            smelter.city,
            row.badge.label,
            str(CLASS_WORDS[row.status_class]) if row.status_class else "",
            smelter.last_audit_on,
            smelter.due_on,
            smelter.supplier_count,
            smelter.declaration_count,
        ]
