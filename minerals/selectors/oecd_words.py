"""The five steps in the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from minerals.enums import RiskLevel
from minerals.rules.oecd import Evidence, Step


@dataclass(frozen=True, slots=True)
class Line:
    """``gap`` and ``remedy`` are empty where nothing is missing."""

    code: str
    label: str
    count: int
    of: int | None
    on: dt.date | None
    url: str
    detail: str
    gap: str
    remedy: str

    @property
    def is_found(self) -> bool:
        return self.count > 0


@dataclass(frozen=True, slots=True)
class StepWords:
    number: int
    title: str
    lines: list[Line]

    @property
    def gap_count(self) -> int:
        return sum(bool(line.gap) for line in self.lines)


def steps_in_words(steps: Iterable[Step]) -> list[StepWords]:
    return [
        StepWords(step.number, _(step.title), [_line(line) for line in step.lines])
        for step in steps
    ]


def _line(line: Evidence) -> Line:
    found = line.found
    gap = _(line.kind.gap) if line.is_gap else ""
    remedy = _(line.kind.remedy) if line.is_gap else ""
    return Line(
        found.code,
        _(line.kind.label),
        found.count,
        found.of,
        found.on,
        found.url,
        _detail(found.detail),
        gap,
        remedy,
    )


def _detail(detail: str) -> str:
    levels = dict(RiskLevel.choices)
    return str(levels.get(detail, detail))
