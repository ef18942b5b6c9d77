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
from minerals.filters.declarations import DeclarationFilter
from minerals.policies import declarations as policies
from minerals.policies.review import can_review
from minerals.selectors.declarations import declarations_for
from minerals.selectors.verdict_words import verdict_badge
from minerals.web.exports import declaration_columns, declaration_rows

RARE_FILTERS = ("reviewer", "family", "version", "status", "received_from", "received_to")


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
        "rare": [form[name] for name in RARE_FILTERS if name in form.fields],
        "rare_count": sum(bool(request.GET.get(name)) for name in RARE_FILTERS),
        "may_upload": policies.can_upload(request.user),
        "may_review": can_review(request.user),
        "filter_pairs": _pairs(request),
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
        declaration_rows(filters.qs, internal=request.user.is_internal),
    )


def _pairs(request: SignedInRequest) -> list[tuple[str, str]]:
    """For hidden fields that carry the filters along."""
    lists = request.GET.lists()
    return [(name, value) for name, values in lists if name != "page" for value in values]
