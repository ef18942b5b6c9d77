"""The problems of a smelter list in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from minerals.models import SmelterList, StatusWord
from minerals.rules.smelter_list.columns import LABELS
from minerals.rules.smelter_list.problems import PROBLEMS, Effect, ListProblem
from minerals.rules.smelter_status import status_key
from minerals.selectors.questions import mineral_name
from suppliers.rules.import_problems import text_of_problem

# Effect to tone and icon.
TONES: dict[Effect, tuple[str, str]] = {
    "left_out": ("now", "alert-octagon"),
    "not_taken": ("soon", "alert-triangle"),
    "kept": ("soon", "alert-triangle"),
    "file": ("soon", "alert-triangle"),
}


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """``row`` None and ``cell`` empty for what concerns the whole file."""

    code: str
    effect: Effect
    row: int | None
    cell: str
    column: str
    value: str
    title: str
    message: str
    remedy: str

    @property
    def tone(self) -> str:
        return TONES[self.effect][0]

    @property
    def icon(self) -> str:
        return TONES[self.effect][1]


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    code: str
    title: str
    count: int


def problem_text(code: str) -> ListProblem:
    """The words for lists, else those of other spreadsheets that come in."""
    known = PROBLEMS.get(code)
    if known is not None:
        return known
    other = text_of_problem(code)
    return ListProblem("file", other.message, other.message, other.remedy)


def problems_of(smelter_list: SmelterList) -> list[ProblemLine]:
    """In the order of the file. Words that somebody explained since are no problem any more."""
    explained = set(StatusWord.objects.values_list("key", flat=True))
    return [
        problem_line(problem)
        for problem in smelter_list.problems
        if not (
            problem["code"] == "status_unknown"
            and status_key(problem.get("value", "")) in explained
        )
    ]


def groups_of(lines: Sequence[ProblemLine]) -> list[ProblemGroup]:
    """Kinds of problems, the most frequent first."""
    numbers = Counter(line.code for line in lines)
    titles = {line.code: line.title for line in lines}
    return [ProblemGroup(code, titles[code], count) for code, count in numbers.most_common()]


def problem_line(problem: dict[str, Any]) -> ProblemLine:
    text = problem_text(problem["code"])
    params = _in_words(problem)
    row, letter = problem.get("row"), problem.get("column", "")
    label = LABELS.get(problem.get("field", ""), "")
    return ProblemLine(
        code=problem["code"],
        effect=text.effect,
        row=row,
        cell=f"{letter}{row}" if letter and row else "",
        column=gettext(label) if label else "",
        value=problem.get("value", ""),
        title=gettext(text.title) % params,
        message=gettext(text.message) % params,
        remedy=gettext(text.remedy) % params if text.remedy else "",
    )


def _in_words(problem: dict[str, Any]) -> dict[str, Any]:
    params = {"value": problem.get("value", ""), **(problem.get("params") or {})}
    for name in ("metal", "first_metal", "known"):
        if name in params:
            params[name] = mineral_name(params[name])
    if "column" in params:
        params["column"] = gettext(LABELS.get(params["column"], params["column"]))
    return params
