"""Questions about the supplier's report, answered by its personal link or signed in."""

from __future__ import annotations

from dataclasses import dataclass

from minerals.enums import ClarificationState
from minerals.models import Clarification
from minerals.selectors.clarifications import (
    QuestionLine,
    asked_of,
    clarification_of_supplier,
    question_lines,
)
from minerals.services.clarifications import AnswerInput, answer_as_guest, answer_questions
from surveys.services.responses import Respondent

SHOWN = (ClarificationState.OPEN, ClarificationState.ANSWERED)


@dataclass(frozen=True, slots=True)
class AskedQuestions:
    clarification: Clarification
    lines: list[QuestionLine]

    @property
    def is_open(self) -> bool:
        return self.clarification.state == ClarificationState.OPEN


def questions_to(by: Respondent) -> list[Clarification]:
    """What the supplier is asked now, or has answered and we have not looked at yet."""
    found = asked_of(by.participant.supplier_id).filter(state__in=SHOWN)
    return list(found.order_by("due_on", "pk"))


def asked_questions(by: Respondent, clarification_id: int) -> AskedQuestions:
    """Errors: clarification_not_found."""
    found = clarification_of_supplier(by.participant.supplier_id, clarification_id)
    return AskedQuestions(found, question_lines(found))


def answer(by: Respondent, clarification_id: int, data: AnswerInput) -> Clarification:
    """Errors: clarification_not_found, clarification_not_open, answers_missing, text_too_long."""
    if by.user is not None:
        return answer_questions(by.user, clarification_id, data)
    return answer_as_guest(by.participant.supplier_id, clarification_id, data)
