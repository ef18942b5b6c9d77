"""What each question means, by family: letters and numbers differ, meanings do not.

Source: formats.md 2.2 and the question texts of the templates. EMRT 1.x and 2.x agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from minerals.rules.declaration import Answer, Declaration, Family
from minerals.rules.normalise import normalised
from minerals.rules.words import ANSWER_WORDS

Role = Literal[
    "uses",
    "remains",
    "covered_countries",
    "cahra",
    "recycled",
    "supplier_share",
    "all_identified",
    "all_reported",
    "policy",
    "policy_public",
    "policy_risks",
    "validated_smelters",
    "due_diligence",
    "suppliers_due_diligence",
    "suppliers_risks",
    "surveys",
    "reviews",
    "corrective_action",
    "legal_disclosure",
]
State = Literal["used", "off", "undecided", "open"]

ROLES: Mapping[Family, Mapping[str, Role]] = {
    "CMRT": {
        "Q1": "uses",
        "Q2": "remains",
        "Q3": "covered_countries",
        "Q4": "cahra",
        "Q5": "recycled",
        "Q6": "supplier_share",
        "Q7": "all_identified",
        "Q8": "all_reported",
        "A": "policy",
        "B": "policy_public",
        "C": "validated_smelters",
        "D": "due_diligence",
        "E": "surveys",
        "F": "reviews",
        "G": "corrective_action",
        "H": "legal_disclosure",
    },
    "EMRT": {
        "Q1": "uses",
        "Q2": "remains",
        "Q3": "cahra",
        "Q4": "recycled",
        "Q5": "supplier_share",
        "Q6": "all_identified",
        "Q7": "all_reported",
        "A": "policy",
        "B": "policy_public",
        "C": "validated_smelters",
        "D": "due_diligence",
        "E": "surveys",
        "F": "reviews",
        "G": "corrective_action",
    },
    "AMRT": {"Q1": "uses", "Q2": "supplier_share"},
    "CRT": {
        "Q1": "uses",
        "Q2": "cahra",
        "Q3": "recycled",
        "Q4": "supplier_share",
        "Q5": "all_identified",
        "Q6": "all_reported",
        "A": "policy_public",
        "B": "policy_risks",
        "C": "due_diligence",
        "D": "suppliers_due_diligence",
        "E": "validated_smelters",
        "F": "suppliers_risks",
        "G": "surveys",
        "H": "reviews",
        "I": "corrective_action",
    },
}
_WORDS = {normalised(word): answer.casefold() for word, answer in ANSWER_WORDS.items()}
_UNDECIDED = frozenset({"unknown", "notdeclaring", "notapplicableforthisdeclaration"})


def role_of(family: Family, question: str) -> Role | None:
    return ROLES[family].get(question)


def question_of(family: Family, role: Role) -> str:
    """The question with this meaning; ``""`` where the family does not ask it."""
    return next((question for question, known in ROLES[family].items() if known == role), "")


def with_role(declaration: Declaration, role: Role, mineral: str | None) -> Answer | None:
    """The answer with this meaning, when it was asked and something is in the cell."""
    question = question_of(declaration.family, role)
    found = declaration.answer(question, mineral) if question else None
    return found if found is not None and found.entry.text else None


def all_with_role(declaration: Declaration, role: Role) -> Iterator[Answer]:
    """The answers with this meaning for each active mineral, and for the company if any is."""
    active = active_minerals(declaration)
    for item in (*declaration.answers, *declaration.company_answers):
        known = role_of(declaration.family, item.question) == role
        asked = bool(active) if item.mineral is None else item.mineral in active
        if known and asked and item.entry.text:
            yield item


def said(answer: Answer | None) -> str:
    """``yes``, ``no``, ``unknown``, or the answer in one spelling; ``""`` for none.

    "Yes, with the SEC" is a yes, and so is an origin that is limited to named countries
    ("DRC only").
    """
    if answer is None:
        return ""
    value = normalised(answer.value or answer.entry.text)
    if value in _WORDS:
        return _WORDS[value]
    if value.startswith("yes") or value.endswith("only"):
        return "yes"
    return value


def state_of(declaration: Declaration, mineral: str) -> State:
    """Whether the mineral is declared as used; ``open`` while question 1 or 2 is unanswered."""
    uses = said(with_role(declaration, "uses", mineral))
    if uses != "yes" or not question_of(declaration.family, "remains"):
        return _state(uses)
    return _state(said(with_role(declaration, "remains", mineral)))


def _state(answer: str) -> State:
    if answer == "yes":
        return "used"
    if answer == "no":
        return "off"
    return "undecided" if answer in _UNDECIDED else "open"


def closing_answer(declaration: Declaration, mineral: str) -> Answer | None:
    """The answer to question 1 or 2 that makes the mineral ``off`` or ``undecided``."""
    uses = with_role(declaration, "uses", mineral)
    return with_role(declaration, "remains", mineral) if said(uses) == "yes" else uses


def active_minerals(declaration: Declaration) -> tuple[str, ...]:
    """Minerals whose later questions count: used, or not yet decided by an empty cell."""
    return tuple(
        mineral
        for mineral in declaration.minerals
        if state_of(declaration, mineral) in ("used", "open")
    )
