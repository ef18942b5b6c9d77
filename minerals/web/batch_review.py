"""Accepting the clean ones among the selected declarations: which, and which not and why."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from accounts.web.requests import SignedInRequest
from core.errors import DomainError
from core.numbers import whole_number
from core.web.errors import tell_error
from minerals.filters.declarations import DeclarationFilter
from minerals.policies import review as policies
from minerals.selectors.declarations import declarations_for
from minerals.services.batch_review import AT_MOST, accept_clean, plan_acceptance

SKIP_WORDS: dict[str, str | Promise] = {
    "superseded": gettext_lazy("a newer declaration has taken its place"),
    "unreadable": gettext_lazy("it could not be read"),
    "no_supplier": gettext_lazy("nobody has said whose it is"),
    "decided": gettext_lazy("its review is closed"),
    "clarification": gettext_lazy("questions to the supplier are open"),
    "smelters": gettext_lazy("smelters wait to be confirmed"),
    "errors": gettext_lazy("errors are neither corrected nor waived"),
    "exceptions": gettext_lazy("warnings or waivers want a look"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def accept_selected(request: SignedInRequest) -> HttpResponse:
    """GET names what will happen; POST accepts exactly the declarations that were named."""
    policies.require_review(request.user)
    if request.method == "POST":
        try:
            done = accept_clean(request.user, _keys(request.POST.getlist("ids")))
        except DomainError as error:
            tell_error(request, error)
        else:
            count = sum(not line.skip for line in done)
            words = ngettext(
                "%(count)s declaration accepted.", "%(count)s declarations accepted.", count
            )
            messages.success(request, words % {"count": count})
        return redirect("minerals:declaration-list")
    keys = _selected(request)
    planned = plan_acceptance(request.user, keys[:AT_MOST])
    context = {
        "clean": [line.declaration for line in planned if not line.skip],
        "skipped": [(line.declaration, SKIP_WORDS[line.skip]) for line in planned if line.skip],
        "is_too_many": len(keys) > AT_MOST,
        "at_most": AT_MOST,
    }
    return render(request, "minerals/accept_selected.html", context)


def _selected(request: SignedInRequest) -> list[int]:
    """``?ids=1&ids=2``, or with ``all=1`` everything that fits the filters of the address."""
    if request.GET.get("all") == "1":
        listed = declarations_for(request.user)
        found = DeclarationFilter(request.GET, listed, request=request).everything_found
        return list(found.values_list("pk", flat=True)[: AT_MOST + 1])
    return _keys(request.GET.getlist("ids"))


def _keys(texts: list[str]) -> list[int]:
    return [key for text in texts if (key := whole_number(text)) is not None]
