"""Editions of the investigation form: copied, edited, published. Administrators only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput, NotFound
from core.services.activity import record_activity
from suppliers.enums import AnswerKind, CsrArea
from suppliers.models import Question, Questionnaire
from suppliers.policies import assessments as policies
from suppliers.selectors.assessments import questionnaire_for

if TYPE_CHECKING:
    from accounts.models import User

CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")
QUESTION_CODE = re.compile(r"[A-Z]{2,5}-[0-9]{1,3}")
MAX_TEXT = 1000
MAX_QUESTIONS = 200
MAX_WEIGHT = 10


@dataclass(frozen=True, slots=True)
class EditionInput:
    """``code``: small letters, digits, dashes. ``valid_months``: how long accepted answers count,
    1 to 36."""

    code: str
    title: str
    local_title: str
    valid_months: int = 12


@dataclass(frozen=True, slots=True)
class QuestionInput:
    """``weight`` 0 to 10 inside its area (0: asked, not scored)."""

    area: str
    code: str
    text_en: str
    text_zh: str
    help_en: str = ""
    help_zh: str = ""
    kind: str = AnswerKind.GRADED
    weight: int = 1
    is_key: bool = False
    asks_evidence: bool = False


@transaction.atomic
def copy_edition(actor: User, questionnaire_id: int, data: EditionInput) -> Questionnaire:
    """A draft with the same questions. Errors: may_not_manage_questionnaires,
    questionnaire_not_found and those of the fields."""
    policies.require_manage_questionnaires(actor)
    source = questionnaire_for(actor, questionnaire_id)
    clean = _edition(data)
    draft = Questionnaire.objects.create(
        code=clean.code,
        title=clean.title,
        local_title=clean.local_title,
        valid_months=clean.valid_months,
    )
    questions = list(source.questions.order_by("order", "pk"))
    for question in questions:
        question.pk = None
        question._state.adding = True
        question.questionnaire = draft
    Question.objects.bulk_create(questions)
    record_activity(actor, "questionnaire.copied", draft, name=draft.code, source=source.code)
    return draft


@transaction.atomic
def change_edition(actor: User, questionnaire_id: int, data: EditionInput) -> Questionnaire:
    """Errors: questionnaire_published and those of ``copy_edition``."""
    draft = _draft(actor, questionnaire_id)
    clean = _edition(data, current=draft)
    draft.code, draft.valid_months = clean.code, clean.valid_months
    draft.title, draft.local_title = clean.title, clean.local_title
    draft.save()
    record_activity(actor, "questionnaire.changed", draft, name=draft.code)
    return draft


@transaction.atomic
def save_question(
    actor: User, questionnaire_id: int, question_id: int | None, data: QuestionInput
) -> Question:
    """Add (None) or change a question of a draft. Errors: questionnaire_published,
    question_not_found, question_code_wrong, question_code_taken, question_text_missing,
    question_text_too_long, question_area_unknown, question_kind_unknown, question_weight_wrong,
    question_key_not_graded, too_many_questions."""
    draft = _draft(actor, questionnaire_id)
    if question_id is None:
        if draft.questions.count() >= MAX_QUESTIONS:
            raise DomainError(
                "too_many_questions",
                N_("A questionnaire has %(limit)s questions at most."),
                {"limit": MAX_QUESTIONS},
            )
        question = Question(questionnaire=draft, order=_next_order(draft))
    else:
        question = _question(draft, question_id)
    _fill(question, _checked(data))
    _require_free_code(question)
    question.save()
    record_activity(actor, "questionnaire.changed", draft, name=question.code)
    return question


@transaction.atomic
def delete_question(actor: User, questionnaire_id: int, question_id: int) -> None:
    """Errors: questionnaire_published, question_not_found."""
    draft = _draft(actor, questionnaire_id)
    question = _question(draft, question_id)
    record_activity(actor, "questionnaire.question_deleted", draft, name=question.code)
    question.delete()


@transaction.atomic
def publish_edition(actor: User, questionnaire_id: int) -> Questionnaire:
    """From now on this edition is sent, and never changed again.

    Errors: questionnaire_published, questionnaire_empty (no graded question with a weight).
    """
    draft = _draft(actor, questionnaire_id)
    if not draft.questions.filter(kind=AnswerKind.GRADED, weight__gt=0).exists():
        raise DomainError(
            "questionnaire_empty",
            N_("Add at least one question that counts for the score before publishing."),
        )
    draft.published_at = clock.now()
    draft.save(update_fields=["published_at"])
    record_activity(actor, "questionnaire.published", draft, name=draft.code)
    return draft


@transaction.atomic
def delete_draft(actor: User, questionnaire_id: int) -> None:
    """Errors: questionnaire_published."""
    draft = _draft(actor, questionnaire_id)
    record_activity(actor, "questionnaire.deleted", draft, name=draft.code)
    draft.delete()


def _draft(actor: User, questionnaire_id: int) -> Questionnaire:
    policies.require_manage_questionnaires(actor)
    draft = questionnaire_for(actor, questionnaire_id, locked=True)
    if draft.published_at is not None:
        raise DomainError(
            "questionnaire_published",
            N_("A published edition is never changed. Copy it and change the copy."),
        )
    return draft


def _question(draft: Questionnaire, question_id: int) -> Question:
    question = draft.questions.filter(pk=question_id).first()
    if question is None:
        raise NotFound("question_not_found", N_("There is no such question."))
    return question


def _next_order(draft: Questionnaire) -> int:
    highest = draft.questions.aggregate(models.Max("order"))["order__max"] or 0
    return int(highest) + 10


def _edition(data: EditionInput, current: Questionnaire | None = None) -> EditionInput:
    code = data.code.strip().lower()
    title, local_title = " ".join(data.title.split()), " ".join(data.local_title.split())
    if not CODE.fullmatch(code):
        raise InvalidInput(
            "questionnaire_code_wrong",
            N_("Use small letters, digits and dashes, such as csr-2027."),
            field="code",
        )
    others = Questionnaire.objects.filter(code=code)
    if current is not None:
        others = others.exclude(pk=current.pk)
    if others.exists():
        raise InvalidInput(
            "questionnaire_code_taken", N_("Another edition has this code."), field="code"
        )
    for field, text in (("title", title), ("local_title", local_title)):
        if not text or len(text) > 160:
            raise InvalidInput(
                "questionnaire_title_wrong",
                N_("Give a title of 160 characters at most."),
                field=field,
            )
    if not 1 <= data.valid_months <= 36:
        raise InvalidInput(
            "questionnaire_validity_wrong",
            N_("Answers count for 1 to 36 months."),
            field="valid_months",
        )
    return EditionInput(code, title, local_title, data.valid_months)


def _checked(data: QuestionInput) -> QuestionInput:
    code = data.code.strip().upper()
    if not QUESTION_CODE.fullmatch(code):
        raise InvalidInput(
            "question_code_wrong",
            N_("A code is letters, a dash and a number, such as LAB-1."),
            field="code",
        )
    if data.area not in CsrArea.values:
        raise InvalidInput("question_area_unknown", N_("There is no such area."), field="area")
    if data.kind not in AnswerKind.values:
        raise InvalidInput(
            "question_kind_unknown", N_("There is no such kind of answer."), field="kind"
        )
    if not 0 <= data.weight <= MAX_WEIGHT:
        raise InvalidInput(
            "question_weight_wrong",
            N_("The weight is a whole number from 0 to %(limit)s."),
            {"limit": MAX_WEIGHT},
            field="weight",
        )
    if data.is_key and (data.kind != AnswerKind.GRADED or not data.weight):
        raise InvalidInput(
            "question_key_not_graded",
            N_("A key question is graded and has a weight."),
            field="is_key",
        )
    texts = {name: getattr(data, name).strip() for name in _TEXTS}
    _require_texts(texts)
    return QuestionInput(
        area=data.area,
        code=code,
        kind=data.kind,
        weight=data.weight,
        is_key=data.is_key,
        asks_evidence=data.asks_evidence,
        **texts,
    )


_TEXTS = ("text_en", "text_zh", "help_en", "help_zh")


def _require_texts(texts: dict[str, str]) -> None:
    for name, text in texts.items():
        if name.startswith("text") and not text:
            raise InvalidInput(
                "question_text_missing", N_("Write the question in both languages."), field=name
            )
        if len(text) > MAX_TEXT:
            raise InvalidInput(
                "question_text_too_long",
                N_("The text may have %(limit)s characters."),
                {"limit": MAX_TEXT},
                field=name,
            )


def _require_free_code(question: Question) -> None:
    others = Question.objects.filter(
        questionnaire_id=question.questionnaire_id, code=question.code
    ).exclude(pk=question.pk)
    if others.exists():
        raise InvalidInput(
            "question_code_taken", N_("Another question has this code."), field="code"
        )


def _fill(question: Question, data: QuestionInput) -> None:
    for name in ("area", "code", *_TEXTS, "kind", "weight", "is_key", "asks_evidence"):
        setattr(question, name, getattr(data, name))
