"""How far the answering of a form is: area by area, and what is still open."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from suppliers.enums import CsrArea
from suppliers.models import AssessmentAnswer, Question

MINUTES_EACH = 0.8


@dataclass(frozen=True, slots=True)
class AreaProgress:
    """``step`` counts from 1. ``open``: not answered; ``unconfirmed``: copied from last year."""

    area: str
    label: str
    step: int
    total: int
    open: int
    unconfirmed: int
    to_mend: int = 0

    @property
    def answered(self) -> int:
        return self.total - self.open

    @property
    def is_done(self) -> bool:
        return not (self.open or self.unconfirmed)

    @property
    def minutes(self) -> int:
        """What reading and answering takes, roughly."""
        return max(1, math.ceil(self.total * MINUTES_EACH))


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """One question that keeps the form from being handed in, or that the reviewer asked about."""

    question: Question
    why: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    areas: list[AreaProgress]
    missing: list[OpenQuestion]
    notes: list[OpenQuestion]

    @property
    def total(self) -> int:
        return sum(area.total for area in self.areas)

    @property
    def open(self) -> int:
        return sum(area.open for area in self.areas)

    @property
    def unconfirmed(self) -> int:
        return sum(area.unconfirmed for area in self.areas)

    @property
    def answered(self) -> int:
        return self.total - self.open

    @property
    def is_complete(self) -> bool:
        return not self.missing

    @property
    def minutes_left(self) -> int:
        return rough_minutes(sum(area.open + area.unconfirmed for area in self.areas))

    @property
    def next_area(self) -> AreaProgress | None:
        return next((area for area in self.areas if not area.is_done), None)


def rough_minutes(questions: int) -> int:
    """What reading and answering them takes, in steps of five minutes."""
    return max(5, round(questions * MINUTES_EACH / 5) * 5)


def is_answered(question: Question, answer: AssessmentAnswer | None) -> bool:
    return answer is not None and bool(answer.grade or answer.text)


def progress(questions: Iterable[Question], answers: Mapping[int, AssessmentAnswer]) -> Progress:
    groups: dict[str, list[Question]] = {area: [] for area in CsrArea.values}
    for question in questions:
        groups[question.area].append(question)
    asked = [(area, group) for area, group in groups.items() if group]
    missing: list[OpenQuestion] = []
    notes: list[OpenQuestion] = []
    areas = []
    for step, (area, group) in enumerate(asked, start=1):
        opened = [one for one in group if not is_answered(one, answers.get(one.pk))]
        copied = [one for one in group if one not in opened and not answers[one.pk].is_confirmed]
        noted = [one for one in group if one.pk in answers and answers[one.pk].review_note]
        missing += [OpenQuestion(one, "open") for one in opened]
        missing += [OpenQuestion(one, "unconfirmed") for one in copied]
        notes += [OpenQuestion(one, "note", answers[one.pk].review_note) for one in noted]
        label = str(CsrArea(area).label)
        counts = (len(group), len(opened), len(copied), len(noted))
        areas.append(AreaProgress(area, label, step, *counts))
    return Progress(areas, missing, notes)
