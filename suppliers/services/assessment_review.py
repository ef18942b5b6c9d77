"""Handing in a self-assessment, and what the CSR specialist decides about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from core import clock
from core.errors import DomainError, InvalidInput
from core.services.activity import record_activity
from core.spreadsheets.safe import clean_text
from suppliers.enums import AnswerKind, AssessmentState, RatingPartKind
from suppliers.models import Assessment
from suppliers.policies import assessments as policies
from suppliers.rules.assessment_score import AssessmentScore, ScoredAnswer, assessment_score
from suppliers.selectors.assessment_progress import progress
from suppliers.selectors.assessments import (
    answers_of,
    assessment_for,
    people_of,
    questions_of,
    reviewers,
    valid_until,
)
from suppliers.selectors.recipients import who_see
from suppliers.services.assessment_answers import open_assessment
from suppliers.services.assessment_messages import settle_asked, settle_handed_in, tell_people
from suppliers.services.ratings import RatingPartInput, record_rating_part

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_NOTE = 2000
DAYS_TO_MEND = 14
SOURCE = "suppliers"
HANDED_IN = N_("%(supplier)s has handed in “%(title)s”.")
ACCEPTED = N_("“%(title)s” has been accepted. Thank you.")
RETURNED = N_("Please look at “%(title)s” again by %(due)s: there are notes for you.")


@dataclass(frozen=True, slots=True)
class ReviewInput:
    """``notes``: what to mend by code of question; ``note``: about the whole. A form that is sent
    back needs at least one of them."""

    decision: Literal["accept", "return"]
    note: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def submit_assessment(actor: User, assessment_id: int) -> Assessment:
    """Hand in a complete form; the score is computed from it now.

    Errors: assessment_not_found, may_not_answer_assessments, assessment_closed,
    assessment_incomplete (``open`` questions without an answer, ``unconfirmed`` copied ones).
    """
    assessment = open_assessment(actor, assessment_id)
    questions, answers = questions_of(assessment.questionnaire_id), answers_of(assessment)
    state = progress(questions, answers)
    if not state.is_complete:
        raise DomainError(
            "assessment_incomplete",
            N_("%(open)s questions are open and %(unconfirmed)s copied answers not confirmed."),
            {"open": state.open, "unconfirmed": state.unconfirmed},
        )
    score = score_of(assessment)
    assessment.state = AssessmentState.SUBMITTED
    assessment.submitted_at, assessment.submitted_by = clock.now(), actor
    assessment.score = score.total
    assessment.area_scores = {
        area: None if value is None else float(value) for area, value in score.areas.items()
    }
    assessment.save()
    record_activity(
        actor,
        "assessment.submitted",
        assessment.supplier,
        assessment=assessment.pk,
        score=None if score.total is None else str(score.total),
        failed_keys=list(score.failed_keys),
    )
    settle_asked(assessment)
    tell_people(_watchers(assessment), assessment, "assessment.submitted", HANDED_IN)
    return assessment


def score_of(assessment: Assessment) -> AssessmentScore:
    """From the stored answers; two queries."""
    answers = answers_of(assessment)
    graded = [
        question
        for question in questions_of(assessment.questionnaire_id)
        if question.kind == AnswerKind.GRADED
    ]
    return assessment_score(
        ScoredAnswer(
            question.code,
            question.area,
            question.weight,
            question.is_key,
            answers[question.pk].grade if question.pk in answers else "",
        )
        for question in graded
    )


@transaction.atomic
def review_assessment(actor: User, assessment_id: int, data: ReviewInput) -> Assessment:
    """Accept (the score becomes a part of the rating) or send back with notes.

    Errors: assessment_not_found, may_not_review_assessments, assessment_not_submitted,
    review_decision_unknown, review_note_missing, review_note_too_long, question_not_found.
    """
    assessment = assessment_for(actor, assessment_id, locked=True)
    policies.require_review_assessments(actor)
    if assessment.state != AssessmentState.SUBMITTED:
        raise DomainError(
            "assessment_not_submitted",
            N_("Only a form that was handed in and is not decided yet can be reviewed."),
        )
    note, notes = _checked(assessment, data)
    if data.decision == "return" and not (note or notes):
        raise InvalidInput(
            "review_note_missing",
            N_("Write what should be mended, at a question or for the whole."),
            field="note",
        )
    assessment.reviewed_at, assessment.reviewed_by = clock.now(), actor
    assessment.review_note = note
    _write_notes(assessment, notes)
    settle_handed_in(assessment)
    if data.decision == "accept":
        _accept(actor, assessment)
    else:
        _send_back(actor, assessment, len(notes))
    return assessment


def _accept(actor: User, assessment: Assessment) -> None:
    assessment.state = AssessmentState.ACCEPTED
    assessment.save()
    record_activity(
        actor,
        "assessment.accepted",
        assessment.supplier,
        assessment=assessment.pk,
        score=None if assessment.score is None else str(assessment.score),
    )
    if assessment.score is not None and assessment.submitted_at is not None:
        record_rating_part(
            actor,
            assessment.supplier,
            RatingPartInput(
                kind=RatingPartKind.SELF_ASSESSMENT,
                score=assessment.score,
                dated_on=timezone.localdate(assessment.submitted_at),
                valid_until=valid_until(assessment),
                source=SOURCE,
                source_ref=f"{assessment._meta.label_lower}:{assessment.pk}",
            ),
        )
    tell_people(people_of(assessment.supplier), assessment, "assessment.accepted", ACCEPTED)


def _send_back(actor: User, assessment: Assessment, count: int) -> None:
    """The supplier gets time to mend, and is reminded by the new date."""
    today = clock.today()
    assessment.state = AssessmentState.RETURNED
    assessment.due_on = max(assessment.due_on, today + dt.timedelta(days=DAYS_TO_MEND))
    assessment.reminders, assessment.reminded_on = 0, today
    assessment.save()
    record_activity(
        actor,
        "assessment.returned",
        assessment.supplier,
        assessment=assessment.pk,
        name=assessment.review_note[:200],
        notes=count,
    )
    people = people_of(assessment.supplier)
    tell_people(people, assessment, "assessment.returned", RETURNED, urgent=True)


def _watchers(assessment: Assessment) -> Iterable[User]:
    return who_see(assessment.supplier, [*reviewers(), assessment.requested_by])


def _checked(assessment: Assessment, data: ReviewInput) -> tuple[str, dict[str, str]]:
    if data.decision not in ("accept", "return"):
        raise InvalidInput(
            "review_decision_unknown", N_("Accept the form or send it back."), field="decision"
        )
    notes = {code.strip().upper(): clean_text(text.strip()) for code, text in data.notes.items()}
    known = {question.code for question in questions_of(assessment.questionnaire_id)}
    if not known.issuperset(notes):
        raise InvalidInput("question_not_found", N_("There is no such question."), field="notes")
    note = clean_text(data.note.strip())
    if any(len(text) > MAX_NOTE for text in (note, *notes.values())):
        raise InvalidInput(
            "review_note_too_long",
            N_("A note may have %(limit)s characters."),
            {"limit": MAX_NOTE},
            field="note",
        )
    return note, {code: text for code, text in notes.items() if text}


def _write_notes(assessment: Assessment, notes: Mapping[str, str]) -> None:
    """The notes of this review; those of an earlier one are answered. Times of answers stay."""
    answers = assessment.answers.select_related("question")
    for answer in answers:
        text = notes.get(answer.question.code, "")
        if answer.review_note != text:
            assessment.answers.filter(pk=answer.pk).update(review_note=text)
