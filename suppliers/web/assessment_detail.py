"""The page of one self-assessment, for both audiences, and what the specialist decides on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.web.requests import SignedInRequest
from core import clock
from core.errors import DomainError
from core.web.errors import tell_error
from core.web.posted import posted_text
from suppliers.enums import AssessmentState, CsrArea
from suppliers.models import Assessment, AssessmentAnswer, EvidenceFile, Question
from suppliers.policies import assessments as policies
from suppliers.selectors.assessment_progress import Progress, progress
from suppliers.selectors.assessments import (
    ANSWERABLE,
    RUNNING,
    answers_of,
    assessment_for,
    evidence_of_answers,
    previous_assessment,
    questions_of,
    shows_answers,
    shows_score,
    valid_until,
)
from suppliers.services.assessment_requests import cancel_assessment
from suppliers.services.assessment_review import ReviewInput, review_assessment
from suppliers.web.assessment_words import state_badge

NOTE_PREFIX = "note-"
NOTHING_TYPED: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A question as it was answered. ``note``: of the review, or as it is being typed.
    ``alarms``: a key question answered “no”."""

    question: Question
    answer: AssessmentAnswer | None
    files: list[EvidenceFile]
    note: str

    @property
    def alarms(self) -> bool:
        return self.question.is_key and self.answer is not None and self.answer.grade == "no"

    @property
    def lacks_evidence(self) -> bool:
        wanted = self.answer is not None and self.answer.grade in ("yes", "partly")
        return self.question.asks_evidence and wanted and not self.files


@dataclass(frozen=True, slots=True)
class AreaBlock:
    """``score`` None: nothing in this area applies, or the form is not handed in yet."""

    label: str
    lines: list[AnswerLine]
    score: float | None

    @property
    def tone(self) -> str:
        if self.score is None:
            return "unknown"
        return "verified" if self.score >= 80 else "soon" if self.score >= 60 else "now"

    @property
    def alarms(self) -> int:
        return sum(line.alarms for line in self.lines)


@require_safe
def assessment_detail(request: SignedInRequest, assessment_id: int) -> HttpResponse:
    assessment = assessment_for(request.user, assessment_id)
    return render(request, "suppliers/assessments/detail.html", _context(request, assessment))


@require_POST
def assessment_review(request: SignedInRequest, assessment_id: int) -> HttpResponse:
    """Accept or send back; what was typed stays on the page when it is refused."""
    notes = {
        name.removeprefix(NOTE_PREFIX): posted_text(request, name)
        for name in request.POST
        if name.startswith(NOTE_PREFIX)
    }
    decision = request.POST.get("decision", "")
    data = ReviewInput(decision, posted_text(request, "note"), notes)  # type: ignore[arg-type]
    try:
        assessment = review_assessment(request.user, assessment_id, data)
    except DomainError as error:
        tell_error(request, error)
        assessment = assessment_for(request.user, assessment_id)
        context = _context(request, assessment, notes) | {"typed_note": data.note}
        return render(request, "suppliers/assessments/detail.html", context, status=422)
    accepted = assessment.state == AssessmentState.ACCEPTED
    words = _("The self-assessment is accepted.") if accepted else _("The form was sent back.")
    messages.success(request, words)
    return redirect("suppliers:assessment-detail", assessment_id)


@require_POST
def assessment_cancel(request: SignedInRequest, assessment_id: int) -> HttpResponse:
    try:
        cancel_assessment(request.user, assessment_id)
    except DomainError as error:
        tell_error(request, error)
    else:
        messages.success(request, _("The request was taken back."))
    return redirect("suppliers:assessment-detail", assessment_id)


def _context(
    request: SignedInRequest, assessment: Assessment, typed: Mapping[str, str] = NOTHING_TYPED
) -> dict[str, Any]:
    actor = request.user
    questions, answers = questions_of(assessment.questionnaire_id), answers_of(assessment)
    state: Progress = progress(questions, answers)
    answering = assessment.state in ANSWERABLE and policies.can_answer_assessments(actor)
    shown = shows_answers(actor, assessment) and not answering
    today = clock.today()
    blocks = _blocks(actor, assessment, questions, answers, typed) if shown else []
    return {
        "assessment": assessment,
        "badge": state_badge(assessment, today, for_supplier=not actor.is_internal),
        "is_late": assessment.state in ANSWERABLE and assessment.due_on < today,
        "progress": state,
        "answering": answering,
        "may_copy": answering and state.open and previous_assessment(assessment) is not None,
        "shows_score": shows_score(actor, assessment),
        "valid_until": valid_until(assessment),
        "blocks": blocks,
        "unproven": sum(line.lacks_evidence for block in blocks for line in block.lines),
        "may_review": assessment.state == AssessmentState.SUBMITTED
        and policies.can_review_assessments(actor),
        "may_cancel": assessment.state in RUNNING and policies.can_request_assessments(actor),
    }


def _blocks(
    actor: Any,
    assessment: Assessment,
    questions: list[Question],
    answers: dict[int, AssessmentAnswer],
    typed: Mapping[str, str],
) -> list[AreaBlock]:
    files = evidence_of_answers(actor, answers)
    groups: dict[str, list[AnswerLine]] = {}
    for question in questions:
        answer = answers.get(question.pk)
        note = typed.get(question.code, answer.review_note if answer else "")
        line = AnswerLine(question, answer, files.get(question.pk, []), note)
        groups.setdefault(question.area, []).append(line)
    return [
        AreaBlock(str(CsrArea(area).label), groups[area], assessment.area_scores.get(area))
        for area in CsrArea.values
        if area in groups
    ]
