"""Reviewing on the declaration page: steps beside the verdict, decisions beside the findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.web.requests import SignedInRequest, frame
from core.badges import Badge
from core.errors import DomainError, NotAllowed, NotFound
from core.web.errors import tell_error
from core.web.htmx import with_message
from core.web.posted import posted_text
from minerals.enums import DeclarationStatus, ReviewState
from minerals.models import Clarification, Declaration, Finding
from minerals.policies import review as policies
from minerals.rules.review import Tally
from minerals.rules.review_steps import RUNNING, Step, steps_from
from minerals.selectors.clarifications import clarification_badge, clarifications_for
from minerals.selectors.declarations import declaration_for
from minerals.selectors.finding_lines import finding_line
from minerals.selectors.review import key_of, standing_of
from minerals.selectors.review_words import review_badge, tally_words
from minerals.services.finding_decisions import (
    DecisionInput,
    decide_findings,
    undo_finding_decision,
)
from minerals.services.review import take_step


@dataclass(frozen=True, slots=True)
class ReviewPanel:
    """The strip below the verdict for our own people. ``steps``: the buttons of this reader."""

    badge: Badge | None
    tally: Tally
    tally_words: str
    steps: list[Step]
    pending: int
    fresh: int
    clarifications: list[tuple[Clarification, Badge]]


def review_panel(actor: User, declaration: Declaration) -> ReviewPanel | None:
    """None for whom, or for what, there is nothing to review. Four queries."""
    if not policies.can_see_review(actor) or not is_reviewed(declaration):
        return None
    may = policies.can_review(actor) and declaration.status != DeclarationStatus.SUPERSEDED
    own = Q(declaration=declaration) | Q(answered_with=declaration)
    asked = clarifications_for(actor).filter(own)
    found = standing_of(declaration)
    is_open = declaration.review == ReviewState.CLARIFICATION_OPEN
    return ReviewPanel(
        review_badge(declaration),
        found.tally,
        tally_words(found.tally),
        steps_from(declaration.review) if may else [],
        len(found.pending) if may and not is_open else 0,
        found.fresh,
        [(one, clarification_badge(one, internal=True)) for one in asked],
    )


def is_reviewed(declaration: Declaration) -> bool:
    """Read, and somebody's."""
    return declaration.judged and not declaration.error and declaration.supplier_id is not None


def may_decide_findings(actor: User, declaration: Declaration) -> bool:
    running = declaration.review in RUNNING
    current = declaration.status != DeclarationStatus.SUPERSEDED
    return policies.can_review(actor) and is_reviewed(declaration) and running and current


@require_POST
def review_step(request: SignedInRequest, pk: int) -> HttpResponse:
    step = request.POST.get("step", "")
    try:
        declaration = take_step(request.user, pk, step, posted_text(request, "reason"))
    except DomainError as error:
        tell_error(request, error)
    else:
        messages.success(request, _told(declaration, step))
    return redirect("minerals:declaration-detail", pk)


@require_POST
def finding_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """One finding, or several alike; the refreshed finding comes back to htmx."""
    keys = request.POST.getlist("key")
    data = DecisionInput(keys, request.POST.get("kind", ""), posted_text(request, "reason"))
    try:
        decide_findings(request.user, pk, data)
    except (NotAllowed, NotFound):
        raise
    except DomainError as error:
        return _answer(request, pk, keys, error)
    return _answer(request, pk, keys)


@require_POST
def finding_decision_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    try:
        decision = undo_finding_decision(request.user, pk)
    except DomainError as error:
        tell_error(request, error)
        return redirect("minerals:declaration-list")
    seen = request.POST.get("declaration", "")
    declaration_id = int(seen) if seen.isdecimal() else decision.declaration_id
    return _answer(request, declaration_id, [decision.finding_key])


def _told(declaration: Declaration, step: str) -> str:
    match step:
        case "accept":
            return str(declaration.get_review_display()) + "."
        case "reject":
            return _("Rejected. The supplier has been told.")
        case "reopen":
            return _("The review is open again.")
    return _("You are the reviewer now.")


def _answer(
    request: SignedInRequest, pk: int, keys: list[str], problem: DomainError | None = None
) -> HttpResponse:
    declaration = declaration_for(request.user, pk)
    finding = _finding(declaration, keys)
    if request.htmx and finding is not None and len(keys) == 1:
        context = _context(request, declaration, finding, problem)
        response = render(request, "minerals/_finding_decided.html", context)
        return with_message(response, problem.message, "now") if problem else response
    if problem is not None:
        tell_error(request, problem)
    address = reverse("minerals:declaration-detail", args=[pk])
    return redirect(f"{address}?tab=findings" + (f"#{finding.anchor}" if finding else ""))


def _finding(declaration: Declaration, keys: list[str]) -> Finding | None:
    return next((one for one in declaration.findings.all() if key_of(one) in keys), None)


def _context(
    request: SignedInRequest,
    declaration: Declaration,
    finding: Finding,
    problem: DomainError | None,
) -> dict[str, Any]:
    return {
        **frame(request.user),
        "declaration": declaration,
        "item": finding_line(declaration, finding),
        "may_decide_findings": may_decide_findings(request.user, declaration),
        "panel": review_panel(request.user, declaration),
        "may_review": policies.can_review(request.user),
        "typed": posted_text(request, "reason") if problem else "",
        "typed_kind": request.POST.get("kind", "") if problem else "",
    }
