"""Self-assessments for tests: asked, answered, handed in."""

from __future__ import annotations

import datetime as dt

from accounts.models import User
from core import clock
from suppliers.enums import AnswerKind
from suppliers.models import Assessment, Questionnaire, Supplier
from suppliers.selectors.assessments import newest_questionnaire, questions_of
from suppliers.services.assessment_answers import AnswerInput, save_answers
from suppliers.services.assessment_review import submit_assessment


def questionnaire() -> Questionnaire:
    found = newest_questionnaire(clock.now())
    assert found is not None
    return found


def make_assessment(supplier: Supplier, days: int = 28, **fields: object) -> Assessment:
    """A running request as a row only."""
    facts: dict[str, object] = {
        "questionnaire": questionnaire(),
        "due_on": clock.today() + dt.timedelta(days=days),
    }
    return Assessment.objects.create(supplier=supplier, **{**facts, **fields})


def answers_for(assessment: Assessment, grade: str = "yes", **grades: str) -> list[AnswerInput]:
    """Every question answered; ``LAB_1="no"`` answers one differently."""
    inputs = []
    for question in questions_of(assessment.questionnaire_id):
        chosen = grades.get(question.code.replace("-", "_"), grade)
        if question.kind == AnswerKind.GRADED:
            inputs.append(AnswerInput(question.code, grade=chosen))
        else:
            inputs.append(AnswerInput(question.code, text="120"))
    return inputs


def fill(assessment: Assessment, actor: User, grade: str = "yes", **grades: str) -> Assessment:
    save_answers(actor, assessment.pk, answers_for(assessment, grade, **grades))
    assessment.refresh_from_db()
    return assessment


def hand_in(assessment: Assessment, actor: User, grade: str = "yes", **grades: str) -> Assessment:
    fill(assessment, actor, grade, **grades)
    return submit_assessment(actor, assessment.pk)
