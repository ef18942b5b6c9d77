"""What an arriving declaration means for questions that are open about the one before it."""

from __future__ import annotations

from core import clock
from core.services.activity import record_activity
from minerals.enums import ClarificationState, DeclarationStatus, ReviewState
from minerals.models import Clarification, Declaration
from minerals.services.review_messages import settle_asked, tell_answered
from minerals.services.supersession import current_status

RUNNING = (ClarificationState.OPEN, ClarificationState.ANSWERED)


def settle_with_file(declaration: Declaration) -> None:
    """A declaration was judged: it answers the questions about the supplier's
    former one of the same family, unless it says the very same; then they go on with it.

    The supplier must be locked. A file that an older one supersedes answers nothing: it is
    no correction of what counts.
    """
    if declaration.status == DeclarationStatus.SUPERSEDED or not declaration.family:
        return
    found = Clarification.objects.select_related("declaration__reviewer", "supplier", "owner")
    running = found.filter(
        supplier=declaration.supplier_id,
        declaration__family=declaration.family,
        state__in=RUNNING,
        answered_with=None,
    ).exclude(declaration=declaration)
    for clarification in running.order_by("asked_at", "pk"):
        if clarification.declaration.content_key == declaration.content_key:
            _go_on_with(clarification, declaration)
        else:
            _answer_with(clarification, declaration)


def _go_on_with(clarification: Clarification, declaration: Declaration) -> None:
    """The same answers in a new file: what was asked is still asked."""
    before = clarification.declaration
    is_open = clarification.state == ClarificationState.OPEN
    clarification.declaration = declaration
    clarification.save(update_fields=["declaration"])
    state = ReviewState.CLARIFICATION_OPEN if is_open else ReviewState.UNDER_REVIEW
    _take_along(before, declaration, state)
    record_activity(
        None, "clarification.goes_on", declaration, clarification=clarification.pk, before=before.pk
    )


def _answer_with(clarification: Clarification, declaration: Declaration) -> None:
    before = clarification.declaration
    was_open = clarification.state == ClarificationState.OPEN
    clarification.answered_with = declaration
    if was_open:
        clarification.state = ClarificationState.ANSWERED
        clarification.answered_at = clock.now()
        clarification.answered_by = declaration.uploaded_by
    clarification.save(update_fields=["answered_with", "state", "answered_at", "answered_by"])
    _take_along(before, declaration, ReviewState.UNDER_REVIEW)
    record_activity(
        declaration.uploaded_by,
        "clarification.corrected",
        before,
        clarification=clarification.pk,
        file=declaration.file_name,
        by=declaration.pk,
    )
    if was_open:
        settle_asked(clarification)
    tell_answered(clarification)


def _take_along(before: Declaration, declaration: Declaration, state: ReviewState) -> None:
    """The review goes on with the new file and the same reviewer."""
    if before.review == ReviewState.CLARIFICATION_OPEN:
        before.review = ReviewState.UNDER_REVIEW
        before.save(update_fields=["review"])
    declaration.reviewer = before.reviewer
    declaration.review = state
    declaration.status = current_status(declaration)
    declaration.save(update_fields=["reviewer", "review", "status"])
