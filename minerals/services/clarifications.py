"""Questions to the supplier: sent together, answered in words, looked at, closed or asked again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput
from core.services.activity import record_activity
from minerals.enums import ClarificationState, ReviewState
from minerals.models import Clarification, ClarificationItem, Declaration, Finding
from minerals.policies import review as policies
from minerals.rules.review import DUE_WORKING_DAYS, working_days_after
from minerals.rules.review_steps import STEPS
from minerals.selectors.clarifications import clarification_for, clarification_of_supplier
from minerals.selectors.review import FindingReview, pending_questions, reviewers
from minerals.services.review import (
    clean_text,
    end_clarifications,
    require_step,
    reviewable,
    set_review,
)
from minerals.services.review_messages import (
    settle_answered,
    settle_asked,
    tell_answered,
    tell_asked,
    tell_taken_back,
)
from minerals.services.supersession import lock_suppliers
from suppliers.models import Supplier
from suppliers.selectors.recipients import reachable, who_see
from suppliers.services.guests import guests

if TYPE_CHECKING:
    from accounts.models import User

LONGEST_DAYS = 365


@dataclass(frozen=True, slots=True)
class AskInput:
    """``questions``: own words by the key of the finding, instead of those of the decision.
    ``owner_id`` None: the actor."""

    due_on: dt.date
    owner_id: int | None = None
    message: str = ""
    questions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnswerInput:
    """``answers`` by the position of the question. ``is_final``: send them to the customer;
    otherwise they are kept to go on later."""

    answers: Mapping[int, str]
    is_final: bool = True


def default_due() -> dt.date:
    return working_days_after(clock.today(), DUE_WORKING_DAYS)


@transaction.atomic
def send_questions(actor: User, declaration_id: int, data: AskInput) -> Clarification:
    """Ask the supplier everything that waits to be asked about the declaration.

    Errors: those of ``reviewable``, step_not_possible, no_questions, due_date_wrong,
    owner_cannot_review, nobody_to_ask, text_too_long.
    """
    declaration = reviewable(actor, declaration_id)
    require_step(declaration, STEPS["ask"])
    supplier = declaration.supplier
    assert supplier is not None  # reviewable() has seen to it
    pending = pending_questions(declaration)
    if not pending:
        raise DomainError("no_questions", N_("Choose at least one finding to ask about first."))
    _require_due_date(data.due_on)
    owner = _owner(actor, data.owner_id, supplier)
    if not reachable([supplier]) and not guests().reaches(supplier):
        raise DomainError(
            "nobody_to_ask",
            N_("Nobody of the supplier can sign in yet. Invite one of its people first."),
        )
    end_clarifications(declaration)
    made = Clarification.objects.create(
        declaration=declaration,
        supplier=supplier,
        owner=owner,
        due_on=data.due_on,
        message=clean_text(data.message, "message", needed=False),
    )
    ClarificationItem.objects.bulk_create(
        _item(made, position, finding, review, data.questions)
        for position, (finding, review) in enumerate(pending, start=1)
    )
    declaration.reviewer = declaration.reviewer or actor
    set_review(declaration, ReviewState.CLARIFICATION_OPEN)
    record_activity(
        actor,
        "clarification.asked",
        declaration,
        clarification=made.pk,
        count=len(pending),
        due_on=data.due_on.isoformat(),
    )
    tell_asked(made)
    return made


@transaction.atomic
def answer_questions(actor: User, clarification_id: int, data: AnswerInput) -> Clarification:
    """The supplier answers, all at once or bit by bit.

    Errors: clarification_not_found, may_not_answer, clarification_not_open, answers_missing,
    text_too_long.
    """
    seen = clarification_for(actor, clarification_id)
    policies.require_answer(actor)
    return _answer(seen, data, actor)


@transaction.atomic
def answer_as_guest(supplier_id: int, clarification_id: int, data: AnswerInput) -> Clarification:
    """The same without an account; the caller knows that the person speaks for the supplier.

    Errors: clarification_not_found, clarification_not_open, answers_missing, text_too_long.
    """
    return _answer(clarification_of_supplier(supplier_id, clarification_id), data, None)


def _answer(seen: Clarification, data: AnswerInput, actor: User | None) -> Clarification:
    clarification = _hold(seen)
    _require_open(clarification)
    items = list(clarification.items.all())
    for item in items:
        if item.position in data.answers:
            item.answer = clean_text(
                data.answers[item.position], f"answer-{item.position}", needed=False
            )
    if data.is_final and not all(item.answer for item in items):
        raise InvalidInput(
            "answers_missing",
            N_("Please answer each question, or upload a corrected file instead."),
        )
    ClarificationItem.objects.bulk_update(items, ["answer"])
    if not data.is_final:
        return clarification
    clarification.state = ClarificationState.ANSWERED
    clarification.answered_by = actor
    clarification.answered_at = clock.now()
    clarification.save(update_fields=["state", "answered_by", "answered_at"])
    declaration = clarification.declaration
    if declaration.review == ReviewState.CLARIFICATION_OPEN:
        set_review(declaration, ReviewState.UNDER_REVIEW)
    record_activity(actor, "clarification.answered", declaration, clarification=clarification.pk)
    settle_asked(clarification)
    tell_answered(clarification)
    return clarification


@transaction.atomic
def take_questions_back(actor: User, clarification_id: int) -> Clarification:
    """The supplier need not answer; the questions wait to be sent again.

    Errors: clarification_not_found, may_not_review, clarification_not_open.
    """
    clarification = _locked(actor, clarification_id)
    policies.require_review(actor)
    _require_open(clarification)
    clarification.state = ClarificationState.CANCELLED
    clarification.closed_at = clock.now()
    clarification.save(update_fields=["state", "closed_at"])
    declaration = clarification.declaration
    if declaration.review == ReviewState.CLARIFICATION_OPEN:
        set_review(declaration, ReviewState.UNDER_REVIEW)
    record_activity(actor, "clarification.cancelled", declaration, clarification=clarification.pk)
    settle_asked(clarification)
    tell_taken_back(clarification)
    return clarification


@transaction.atomic
def close_clarification(actor: User, clarification_id: int) -> Clarification:
    """The answers were looked at. Errors: clarification_not_found, may_not_review,
    clarification_not_answered."""
    clarification = _locked(actor, clarification_id)
    policies.require_review(actor)
    if clarification.state != ClarificationState.ANSWERED:
        raise DomainError(
            "clarification_not_answered", N_("Only questions that were answered are closed.")
        )
    clarification.state = ClarificationState.CLOSED
    clarification.closed_at = clock.now()
    clarification.save(update_fields=["state", "closed_at"])
    facts = {"clarification": clarification.pk}
    record_activity(actor, "clarification.closed", clarification.declaration, **facts)
    settle_answered(clarification)
    return clarification


def _item(
    clarification: Clarification,
    position: int,
    finding: Finding,
    review: FindingReview,
    questions: Mapping[str, str],
) -> ClarificationItem:
    own = review.decision.reason if review.decision else ""
    return ClarificationItem(
        clarification=clarification,
        position=position,
        finding_key=review.key,
        code=finding.code,
        cell=finding.cell,
        params=finding.params,
        question=clean_text(questions.get(review.key, own), "questions", needed=False),
    )


def _locked(actor: User, clarification_id: int) -> Clarification:
    return _hold(clarification_for(actor, clarification_id))


def _hold(seen: Clarification) -> Clarification:
    """Locked like everywhere: supplier, declaration, then the clarification itself."""
    lock_suppliers(seen.supplier_id)
    locked = Clarification.objects.select_for_update(of=("self",)).select_related(
        "supplier", "owner"
    )
    found = locked.get(pk=seen.pk)
    declarations = Declaration.objects.select_for_update(of=("self",))
    found.declaration = declarations.select_related("reviewer").get(pk=found.declaration_id)
    return found


def _require_open(clarification: Clarification) -> None:
    if clarification.state != ClarificationState.OPEN:
        raise DomainError("clarification_not_open", N_("These questions need no answer any more."))


def _require_due_date(due_on: dt.date) -> None:
    today = clock.today()
    if not today < due_on <= today + dt.timedelta(days=LONGEST_DAYS):
        raise InvalidInput(
            "due_date_wrong", N_("The due date lies after today, within a year."), field="due_on"
        )


def _owner(actor: User, owner_id: int | None, supplier: Supplier) -> User:
    if owner_id is None or owner_id == actor.pk:
        return actor
    chosen = reviewers().filter(pk=owner_id).first()
    if chosen is None or not who_see(supplier, [chosen]):
        raise InvalidInput(
            "owner_cannot_review",
            N_("Choose a colleague who reviews declarations of this supplier."),
            field="owner",
        )
    return chosen
