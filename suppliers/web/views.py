"""Pages of suppliers. The page of one supplier is composed by the portal (``config.urls``)."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.web.requests import SignedInRequest
from core.web.exports import export_response
from core.web.paging import page_of
from suppliers import policies
from suppliers.filters import supplier_filter
from suppliers.selectors.suppliers import supplier_rows
from suppliers.web.exports import supplier_columns, supplier_table_rows


@require_safe
def supplier_list(request: SignedInRequest) -> HttpResponse:
    policies.require_view_suppliers(request.user)
    filters = supplier_filter(request.GET, supplier_rows(request.user), request)
    context = {
        "form": filters.form,
        "page_obj": page_of(request, filters.qs),
        "export_url": reverse("suppliers:supplier-export"),
        "may_manage": policies.can_manage_suppliers(request.user),
    }
    return render(request, "suppliers/supplier_list.html", context)


@require_safe
def supplier_export(request: SignedInRequest) -> HttpResponseBase:
    """What the list shows with the same filters, as a workbook or (``format=csv``) as CSV."""
    policies.require_view_suppliers(request.user)
    filters = supplier_filter(request.GET, supplier_rows(request.user), request)
    rows = supplier_table_rows(filters.qs)
    return export_response(request, _("Suppliers"), filters.form, supplier_columns(), rows)
