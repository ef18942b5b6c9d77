"""Saying on the smelter tab whether a smelter is in our products."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.web.requests import SignedInRequest, frame
from core.errors import DomainError
from core.web.errors import tell_error
from minerals.policies.review import can_link_products
from minerals.selectors.decisions import smelter_row
from minerals.services.product_links import set_product_link


@require_POST
def product_link(request: SignedInRequest, pk: int) -> HttpResponse:
    try:
        line = set_product_link(request.user, pk, request.POST.get("link", ""))
    except DomainError as error:
        tell_error(request, error)
        line = smelter_row(request.user, pk)
    if request.htmx:
        context = {
            **frame(request.user),
            "line": smelter_row(request.user, pk),
            "may_link": can_link_products(request.user),
        }
        return render(request, "minerals/_product_link.html", context)
    address = reverse("minerals:declaration-detail", args=[line.declaration_id])
    return redirect(f"{address}?tab=smelters#row-{line.row}")
