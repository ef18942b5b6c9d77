"""Answering the investigation form: saved as the supplier goes, by page, API and workbook."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput, NotFound
from core.services.activity import record_activity
from core.spreadsheets.safe import clean_text
from suppliers.enums import AnswerKind, GradedAnswer
from suppliers.models import Assessment, AssessmentAnswer, EvidenceFile, Question
from suppliers.policies import assessments as policies
from suppliers.selectors.assessments import (
    ANSWERABLE,
    answers_of,
    assessment_for,
    previous_assessment,
    questions_of,
)
from suppliers.services.evidence import store_evidence

if TYPE_CHECKING:
    from accounts.models import User

MAX_TEXT = 2000
MAX_FILES_EACH = 10
HIGHEST = Decimal(10) ** 12
TWICE = N_("This question is answered twice. Keep one of the answers.")


@dataclass(frozen=True, slots=True)
class AnswerInput:
    """``code`` names the question (``LAB-1``). ``grade``: yes, partly, no, na; ``text`` for the
    questions that are not graded. ``seen``: the ``version_of`` the answer that was on screen, in
    the file or read before; empty for a question that was open then. ``confirms``: what was copied
    from last year still holds; a copied answer that is changed needs no confirming."""

    code: str
    grade: str = ""
    text: str = ""
    comment: str = ""
    seen: str = ""
    confirms: bool = False


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    code: str
    error: DomainError


def version_of(answer: AssessmentAnswer | None) -> str:
    return "" if answer is None else answer.answered_at.isoformat()


@transaction.atomic
def save_answers(
    actor: User, assessment_id: int, inputs: Sequence[AnswerInput]
) -> dict[str, AssessmentAnswer]:
    """Store all of them or none; the answers by code of question. The first problem is raised.

    Errors: assessment_not_found, may_not_answer_assessments, assessment_closed, question_not_found,
    question_twice, answer_grade_unknown, answer_kind_wrong, answer_not_a_number, answer_too_long,
    comment_too_long, answer_changed_meanwhile.
    """
    assessment = open_assessment(actor, assessment_id)
    changes, problems = check_answers(actor, assessment, inputs)
    if problems:
        raise problems[0].error
    return store_answers(actor, assessment, changes)


def save_answer(actor: User, assessment_id: int, data: AnswerInput) -> AssessmentAnswer | None:
    """One answer; None for a question that is open and stays so. Errors: as ``save_answers``."""
    return save_answers(actor, assessment_id, [data]).get(data.code)


def open_assessment(actor: User, assessment_id: int, *, locked: bool = True) -> Assessment:
    """Locked, and still the supplier's to answer."""
    assessment = assessment_for(actor, assessment_id, locked=locked)
    policies.require_answer_assessments(actor)
    if assessment.state not in ANSWERABLE:
        raise DomainError(
            "assessment_closed",
            N_("This form has been handed in or taken back; its answers stay as they are."),
        )
    return assessment


@dataclass(frozen=True, slots=True)
class Change:
    """A checked answer and the row it goes to; ``answer`` is not stored yet for a new one."""

    question: Question
    answer: AssessmentAnswer
    data: AnswerInput
    is_new: bool
    differs: bool


def check_answers(
    actor: User, assessment: Assessment, inputs: Iterable[AnswerInput], *, own_too: bool = False
) -> tuple[list[Change], list[AnswerProblem]]:
    """What would be stored, and every problem. Nothing is written.

    ``own_too``: changes that the person made elsewhere are not written over either; a file may be
    much older than the page.
    """
    questions = {one.code: one for one in questions_of(assessment.questionnaire_id)}
    answers = answers_of(assessment)
    changes: list[Change] = []
    problems: list[AnswerProblem] = []
    named: set[str] = set()
    for data in inputs:
        code = data.code.strip().upper()
        question = questions.get(code)
        try:
            if question is None:
                raise NotFound("question_not_found", N_("There is no such question."), field="code")
            if code in named:
                raise InvalidInput("question_twice", TWICE, field="code")
            named.add(code)
            current = answers.get(question.pk)
            clean = _clean(question, data)
            _require_unchanged(None if own_too else actor, current, clean)
            changes.append(_change(assessment, question, current, clean))
        except DomainError as error:
            problems.append(AnswerProblem(data.code, error))
    return changes, problems


def store_answers(
    actor: User, assessment: Assessment, changes: Sequence[Change]
) -> dict[str, AssessmentAnswer]:
    """``assessment`` is locked. Answers that stay the same keep their author and time."""
    stored: dict[str, AssessmentAnswer] = {}
    written = 0
    for change in changes:
        answer = change.answer
        if change.is_new and not _says_something(change.data):
            continue
        stored[change.question.code] = answer
        confirmed = change.data.confirms and not answer.is_confirmed
        if not (change.differs or change.is_new or confirmed):
            continue
        answer.grade, answer.text = change.data.grade, change.data.text
        answer.comment = change.data.comment
        answer.is_confirmed, answer.answered_by = True, actor
        answer.save()
        written += 1
    if written:
        _grow(assessment)
    return stored


@transaction.atomic
def confirm_answers(actor: User, assessment_id: int, area: str = "") -> int:
    """What was copied from last year still holds, in one area or everywhere; how many."""
    assessment = open_assessment(actor, assessment_id)
    waiting = assessment.answers.filter(is_confirmed=False)
    if area:
        waiting = waiting.filter(question__area=area)
    count = waiting.update(is_confirmed=True, answered_by=actor, answered_at=clock.now())
    if count:
        _grow(assessment)
    return count


@transaction.atomic
def copy_last_answers(actor: User, assessment_id: int) -> int:
    """Fill open questions with the answers accepted last, each waiting to be confirmed.

    Questions are the same by code and kind. Errors: as ``save_answers``, nothing_to_copy.
    """
    assessment = open_assessment(actor, assessment_id)
    earlier = previous_assessment(assessment)
    if earlier is None:
        raise DomainError("nothing_to_copy", N_("There is no accepted form to copy from."))
    taken = answers_of(assessment)
    source = {a.question.code: a for a in earlier.answers.select_related("question")}
    count = 0
    for question in questions_of(assessment.questionnaire_id):
        old, answer = source.get(question.code), taken.get(question.pk)
        if old is None or old.question.kind != question.kind or _filled(answer):
            continue
        if not _filled(old):
            continue
        answer = answer or AssessmentAnswer(assessment=assessment, question=question)
        answer.grade, answer.text, answer.comment = old.grade, old.text, old.comment
        answer.copied_from, answer.is_confirmed, answer.answered_by = old, False, actor
        answer.save()
        count += 1
    if count:
        _grow(assessment)
        record_activity(
            actor, "assessment.copied", assessment.supplier, assessment=assessment.pk, count=count
        )
    return count


@transaction.atomic
def attach_evidence(
    actor: User, assessment_id: int, code: str, upload: UploadedFile[bytes]
) -> EvidenceFile:
    """A file that proves an answer. Errors: as ``save_answers``, too_many_files and those of
    ``store_evidence``."""
    assessment = open_assessment(actor, assessment_id)
    question = Question.objects.filter(
        questionnaire_id=assessment.questionnaire_id, code=code.strip().upper()
    ).first()
    if question is None:
        raise NotFound("question_not_found", N_("There is no such question."), field="code")
    answer = assessment.answers.filter(question=question).first()
    if answer is None:
        answer = assessment.answers.create(question=question, answered_by=actor)
    if EvidenceFile.objects.about(answer).count() >= MAX_FILES_EACH:
        raise InvalidInput(
            "too_many_files",
            N_("A question holds %(limit)s files at most. Remove one first."),
            {"limit": MAX_FILES_EACH},
            field="evidence",
        )
    stored = store_evidence(actor, assessment.supplier, upload, subject=answer, is_internal=False)
    _grow(assessment)
    return stored


@transaction.atomic
def remove_evidence(actor: User, assessment_id: int, evidence_id: int) -> None:
    """Take back a file of an open form. Errors: as ``save_answers``, evidence_not_found."""
    assessment = open_assessment(actor, assessment_id)
    keys = [str(key) for key in assessment.answers.values_list("pk", flat=True)]
    label = AssessmentAnswer._meta.label_lower
    found = EvidenceFile.objects.visible_to(actor).filter(
        pk=evidence_id, subject_type=label, subject_id__in=keys
    )
    file = found.first()
    if file is None:
        raise NotFound("evidence_not_found", N_("There is no such file."))
    record_activity(actor, "evidence.removed", assessment.supplier, name=file.name)
    name, storage = str(file.content.name), file.content.storage
    file.delete()
    transaction.on_commit(lambda: storage.delete(name))
    _grow(assessment)


def _grow(assessment: Assessment) -> None:
    """``assessment`` is locked."""
    assessment.revision += 1
    assessment.save(update_fields=["revision"])


def _filled(answer: AssessmentAnswer | None) -> bool:
    return answer is not None and bool(answer.grade or answer.text)


def _says_something(data: AnswerInput) -> bool:
    return bool(data.grade or data.text or data.comment)


def _change(
    assessment: Assessment, question: Question, current: AssessmentAnswer | None, data: AnswerInput
) -> Change:
    answer = current or AssessmentAnswer(assessment=assessment, question=question)
    return Change(question, answer, data, current is None, _differs(answer, data))


def _differs(answer: AssessmentAnswer, data: AnswerInput) -> bool:
    return (answer.grade, answer.text, answer.comment) != (data.grade, data.text, data.comment)


def _require_unchanged(
    actor: User | None, current: AssessmentAnswer | None, data: AnswerInput
) -> None:
    """An answer of somebody but ``actor`` that this person has not seen is not written over."""
    if current is None or (actor is not None and current.answered_by_id == actor.pk):
        return
    if data.seen == version_of(current) or not _differs(current, data):
        return
    if not (current.grade or current.text or current.comment):
        return
    raise DomainError(
        "answer_changed_meanwhile",
        N_("%(name)s answered this question meanwhile (%(at)s). Look at it, then save yours."),
        {
            "name": str(current.answered_by),
            "at": timezone.localtime(current.answered_at).strftime("%Y-%m-%d %H:%M"),
        },
        field="grade" if current.question_id and current.grade else "text",
    )


def _clean(question: Question, data: AnswerInput) -> AnswerInput:
    text, comment = data.text.strip(), data.comment.strip()
    _require_short("answer_too_long", text, "text")
    _require_short("comment_too_long", comment, "comment")
    grade, text = data.grade.strip(), clean_text(text)
    if (grade and question.kind != AnswerKind.GRADED) or (
        text and question.kind == AnswerKind.GRADED
    ):
        raise InvalidInput(
            "answer_kind_wrong",
            N_("This question takes another kind of answer."),
            field="text" if question.kind == AnswerKind.GRADED else "grade",
        )
    if grade and grade not in GradedAnswer.values:
        raise InvalidInput(
            "answer_grade_unknown",
            N_("Choose yes, partly, no or not applicable."),
            field="grade",
        )
    if text and question.kind == AnswerKind.NUMBER:
        text = _number(text)
    return replace(data, code=question.code, grade=grade, text=text, comment=clean_text(comment))


def _require_short(code: str, text: str, field: str) -> None:
    if len(text) > MAX_TEXT:
        raise InvalidInput(
            code,
            N_("The text has %(length)s characters; at most %(limit)s are allowed."),
            {"length": len(text), "limit": MAX_TEXT},
            field=field,
        )


def _number(text: str) -> str:
    """As plain digits: “１，２０４ 人” is refused, “1,204” and “１２０４” are 1204."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not 0 <= number < HIGHEST:
        raise InvalidInput(
            "answer_not_a_number",
            N_("Write a number without words, such as 120."),
            field="text",
        )
    return f"{number.normalize():f}"
