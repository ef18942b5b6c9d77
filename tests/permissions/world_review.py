"""Reviews: things of the small world."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from core import clock
from minerals.enums import FindingDecisionKind, ReviewState
from minerals.models import Clarification, Declaration, Finding, FindingDecision
from minerals.rules.review import finding_key, working_days_after
from suppliers.models import Supplier
from tests.factories.minerals import make_declaration

CODE = "contact_email_missing"


def build(supplier: Supplier, contact: User, specialist: User, other: Supplier) -> dict[str, Any]:
    """A review that runs with a finding decided on and one noted to be asked, open questions about
    a second file and answered ones about a third. Other families: none supersedes the CMRT."""
    running = _declaration(supplier, "EMRT", review=ReviewState.UNDER_REVIEW)
    waived = _decision(running, specialist, "A1", FindingDecisionKind.WAIVED)
    _decision(running, specialist, "A2", FindingDecisionKind.ASKED)
    asked = _declaration(supplier, "AMRT", review=ReviewState.CLARIFICATION_OPEN)
    answered = _declaration(supplier, "CRT", review=ReviewState.UNDER_REVIEW)
    key = Finding.objects.create(declaration=running, position=9, code=CODE, severity="warning")
    clean = _declaration(supplier, "")
    return {
        "reviewed": running.pk,
        "clean_declaration": clean.pk,
        "finding_decision": waived.pk,
        "finding_key": finding_key(key.code, key.cell, key.params),
        "clarification": _questions(asked, specialist, "open").pk,
        "answered_clarification": _questions(answered, specialist, "answered").pk,
        "in_ten_days": working_days_after(clock.today(), 10).isoformat(),
        "reviewer": specialist.pk,
    }


def _declaration(supplier: Supplier, family: str, **fields: Any) -> Declaration:
    facts = {"status": fields.get("review", "structurally_valid"), "content_key": family}
    return make_declaration(supplier, family=family, version="1.0", **{**facts, **fields})


def _decision(
    declaration: Declaration, person: User, cell: str, kind: FindingDecisionKind
) -> FindingDecision:
    finding = Finding.objects.create(
        declaration=declaration, position=len(cell), code=CODE, cell=cell, severity="warning"
    )
    assert declaration.supplier is not None
    return FindingDecision.objects.create(
        declaration=declaration,
        supplier=declaration.supplier,
        content_key=declaration.content_key,
        finding_key=finding_key(finding.code, finding.cell, finding.params),
        code=finding.code,
        cell=cell,
        kind=kind,
        reason="seen",
        decided_by=person,
    )


def _questions(declaration: Declaration, owner: User, state: str) -> Clarification:
    assert declaration.supplier is not None
    made = Clarification.objects.create(
        declaration=declaration,
        supplier=declaration.supplier,
        owner=owner,
        due_on=clock.today(),
        state=state,
    )
    made.items.create(position=1, finding_key="k", code=CODE, cell="A1")
    return made
