"""Findings about the form of single answers: is it one of the choices, was it meant at all."""

from __future__ import annotations

from collections.abc import Iterator

from minerals.rules.catalogue.labels import WHOLE_COMPANY
from minerals.rules.consistency.context import Context
from minerals.rules.consistency.header import only_blanks
from minerals.rules.consistency.making import finding
from minerals.rules.consistency.roles import (
    active_minerals,
    closing_answer,
    role_of,
    said,
    state_of,
)
from minerals.rules.declaration import Answer, Declaration
from minerals.rules.judgement import Finding
from minerals.rules.normalise import normalised
from minerals.rules.words import ANSWER_WORDS

_MEANINGS = {normalised(word): answer for word, answer in ANSWER_WORDS.items()}


def answer_findings(declaration: Declaration, context: Context) -> Iterator[Finding]:
    for answer in _judged(declaration):
        yield from _form(answer, context)
    for mineral in declaration.minerals:
        yield from _left_over(declaration, mineral)


def _judged(declaration: Declaration) -> Iterator[Answer]:
    """Answers that count: the gates of every mineral, the rest where the gates are open."""
    active = active_minerals(declaration)
    for answer in declaration.answers:
        gate = role_of(declaration.family, answer.question) in ("uses", "remains")
        if gate or answer.mineral in active:
            yield answer
    for answer in declaration.company_answers:
        if active and (answer.mineral is None or answer.mineral in active):
            yield answer


def _form(answer: Answer, context: Context) -> Iterator[Finding]:
    params = {
        "question": answer.question,
        "mineral": answer.mineral or WHOLE_COMPANY,
        "value": answer.entry.text,
    }
    cell = answer.entry.cell
    if answer.entry.missing:
        return
    if only_blanks(answer.entry):
        yield finding("answer_only_blanks", cell, **params)
        return
    allowed = context.allowed(answer.question, answer.mineral)
    offered = {normalised(option): option for option in allowed}
    if not allowed or _offered(answer, offered):
        if isinstance(answer.entry.raw, str) and answer.entry.raw != answer.entry.text:
            yield finding("answer_with_blanks", cell, **params)
        return
    meaning = _MEANINGS.get(normalised(answer.entry.text), "")
    if normalised(meaning) in offered:
        yield finding("answer_in_other_words", cell, meaning=meaning, **params)
    else:
        yield finding("answer_not_in_list", cell, allowed=" / ".join(allowed), **params)


def _offered(answer: Answer, offered: dict[str, str]) -> bool:
    """Case, blanks and punctuation do not matter; neither does 1 for 100%."""
    return normalised(answer.value) in offered or normalised(answer.entry.text) in offered


def _left_over(declaration: Declaration, mineral: str) -> Iterator[Finding]:
    """Later answers of a mineral that is declared as not used. A second "No" is no surprise."""
    closing = closing_answer(declaration, mineral)
    if closing is None or state_of(declaration, mineral) != "off":
        return
    later = [
        answer
        for answer in declaration.answers
        if answer.mineral == mineral
        and answer.entry.text
        and role_of(declaration.family, answer.question) != "uses"
        and answer.question != closing.question
        and not (role_of(declaration.family, answer.question) == "remains" and said(answer) == "no")
    ]
    if later:
        yield finding(
            "answers_for_undeclared_mineral",
            later[0].entry.cell,
            mineral=mineral,
            question=closing.question,
            value=closing.entry.text,
            answered=", ".join(answer.question for answer in later),
            other_cell=closing.entry.cell,
        )
