"""Self-assessments of invented suppliers, in every state. Demo mode only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from random import Random

from django.utils import timezone

from accounts.models import User
from core import clock
from core.models import ActivityEntry
from core.models.subject import named
from suppliers.enums import (
    AnswerKind,
    AssessmentState,
    GateKind,
    RatingPartKind,
    SupplierStatus,
)
from suppliers.models import (
    Assessment,
    AssessmentAnswer,
    GateRecord,
    Question,
    Questionnaire,
    RatingPart,
    Supplier,
)
from suppliers.selectors.assessments import valid_until
from suppliers.services.assessment_messages import tell_people
from suppliers.services.assessment_review import HANDED_IN, score_of
from suppliers.services.ratings import recompute_rating

S = AssessmentState
# How many of each, with the days ago on which they were asked for, and due after.
PLAN: tuple[tuple[S, int, tuple[int, int]], ...] = (
    (S.REQUESTED, 8, (3, 60)),
    (S.SUBMITTED, 7, (10, 40)),
    (S.RETURNED, 3, (20, 45)),
    (S.ACCEPTED, 10, (60, 300)),
    (S.CANCELLED, 2, (30, 90)),
)
DUE_AFTER = dt.timedelta(days=30)
GRADES = ("yes", "yes", "yes", "yes", "partly", "partly", "no", "na")
NOTE = "Please add the licence and say since when the system is in use."
LIVING = (SupplierStatus.QUALIFIED, SupplierStatus.LIMITED)


def load_assessments(random: Random, asker: User, reviewer: User) -> None:
    """One for each of some suppliers; the newest questionnaire, as if it had been out for years."""
    form = Questionnaire.objects.exclude(published_at=None).order_by("-published_at").first()
    if form is None:
        return
    questions = list(form.questions.all())
    without = Supplier.objects.filter(is_demo=True, assessments=None, status__in=LIVING)
    suppliers = iter(without.order_by("code"))
    for state, count, days in PLAN:
        for _number in range(count):
            made = _Made(random, next(suppliers), form, state, random.randint(*days))
            made.write(questions, asker, reviewer)


class _Made:
    """One self-assessment, asked for ``days`` ago."""

    def __init__(
        self, random: Random, supplier: Supplier, form: Questionnaire, state: S, days: int
    ) -> None:
        self.random, self.supplier, self.state = random, supplier, state
        self.asked_at = clock.now() - dt.timedelta(days=days)
        self.handed_in_at = self.asked_at + dt.timedelta(days=random.randint(1, max(1, days // 2)))
        due_on = timezone.localdate(self.asked_at) + DUE_AFTER
        self.row = Assessment(supplier=supplier, questionnaire=form, state=state, due_on=due_on)

    def write(self, questions: Sequence[Question], asker: User, reviewer: User) -> None:
        row, handed_in = self.row, self.state in (S.SUBMITTED, S.RETURNED, S.ACCEPTED)
        row.requested_by = asker
        row.submitted_at = self.handed_in_at if handed_in else None
        if self.state in (S.RETURNED, S.ACCEPTED):
            row.reviewed_at = self.handed_in_at + dt.timedelta(days=2)
            row.reviewed_by = reviewer
        if self.state == S.RETURNED:
            row.review_note = NOTE
            row.due_on = clock.today() + dt.timedelta(days=10)
        row.save()
        # Half of those who were asked have begun.
        share = 1.0 if handed_in else self.random.choice((0.0, 0.4))
        self._answer(questions[: round(len(questions) * share)])
        if handed_in:
            self._score()
        Assessment.objects.filter(pk=row.pk).update(requested_at=self.asked_at)
        self._trail(asker, reviewer)
        if self.state == S.ACCEPTED:
            self._count(reviewer)
        elif self.state == S.SUBMITTED:
            tell_people([asker, reviewer], row, "assessment.submitted", HANDED_IN)

    def _answer(self, questions: Sequence[Question]) -> None:
        AssessmentAnswer.objects.bulk_create(
            AssessmentAnswer(assessment=self.row, question=question, **self._said(question))
            for question in questions
        )

    def _said(self, question: Question) -> dict[str, str]:
        if question.kind == AnswerKind.GRADED:
            # A “no” to a key question is rare, and seen.
            grades = GRADES[:5] if question.is_key and self.random.random() < 0.97 else GRADES
            return {"grade": self.random.choice(grades)}
        if question.kind == AnswerKind.NUMBER:
            return {"text": str(self.random.randint(5, 900))}
        return {"text": "Invented for the demo"}

    def _score(self) -> None:
        score = score_of(self.row)
        self.row.score = score.total
        self.row.area_scores = {
            area: None if value is None else float(value) for area, value in score.areas.items()
        }
        self.row.save()

    def _trail(self, asker: User, reviewer: User) -> None:
        """The trail stamps entries with the present; these are of the past."""
        facts: dict[str, object] = {"assessment": self.row.pk, "name": self.row.questionnaire.code}
        moments: list[tuple[str, User | None, dt.datetime | None]] = [
            ("assessment.requested", asker, self.asked_at),
            ("assessment.submitted", None, self.row.submitted_at),
            (f"assessment.{self.state}", reviewer, self.row.reviewed_at),
        ]
        for verb, actor, at in moments:
            if at is not None:
                entry = ActivityEntry.objects.create(
                    actor=actor, verb=verb, data=facts, **named(self.supplier)
                )
                ActivityEntry.objects.filter(pk=entry.pk).update(at=at)

    def _count(self, reviewer: User) -> None:
        """An accepted one stands in for what was recorded by hand, and is part of the rating."""
        GateRecord.objects.filter(supplier=self.supplier, kind=GateKind.SELF_ASSESSMENT).delete()
        kind = RatingPartKind.SELF_ASSESSMENT
        RatingPart.objects.filter(supplier=self.supplier, kind=kind).delete()
        if self.row.score is not None:
            RatingPart.objects.create(
                supplier=self.supplier,
                kind=kind,
                score=self.row.score,
                dated_on=timezone.localdate(self.handed_in_at),
                valid_until=valid_until(self.row),
                source="suppliers",
                source_ref=f"{Assessment._meta.label_lower}:{self.row.pk}",
                recorded_by=reviewer,
            )
        recompute_rating(None, self.supplier.pk)
