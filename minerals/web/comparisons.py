"""What changed between two declarations."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_noop as N_
from django.views.decorators.http import require_safe

from core.errors import InvalidInput, NotFound
from minerals.models import Declaration
from minerals.selectors.comparison import compared
from minerals.selectors.declarations import comparable_with, declaration_for
from minerals.web.requests import PortalRequest, frame

NOT_COMPARABLE = N_("Only declarations of one supplier and one form can be compared.")


@require_safe
def declaration_compare(request: PortalRequest, pk: int, other: int) -> HttpResponse:
    """``pk`` is the newer side, ``other`` the one it is held against."""
    chosen = request.GET.get("against", "")
    if chosen.isdigit():
        return redirect("minerals:declaration-compare", pk=pk, other=int(chosen))
    new, old = declaration_for(request.user, pk), declaration_for(request.user, other)
    _require_comparable(new, old)
    context = {
        **frame(request.user),
        "declaration": new,
        "old": old,
        "others": comparable_with(new),
        "changes": compared(old, new),
    }
    return render(request, "minerals/compare.html", context)


def _require_comparable(new: Declaration, old: Declaration) -> None:
    if new.pk == old.pk:
        raise NotFound("nothing_to_compare", N_("A declaration does not differ from itself."))
    same = new.supplier_id is not None and new.supplier_id == old.supplier_id
    if not same or new.family != old.family:
        raise InvalidInput("not_comparable", NOT_COMPARABLE)
