"""The list of declarations and its export."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.web.requests import SignedInRequest, frame
from core.web.exports import export_response
from core.web.paging import page_of
from minerals import policies
from minerals.filters import DeclarationFilter
from minerals.selectors.declarations import declarations_for
from minerals.selectors.verdict_words import verdict_badge
from minerals.web.exports import declaration_columns, declaration_rows

RARE_FILTERS = ("family", "version", "status", "received_from", "received_to")


def _filters(request: SignedInRequest) -> DeclarationFilter:
    policies.require_view_declarations(request.user)
    return DeclarationFilter(request.GET, declarations_for(request.user), request=request)


@require_safe
def declaration_list(request: SignedInRequest) -> HttpResponse:
    filters = _filters(request)
    form = filters.form
    page = page_of(request, filters.qs)
    context = {
        **frame(request.user),
        "form": form,
        "page_obj": page,
        "rows": [(item, verdict_badge(item)) for item in page],
        "export_url": reverse("minerals:declaration-export"),
        "rare": [form[name] for name in RARE_FILTERS],
        "rare_count": sum(bool(request.GET.get(name)) for name in RARE_FILTERS),
        "may_upload": policies.can_upload(request.user),
    }
    return render(request, "minerals/declaration_list.html", context)


@require_safe
def declaration_export(request: SignedInRequest) -> HttpResponseBase:
    """Exactly what the list shows with these filters, all pages of it."""
    filters = _filters(request)
    return export_response(
        request,
        _("Declarations"),
        filters.form,
        declaration_columns(),
        declaration_rows(filters.qs),
    )
