"""Answering: one area a step, each answer saved as one goes; without scripts by a button."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.web.requests import SignedInRequest
from core.errors import DomainError, NotAllowed, NotFound
from core.web.errors import tell_error
from suppliers.enums import AnswerKind, GradedAnswer
from suppliers.models import Assessment, AssessmentAnswer, EvidenceFile, Question
from suppliers.policies import assessments as policies
from suppliers.selectors.assessment_progress import AreaProgress, progress
from suppliers.selectors.assessments import (
    ANSWERABLE,
    answers_of,
    assessment_for,
    evidence_of_answers,
    questions_of,
)
from suppliers.services.assessment_answers import (
    MAX_TEXT,
    AnswerInput,
    attach_evidence,
    confirm_answers,
    copy_last_answers,
    remove_evidence,
    save_answer,
    version_of,
)
from suppliers.services.assessment_review import submit_assessment

CONFLICT = "answer_changed_meanwhile"


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """A question with what is in its fields. ``problem``: why it was not saved; ``theirs``: the
    answer that somebody else gave meanwhile."""

    question: Question
    answer: AssessmentAnswer | None
    files: list[EvidenceFile]
    grade: str = ""
    text: str = ""
    comment: str = ""
    problem: str = ""
    theirs: AssessmentAnswer | None = None

    @property
    def seen(self) -> str:
        return version_of(self.answer)

    @property
    def is_copied(self) -> bool:
        return self.answer is not None and not self.answer.is_confirmed

    @property
    def is_graded(self) -> bool:
        return self.question.kind == AnswerKind.GRADED

    @property
    def is_number(self) -> bool:
        return self.question.kind == AnswerKind.NUMBER


Refusals = Mapping[int, tuple[AnswerInput, DomainError]]


@require_http_methods(["GET", "HEAD", "POST"])
def assessment_area(request: SignedInRequest, assessment_id: int, area: str) -> HttpResponse:
    """The Save button stores what can be stored and shows the rest with its problem."""
    assessment = _open_for(request.user, assessment_id)
    refused: Refusals = {}
    if request.method == "POST":
        refused = _save_area(request, assessment, area)
        if not refused:
            return redirect(_after(request, assessment, area))
    context = _area_context(request.user, assessment, area, refused)
    status = 422 if refused else 200
    return render(request, "suppliers/assessments/area.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def assessment_answer(request: SignedInRequest, assessment_id: int, code: str) -> HttpResponse:
    """One question, for htmx: saved, or what keeps it from being saved. GET gives its card."""
    assessment = _open_for(request.user, assessment_id)
    question = _question(assessment, code)
    if not request.htmx:
        return redirect("suppliers:assessment-area", assessment_id, question.area)
    if request.method != "POST":
        return _card_response(request, assessment, question)
    data = _input(request, question)
    try:
        answer = save_answer(request.user, assessment_id, data)
    except DomainError as error:
        if isinstance(error, NotAllowed | NotFound):
            raise
        if error.code == CONFLICT:
            response = _card_response(request, assessment, question, (data, error))
            response["HX-Retarget"] = f"#question-{question.pk}"
            response["HX-Reswap"] = "outerHTML"
            response.status_code = 409
            return response
        context = {"question": question, "problem": error.message}
        template = "suppliers/assessments/_saved.html"
        return render(request, template, context, status=422)
    if "whole" in request.POST:
        return _card_response(request, assessment, question)
    context = {"question": question, "saved": True, "seen": version_of(answer)}
    return render(request, "suppliers/assessments/_saved.html", context)


@require_POST
def assessment_evidence(request: SignedInRequest, assessment_id: int, code: str) -> HttpResponse:
    assessment = _open_for(request.user, assessment_id)
    question = _question(assessment, code)
    upload = request.FILES.get("evidence")
    if upload is None:
        messages.error(request, _("Choose a file first."))
    else:
        try:
            attach_evidence(request.user, assessment_id, code, upload)
        except DomainError as error:
            tell_error(request, error)
        else:
            messages.success(request, _("%(name)s is stored.") % {"name": upload.name})
    return redirect(_place(assessment, question))


@require_POST
def assessment_evidence_remove(
    request: SignedInRequest, assessment_id: int, code: str, evidence_id: int
) -> HttpResponse:
    assessment = _open_for(request.user, assessment_id)
    question = _question(assessment, code)
    try:
        remove_evidence(request.user, assessment_id, evidence_id)
    except DomainError as error:
        tell_error(request, error)
    return redirect(_place(assessment, question))


@require_POST
def assessment_confirm(request: SignedInRequest, assessment_id: int, area: str) -> HttpResponse:
    try:
        count = confirm_answers(request.user, assessment_id, area)
    except DomainError as error:
        tell_error(request, error)
        return redirect("suppliers:assessment-detail", assessment_id)
    words = ngettext("%(count)s answer confirmed.", "%(count)s answers confirmed.", count)
    messages.success(request, words % {"count": count})
    return redirect("suppliers:assessment-area", assessment_id, area)


@require_POST
def assessment_copy(request: SignedInRequest, assessment_id: int) -> HttpResponse:
    try:
        count = copy_last_answers(request.user, assessment_id)
    except DomainError as error:
        tell_error(request, error)
    else:
        words = ngettext(
            "%(count)s answer of the last form is copied. Please look at it and confirm it.",
            "%(count)s answers of the last form are copied. Please look at them and confirm them.",
            count,
        )
        messages.success(request, words % {"count": count})
    return redirect("suppliers:assessment-detail", assessment_id)


@require_POST
def assessment_submit(request: SignedInRequest, assessment_id: int) -> HttpResponse:
    try:
        submit_assessment(request.user, assessment_id)
    except DomainError as error:
        tell_error(request, error)
    return redirect("suppliers:assessment-detail", assessment_id)


def _open_for(actor: User, assessment_id: int) -> Assessment:
    assessment = assessment_for(actor, assessment_id)
    policies.require_answer_assessments(actor)
    return assessment


def _question(assessment: Assessment, code: str) -> Question:
    found = Question.objects.filter(questionnaire_id=assessment.questionnaire_id, code=code)
    question = found.first()
    if question is None:
        raise Http404
    return question


def _place(assessment: Assessment, question: Question) -> str:
    page = reverse("suppliers:assessment-area", args=[assessment.pk, question.area])
    return f"{page}#question-{question.pk}"


def _input(request: SignedInRequest, question: Question) -> AnswerInput:
    given = request.POST
    key = question.pk
    return AnswerInput(
        code=question.code,
        grade=given.get(f"grade-{key}", ""),
        text=given.get(f"text-{key}", ""),
        comment=given.get(f"comment-{key}", "").replace("\r\n", "\n"),
        seen=given.get(f"seen-{key}", ""),
        confirms=f"confirm-{key}" in given,
    )


def _save_area(request: SignedInRequest, assessment: Assessment, area: str) -> Refusals:
    """Each question by itself: one that is refused does not hold up the others."""
    refused: dict[int, tuple[AnswerInput, DomainError]] = {}
    for question in questions_of(assessment.questionnaire_id, area):
        data = _input(request, question)
        try:
            save_answer(request.user, assessment.pk, data)
        except DomainError as error:
            if isinstance(error, NotAllowed | NotFound):
                raise
            refused[question.pk] = (data, error)
    return refused


def _after(request: SignedInRequest, assessment: Assessment, area: str) -> str:
    """The next step; the overview after the last one, or when one leaves for later."""
    overview = reverse("suppliers:assessment-detail", args=[assessment.pk])
    if "later" in request.POST:
        return overview
    areas = progress(questions_of(assessment.questionnaire_id), {}).areas
    later = [one for one in areas if one.step == _step(areas, area).step + 1]
    if not later:
        return overview
    return reverse("suppliers:assessment-area", args=[assessment.pk, later[0].area])


def _step(areas: list[AreaProgress], area: str) -> AreaProgress:
    found = next((one for one in areas if one.area == area), None)
    if found is None:
        raise Http404
    return found


def _area_context(
    actor: User, assessment: Assessment, area: str, refused: Refusals
) -> dict[str, Any]:
    questions, answers = questions_of(assessment.questionnaire_id), answers_of(assessment)
    files = evidence_of_answers(actor, answers)
    areas = progress(questions, answers).areas
    step = _step(areas, area)
    cards = [
        _card(one, answers.get(one.pk), files.get(one.pk, []), refused.get(one.pk))
        for one in questions
        if one.area == area
    ]
    return {
        "assessment": assessment,
        "is_open": assessment.state in ANSWERABLE,
        "area": step,
        "step_count": len(areas),
        "previous": next((one for one in areas if one.step == step.step - 1), None),
        "is_last": step.step == len(areas),
        "cards": cards,
        "grades": GradedAnswer.choices,
        "max_text": MAX_TEXT,
    }


def _card(
    question: Question,
    answer: AssessmentAnswer | None,
    files: list[EvidenceFile],
    refusal: tuple[AnswerInput, DomainError] | None = None,
) -> QuestionCard:
    """What was typed and refused stays in the fields."""
    if refusal is None:
        if answer is None:
            return QuestionCard(question, None, files)
        return QuestionCard(question, answer, files, answer.grade, answer.text, answer.comment)
    data, error = refusal
    theirs = answer if error.code == CONFLICT else None
    return QuestionCard(
        question, answer, files, data.grade, data.text, data.comment, error.message, theirs
    )


def _card_response(
    request: SignedInRequest,
    assessment: Assessment,
    question: Question,
    refusal: tuple[AnswerInput, DomainError] | None = None,
) -> HttpResponse:
    answers = answers_of(assessment)
    files = evidence_of_answers(request.user, answers)
    card = _card(question, answers.get(question.pk), files.get(question.pk, []), refusal)
    context = {
        "assessment": assessment,
        "card": card,
        "grades": GradedAnswer.choices,
        "max_text": MAX_TEXT,
    }
    return render(request, "suppliers/assessments/_question.html", context)
