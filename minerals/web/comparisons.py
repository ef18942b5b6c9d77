"""What changed between two declarations."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.web.requests import SignedInRequest, frame
from core.numbers import whole_number
from minerals.selectors.comparison import compared, require_comparable
from minerals.selectors.declarations import comparable_with, declaration_for


@require_safe
def declaration_compare(request: SignedInRequest, pk: int, other: int) -> HttpResponse:
    """``pk`` is the newer side, ``other`` the one it is held against."""
    chosen = whole_number(request.GET.get("against", ""))
    if chosen is not None:
        return redirect("minerals:declaration-compare", pk=pk, other=chosen)
    new, old = declaration_for(request.user, pk), declaration_for(request.user, other)
    require_comparable(new, old)
    context = {
        **frame(request.user),
        "declaration": new,
        "old": old,
        "others": comparable_with(new),
        "changes": compared(old, new),
    }
    return render(request, "minerals/compare.html", context)
