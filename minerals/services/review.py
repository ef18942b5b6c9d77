"""The steps of a review: begin, take over, accept, reject, reopen.

The table in ``minerals.rules.review_steps`` says which step leads where.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput
from core.services.activity import record_activity
from minerals.enums import ClarificationState, DeclarationStatus, ReviewState, VerdictState
from minerals.models import Clarification, Declaration
from minerals.policies import review as policies
from minerals.rules.review_steps import REJECTED, STEPS, UNDER_REVIEW, Step
from minerals.selectors.declarations import declaration_for
from minerals.selectors.documents import document_of
from minerals.selectors.review import tally_of
from minerals.services.content_key import content_key
from minerals.services.gate import push_declaration_gate, withdraw_acceptance
from minerals.services.rating import rate_later
from minerals.services.review_messages import (
    settle_answered,
    settle_asked,
    tell_accepted,
    tell_rejected,
    tell_taken_back,
)
from minerals.services.supersession import current_status, lock_suppliers

if TYPE_CHECKING:
    from accounts.models import User

FIELDS = ["review", "reviewer", "reviewed_at", "review_note", "status"]
MAX_REASON = 2000


@transaction.atomic
def take_step(actor: User, declaration_id: int, code: str, reason: str = "") -> Declaration:
    """One step of the table that is taken by a button.

    Errors: may_not_review, declaration_not_found, unknown_step, step_not_possible, reason_missing,
    errors_undecided, and those of ``reviewable``.
    """
    step = STEPS.get(code)
    if step is None or step.own_page:
        raise InvalidInput("unknown_step", N_("There is no such step."), field="step")
    declaration = reviewable(actor, declaration_id)
    require_step(declaration, step)
    reason = clean_text(reason, "reason", needed=step.needs_reason)
    match code:
        case "begin":
            begin(actor, declaration)
        case "take_over":
            _take_over(actor, declaration)
        case "accept":
            _accept(actor, declaration)
        case "reject":
            _reject(actor, declaration, reason)
        case _:
            _reopen(actor, declaration, reason)
    return declaration


def reviewable(actor: User, declaration_id: int) -> Declaration:
    """The declaration, locked after its supplier, for a reviewer who sees it.

    Errors: may_not_review, declaration_not_found, declaration_not_judged,
    declaration_without_supplier, declaration_superseded.
    """
    policies.require_review(actor)
    lock_suppliers(declaration_for(actor, declaration_id).supplier_id)
    found = Declaration.objects.select_for_update(of=("self",)).select_related(
        "supplier", "reviewer"
    )
    declaration = found.get(pk=declaration_id)
    if not declaration.judged or declaration.verdict == VerdictState.UNREADABLE:
        raise DomainError(
            "declaration_not_judged", N_("Only a declaration that could be read is reviewed.")
        )
    if declaration.supplier is None:
        raise DomainError(
            "declaration_without_supplier", N_("Say first whose declaration this is.")
        )
    if declaration.status == DeclarationStatus.SUPERSEDED:
        raise DomainError(
            "declaration_superseded",
            N_("A newer declaration has taken its place. Review that one."),
        )
    _ensure_content_key(declaration)
    return declaration


def require_step(declaration: Declaration, step: Step) -> None:
    if declaration.review not in step.states:
        raise DomainError(
            "step_not_possible",
            N_("This is not possible while the declaration stands where it does. Look again."),
        )


def clean_text(text: str, field: str, *, needed: bool) -> str:
    text = text.strip()
    if needed and not text:
        raise InvalidInput("reason_missing", N_("Please give a reason."), field=field)
    if len(text) > MAX_REASON:
        raise InvalidInput(
            "text_too_long",
            N_("At most %(limit)s characters."),
            {"limit": MAX_REASON},
            field=field,
        )
    return text


def begin(actor: User, declaration: Declaration) -> None:
    """The actor becomes the reviewer; nothing where somebody has begun."""
    if declaration.review:
        return
    declaration.reviewer = actor
    set_review(declaration, ReviewState.UNDER_REVIEW)
    record_activity(actor, "declaration.review_begun", declaration)


def set_review(declaration: Declaration, state: str) -> None:
    """Store the state; the status follows while the declaration is the current one."""
    declaration.review = state
    if declaration.status != DeclarationStatus.SUPERSEDED:
        declaration.status = current_status(declaration)
    declaration.save(update_fields=FIELDS)


def review_changed(declaration: Declaration) -> None:
    """What follows from reviews elsewhere: the gate of the lifecycle, the rating of the risk."""
    push_declaration_gate(declaration.supplier_id)
    rate_later(declaration.supplier_id)


def _take_over(actor: User, declaration: Declaration) -> None:
    if declaration.reviewer_id == actor.pk:
        return
    before = str(declaration.reviewer or "")
    declaration.reviewer = actor
    declaration.save(update_fields=["reviewer"])
    record_activity(actor, "declaration.review_taken", declaration, before=before)


def _accept(actor: User, declaration: Declaration) -> None:
    found = tally_of(declaration)
    if not found.outcome:
        raise DomainError(
            "errors_undecided",
            N_("%(count)s errors are neither corrected nor waived."),
            {"count": found.open_errors},
        )
    _decide(actor, declaration, found.outcome, "")
    record_activity(actor, f"declaration.{found.outcome}", declaration, exceptions=found.exceptions)
    tell_accepted(declaration)
    review_changed(declaration)


def _reject(actor: User, declaration: Declaration, reason: str) -> None:
    _decide(actor, declaration, REJECTED, reason)
    record_activity(actor, "declaration.rejected", declaration, reason=reason)
    tell_rejected(declaration, reason)
    review_changed(declaration)


def _decide(actor: User, declaration: Declaration, state: str, note: str) -> None:
    declaration.reviewer = actor
    declaration.reviewed_at = clock.now()
    declaration.review_note = note
    set_review(declaration, state)
    declaration.findings.filter(is_new=True).update(is_new=False)
    end_clarifications(declaration)


def _reopen(actor: User, declaration: Declaration, reason: str) -> None:
    declaration.reviewer = actor
    declaration.reviewed_at = None
    declaration.review_note = ""
    set_review(declaration, UNDER_REVIEW)
    declaration.findings.filter(is_new=True).update(is_new=False)
    record_activity(actor, "declaration.reopened", declaration, reason=reason)
    review_changed(declaration)
    withdraw_acceptance(declaration)


def end_clarifications(declaration: Declaration) -> None:
    """Answered ones are closed; an open one needs no answer any more."""
    running = (ClarificationState.OPEN, ClarificationState.ANSWERED)
    own = Q(declaration=declaration) | Q(answered_with=declaration)
    for one in Clarification.objects.filter(own, state__in=running):
        was_open = one.state == ClarificationState.OPEN
        one.state = ClarificationState.CANCELLED if was_open else ClarificationState.CLOSED
        one.closed_at = clock.now()
        one.save(update_fields=["state", "closed_at"])
        settle_asked(one)
        settle_answered(one)
        if was_open:
            tell_taken_back(one)


def _ensure_content_key(declaration: Declaration) -> None:
    """Files judged before contents had keys get theirs when somebody decides about them."""
    if declaration.content_key:
        return
    document = document_of(declaration)
    own = f"declaration:{declaration.pk}"
    declaration.content_key = content_key(document) if document else own
    declaration.save(update_fields=["content_key"])
