"""Reads of self-assessments and questionnaires shared by pages, API, exports and tasks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from accounts.roles import Role
from core.errors import NotFound
from suppliers.enums import AssessmentState
from suppliers.models import (
    Assessment,
    AssessmentAnswer,
    EvidenceFile,
    Question,
    Questionnaire,
    Supplier,
)
from suppliers.policies import assessments as policies
from suppliers.rules.months import months_later

if TYPE_CHECKING:
    from suppliers.models.belonging import BelongingQuerySet

ANSWERABLE = (AssessmentState.REQUESTED, AssessmentState.RETURNED)
RUNNING = (*ANSWERABLE, AssessmentState.SUBMITTED)
NOT_FOUND = N_("There is no such self-assessment.")


def assessments_for(actor: User) -> BelongingQuerySet[Assessment]:
    """A supplier's contact does not see what was taken back."""
    found = Assessment.objects.visible_to(actor).select_related("supplier", "questionnaire")
    if actor.is_internal:
        return found
    return found.exclude(state=AssessmentState.CANCELLED)


def assessment_for(actor: User, assessment_id: int, *, locked: bool = False) -> Assessment:
    """NotFound when there is none or the actor may not see it."""
    found = assessments_for(actor)
    if locked:
        found = found.select_for_update(of=("self",))
    assessment = found.filter(pk=assessment_id).first()
    if assessment is None:
        raise NotFound("assessment_not_found", NOT_FOUND)
    return assessment


def shows_answers(actor: User, assessment: Assessment) -> bool:
    """What the supplier has not handed in yet is nobody's but the supplier's own."""
    return not actor.is_internal or is_handed_in(assessment)


def is_handed_in(assessment: Assessment) -> bool:
    """The answers are those that were handed in. What was sent back is being changed, and it may
    have been half changed when the request was taken back."""
    if assessment.submitted_at is None or assessment.state == AssessmentState.RETURNED:
        return False
    if assessment.state != AssessmentState.CANCELLED:
        return True
    return assessment.reviewed_at is None or assessment.reviewed_at <= assessment.submitted_at


def shows_score(actor: User, assessment: Assessment) -> bool:
    """The supplier sees the score once it is accepted."""
    if assessment.submitted_at is None:
        return False
    return actor.is_internal or assessment.state == AssessmentState.ACCEPTED


def questions_of(questionnaire_id: int, area: str = "") -> list[Question]:
    found = Question.objects.filter(questionnaire_id=questionnaire_id).order_by("order", "pk")
    return list(found.filter(area=area) if area else found)


def answers_of(assessment: Assessment) -> dict[int, AssessmentAnswer]:
    """By question; one query, with the question and who answered."""
    found = AssessmentAnswer.objects.filter(assessment=assessment)
    found = found.select_related("answered_by", "question")
    return {answer.question_id: answer for answer in found}


def evidence_of_answers(
    actor: User, answers: dict[int, AssessmentAnswer]
) -> dict[int, list[EvidenceFile]]:
    """Files by question, as far as the actor may see them; one query."""
    by_key = {str(answer.pk): question for question, answer in answers.items()}
    label = AssessmentAnswer._meta.label_lower
    found = EvidenceFile.objects.visible_to(actor).filter(
        subject_type=label, subject_id__in=list(by_key)
    )
    files: dict[int, list[EvidenceFile]] = {}
    for file in found.order_by("uploaded_at", "pk"):
        files.setdefault(by_key[file.subject_id], []).append(file)
    return files


def previous_assessment(assessment: Assessment) -> Assessment | None:
    """The newest other one that this supplier handed in and that was accepted."""
    accepted = Assessment.objects.filter(
        supplier_id=assessment.supplier_id, state=AssessmentState.ACCEPTED
    )
    found = accepted.exclude(pk=assessment.pk).select_related("questionnaire")
    return found.order_by("-submitted_at", "-pk").first()


def valid_until(assessment: Assessment) -> dt.date | None:
    """The last day an accepted self-assessment counts; None while it is not accepted."""
    if assessment.state != AssessmentState.ACCEPTED or assessment.submitted_at is None:
        return None
    submitted_on = timezone.localdate(assessment.submitted_at)
    return months_later(submitted_on, assessment.questionnaire.valid_months)


def people_of(supplier: Supplier) -> QuerySet[User]:
    """Those of the supplier who can sign in."""
    return User.objects.filter(supplier_contact__supplier=supplier, is_active=True)


def people_of_each(suppliers: Iterable[Supplier]) -> defaultdict[int, list[User]]:
    """``people_of`` by the supplier's key; one query."""
    found: defaultdict[int, list[User]] = defaultdict(list)
    people = User.objects.filter(supplier_contact__supplier__in=list(suppliers), is_active=True)
    for person in people.select_related("supplier_contact").order_by("pk"):
        found[person.supplier_contact.supplier_id].append(person)
    return found


def reviewers() -> QuerySet[User]:
    names = [Role.CSR_SPECIALIST.value]
    return User.objects.filter(groups__name__in=names, is_active=True).distinct()


def newest_questionnaire(on: dt.datetime) -> Questionnaire | None:
    """The edition that is sent: the one published last."""
    return Questionnaire.objects.filter(published_at__lte=on).order_by("-published_at").first()


def questionnaires_for(actor: User) -> QuerySet[Questionnaire]:
    """All editions for our own people; drafts for those who write them."""
    policies.require_view_all_assessments(actor)
    found = Questionnaire.objects.all()
    if policies.can_manage_questionnaires(actor):
        return found
    return found.exclude(published_at=None)


def counted_questionnaires(actor: User) -> QuerySet[Questionnaire]:
    """With ``question_count`` and ``use_count``, how often each was sent."""
    return questionnaires_for(actor).annotate(
        question_count=Count("questions", distinct=True),
        use_count=Count("assessments", distinct=True),
    )


def questionnaire_for(actor: User, questionnaire_id: int, *, locked: bool = False) -> Questionnaire:
    found = questionnaires_for(actor)
    if locked:
        found = found.select_for_update()
    questionnaire = found.filter(pk=questionnaire_id).first()
    if questionnaire is None:
        raise NotFound("questionnaire_not_found", N_("There is no such questionnaire."))
    return questionnaire


def with_questions(found: QuerySet[Questionnaire]) -> QuerySet[Questionnaire]:
    ordered = Question.objects.order_by("order", "pk")
    return found.prefetch_related(Prefetch("questions", queryset=ordered))
