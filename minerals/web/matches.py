"""Deciding in place which smelter a name means, and taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from django.views.decorators.http import require_POST, require_safe

from accounts.web.requests import SignedInRequest, frame
from core.errors import DomainError, InvalidInput, NotAllowed
from core.numbers import whole_number
from core.web.errors import tell_error
from core.web.htmx import with_message
from core.web.paging import page_of
from minerals.enums import DecisionKind
from minerals.filters.declarations import DecisionFilter, choose_from
from minerals.models import SmelterLine
from minerals.policies import declarations as policies
from minerals.policies.review import can_link_products
from minerals.selectors.candidates import candidates
from minerals.selectors.decisions import decisions_for, smelter_row, with_rejections
from minerals.selectors.declarations import declaration_for, finding_counts
from minerals.selectors.line_statuses import line_statuses
from minerals.selectors.questions import mineral_name
from minerals.selectors.verdict_words import verdict_words
from minerals.services.decisions import decide_match, undo_decision
from minerals.web.declaration_page import tab_links


@require_POST
def match_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Confirm or reject a suggestion of a row; the refreshed row comes back."""
    line = smelter_row(request.user, pk)
    try:
        decide_match(request.user, pk, request.POST.get("cid", ""), _kind(request))
    except NotAllowed:
        raise
    except DomainError as error:
        return _answer(request, line, error)
    return _answer(request, line)


@require_safe
def match_candidates(request: SignedInRequest, pk: int) -> HttpResponse:
    """Smelters to choose from for a row, found by the words typed; a part or a page of its own."""
    policies.require_decide_matches(request.user)
    line = smelter_row(request.user, pk)
    text = request.GET.get("q", "").strip()[:200]
    context = {
        **frame(request.user),
        "line": line,
        "text": text,
        "candidates": candidates(line, text),
    }
    part = "minerals/_candidates.html" if "q" in request.GET else "minerals/_choose.html"
    return render(request, part if request.htmx else "minerals/choose.html", context)


@require_POST
def decision_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Undo from a smelter row (``line`` says which) or from the list of decisions."""
    number = whole_number(request.POST.get("line", ""))
    line = smelter_row(request.user, number) if number is not None else None
    problem: DomainError | None = None
    try:
        undo_decision(request.user, pk, seen_in=line.declaration if line else None)
    except NotAllowed:
        raise
    except DomainError as error:
        problem = error
    if line is not None:
        return _answer(request, line, problem)
    if problem is not None:
        tell_error(request, problem)
    else:
        messages.success(request, _("Undone. The rows concerned are being judged again."))
    return redirect("minerals:decision-list")


def _kind(request: SignedInRequest) -> DecisionKind:
    try:
        return DecisionKind(request.POST.get("kind", ""))
    except ValueError:
        raise InvalidInput("unknown_decision", N_("Choose yes or no."), field="kind") from None


def _answer(
    request: SignedInRequest, line: SmelterLine, problem: DomainError | None = None
) -> HttpResponse:
    """The row as it is now, with the verdict and the tabs beside it."""
    if not request.htmx:
        if problem is not None:
            tell_error(request, problem)
        address = reverse("minerals:declaration-detail", args=[line.declaration_id])
        return redirect(f"{address}?tab=smelters#row-{line.row}")
    response = render(request, "minerals/_decided.html", _decided_context(request, line.pk))
    return with_message(response, problem.message, "now") if problem else response


def _decided_context(request: SignedInRequest, line_id: int) -> dict[str, Any]:
    line = smelter_row(request.user, line_id)
    declaration = declaration_for(request.user, line.declaration_id)
    counts = finding_counts(declaration)
    place = "findings" if request.POST.get("place") == "findings" else "smelters"
    return {
        **frame(request.user),
        "view": with_rejections([line])[0],
        "declaration": declaration,
        "counts": counts,
        "verdict": verdict_words(declaration, counts, internal=True, decides=True),
        "may_decide": policies.can_decide_matches(request.user),
        "may_link": can_link_products(request.user),
        "place": place,
        "tabs": tab_links(declaration, counts, place),
        "statuses": line_statuses(declaration, [line]),
    }


@require_safe
def decision_list(request: SignedInRequest) -> HttpResponse:
    policies.require_view_reference_list(request.user)
    decisions = decisions_for(request.user)
    filters = DecisionFilter(request.GET, decisions)
    metals = decisions.order_by("metal").values_list("metal", flat=True).distinct()
    choose_from(filters, "metal", metals, lambda metal: mineral_name(metal.title()))
    context = {
        **frame(request.user),
        "form": filters.form,
        "page_obj": page_of(request, filters.qs),
        "may_decide": policies.can_decide_matches(request.user),
    }
    return render(request, "minerals/decision_list.html", context)
