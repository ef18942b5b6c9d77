"""Files with something to talk about, and the people who talk about it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from core import clock
from minerals.enums import FindingSeverity
from minerals.models import Clarification, Declaration
from minerals.rules.review import working_days_after
from minerals.selectors.review import key_of
from minerals.services.clarifications import AskInput, send_questions
from minerals.services.finding_decisions import DecisionInput, decide_findings
from suppliers.models import Supplier
from tests.factories.minerals import Desk, form


def contradicting(**changes: Any) -> bytes:
    """Tungsten is not used, says question 1, and yet a tungsten smelter is named; no contact."""
    company = {"contact_email": "", **changes.pop("company", {})}
    return form(answers={("Q1", "Tungsten"): "No"}, company=company, **changes)


def keys(declaration: Declaration, *severities: str) -> list[str]:
    found = declaration.findings.all()
    return [key_of(one) for one in found if not severities or one.severity in severities]


def errors(declaration: Declaration) -> list[str]:
    return keys(declaration, FindingSeverity.ERROR)


def warnings(declaration: Declaration) -> list[str]:
    return keys(declaration, FindingSeverity.WARNING)


def decide(
    actor: User, declaration: Declaration, found: list[str], kind: str, why: str = ""
) -> None:
    decide_findings(actor, declaration.pk, DecisionInput(found, kind, why))
    declaration.refresh_from_db()


def ask(actor: User, declaration: Declaration, found: list[str], why: str = "") -> Clarification:
    """Note the questions and send them, due in ten working days."""
    decide(actor, declaration, found, "asked", why)
    due_on = working_days_after(clock.today(), 10)
    made = send_questions(actor, declaration.pk, AskInput(due_on, message="Please look at this."))
    declaration.refresh_from_db()
    return made


@pytest.fixture
def own_desk(tmp_path: Path, supplier_user: User) -> Desk:
    """The supplier's contact hands in."""
    return Desk(tmp_path, supplier_user)


@pytest.fixture
def wrong(own_desk: Desk, supplier: Supplier) -> Declaration:
    """A file with errors, handed in by the supplier."""
    return own_desk.hand_in(supplier, contradicting(), "wrong.xlsx")
