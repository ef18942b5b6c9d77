"""The answers of a declaration as the matrix of the form: questions down, minerals across."""

from __future__ import annotations

from dataclasses import dataclass

from minerals.enums import VerdictState
from minerals.models import AnswerLine, Declaration, Finding
from minerals.selectors.finding_lines import mark_of, marked_cells
from minerals.selectors.questions import mineral_name, question_words


@dataclass(frozen=True, slots=True)
class AnswerCell:
    """``state``: open, warned, changed or empty; ``was`` is the previous declaration's answer.

    ``anchor`` names the finding the mark comes from.
    """

    value: str
    comment: str
    cell: str
    state: str = ""
    was: str = ""
    changed: bool = False
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """``cells`` parallel to the columns; None where the form does not ask."""

    number: str
    label: str
    cells: tuple[AnswerCell | None, ...]


@dataclass(frozen=True, slots=True)
class AnswerMatrix:
    columns: tuple[str, ...]
    rows: tuple[AnswerRow, ...]
    company: tuple[AnswerRow, ...]
    compared: bool
    changed: int


def answer_matrix(declaration: Declaration, previous: Declaration | None) -> AnswerMatrix:
    """Both parts of the form; differences to ``previous`` are marked."""
    answers = list(declaration.answers.all())
    marks = marked_cells(declaration)
    old = {(a.question, a.mineral): a.value for a in previous.answers.all()} if previous else None
    cells = {(a.question, a.mineral): _cell(a, marks, old) for a in answers}
    minerals = tuple(dict.fromkeys(a.mineral for a in answers if a.mineral))
    outdated = declaration.verdict == VerdictState.OUTDATED

    def row(question: str, keys: tuple[str, ...]) -> AnswerRow:
        words = question_words(declaration.family, question, outdated=outdated)
        return AnswerRow(question, words, tuple(cells.get((question, key)) for key in keys))

    by_mineral = dict.fromkeys(a.question for a in answers if a.mineral)
    company = dict.fromkeys(a.question for a in answers if not a.mineral)
    return AnswerMatrix(
        columns=tuple(mineral_name(mineral) for mineral in minerals),
        rows=tuple(row(question, minerals) for question in by_mineral),
        company=tuple(row(question, ("",)) for question in company),
        compared=old is not None,
        changed=sum(cell.changed for cell in cells.values()),
    )


def _cell(
    answer: AnswerLine, marks: dict[str, Finding], old: dict[tuple[str, str], str] | None
) -> AnswerCell:
    was = None if old is None else old.get((answer.question, answer.mineral))
    changed = was is not None and was.strip().casefold() != answer.value.strip().casefold()
    state, anchor = mark_of(marks.get(answer.cell))
    return AnswerCell(
        value=answer.value,
        comment=answer.comment,
        cell=answer.cell,
        state=state or ("changed" if changed else ""),
        was=was or "",
        changed=changed,
        anchor=anchor,
    )
