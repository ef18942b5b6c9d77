"""Self-assessments: things of the small world."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile

from accounts.models import User
from core import clock
from core.models.subject import named
from suppliers.enums import AssessmentState
from suppliers.models import EvidenceFile, Questionnaire, Supplier
from tests.factories.assessments import make_assessment, questionnaire


def build(supplier: Supplier, contact: User, specialist: User, other: Supplier) -> dict[str, Any]:
    """Keys by the names that rows of the table use: one form to answer, one handed in (of
    ``other``, as a supplier has one running form), a published edition and a draft."""
    asked = make_assessment(supplier, requested_by=specialist)
    question = asked.questionnaire.questions.get(code="LAB-1")
    answer = asked.answers.create(question=question, grade="yes", answered_by=contact)
    file = EvidenceFile(
        supplier=supplier,
        name="policy.pdf",
        sha256="1" * 64,
        size=4,
        kind="pdf",
        is_internal=False,
        **named(answer),
    )
    file.content.save("policy.pdf", ContentFile(b"%PDF"))
    handed_in = make_assessment(
        other, state=AssessmentState.SUBMITTED, submitted_at=clock.now(), score=50
    )
    draft = Questionnaire.objects.create(code="csr-2027", title="Form", local_title="问卷")
    drafted = draft.questions.create(
        area="labour", code="LAB-1", order=10, text_en="Work is free.", text_zh="自愿劳动。"
    )
    return {
        "assessment": asked.pk,
        "handed_in": handed_in.pk,
        "question_code": question.code,
        "answer_file": file.pk,
        "area": "labour",
        "edition": questionnaire().pk,
        "draft": draft.pk,
        "draft_question": drafted.pk,
    }
