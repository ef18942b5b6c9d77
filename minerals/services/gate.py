"""Telling the lifecycle whether a supplier's declarations are accepted, or can be as they are.

A reviewer's acceptance or rejection says it. Before that only what the rules alone can say:
nothing open, or something to correct; where warnings remain, the review decides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from minerals.enums import DeclarationStatus, ReviewState, VerdictState
from minerals.models import Declaration
from minerals.rules.families import forms_needed
from minerals.rules.review_steps import DECIDED
from suppliers.enums import GateKind, GateResult
from suppliers.models import GateRecord, MineralScope
from suppliers.services.gates import GateInput, record_gate

SOURCE = "minerals"
# The survey is yearly (domain, section 3).
VALID_FOR = dt.timedelta(days=365)
OPEN = (VerdictState.CORRECT_FIRST, VerdictState.OUTDATED)


def push_declaration_gate(supplier_id: int | None) -> GateRecord | None:
    """Record what the supplier's current declarations say; None when nothing new is known.

    Call inside the transaction that changed them. A result is recorded once, so that what a
    person decided afterwards about the same files stays.
    """
    if supplier_id is None:
        return None
    deciding = _deciding(supplier_id)
    if not deciding:
        return None
    result = GateResult.FAILED
    if all(_passes(each) for each in deciding):
        result = GateResult.PASSED
    reference = _reference(deciding)
    newest = GateRecord.objects.filter(
        supplier_id=supplier_id, kind=GateKind.DECLARATION, source=SOURCE
    ).first()
    if newest is not None and (newest.result, newest.source_ref) == (result, reference):
        return None
    return _record(supplier_id, result, deciding)


def _record(supplier_id: int, result: GateResult, deciding: list[Declaration]) -> GateRecord:
    dated_on = min(_dated(each) for each in deciding)
    return record_gate(
        None,
        supplier_id,
        GateInput(
            GateKind.DECLARATION,
            result,
            dated_on,
            dated_on + VALID_FOR if result == GateResult.PASSED else None,
            note=", ".join(each.title for each in deciding),
            source=SOURCE,
            source_ref=_reference(deciding),
        ),
    )


def withdraw_acceptance(declaration: Declaration) -> GateRecord | None:
    """The review was reopened: what passed because of it passes no longer, whatever else is not
    known yet. Call after ``push_declaration_gate``."""
    newest = GateRecord.objects.filter(
        supplier=declaration.supplier_id, kind=GateKind.DECLARATION, source=SOURCE
    ).first()
    if newest is None or newest.result != GateResult.PASSED or _passes(declaration):
        return None
    if _named(declaration) not in newest.source_ref.split(","):
        return None
    return _record(newest.supplier_id, GateResult.FAILED, [declaration])


def _deciding(supplier_id: int) -> list[Declaration]:
    """Those that fail, or all that are needed; empty while neither can be said."""
    materials = MineralScope.objects.filter(supplier_id=supplier_id)
    needed = forms_needed(materials.values_list("metal", flat=True))
    current = {
        declaration.family: declaration
        for declaration in Declaration.objects.filter(
            supplier_id=supplier_id, judged_at__isnull=False
        )
        .exclude(status=DeclarationStatus.SUPERSEDED)
        .order_by("received_at", "pk")
    }
    found = [_first_of(current, families) for families in needed]
    wrong = [each for each in found if each is not None and _fails(each)]
    if wrong:
        return wrong
    clean = [each for each in found if each is not None and _passes(each)]
    return clean if needed and len(clean) == len(needed) else []


def _passes(declaration: Declaration) -> bool:
    if declaration.review in DECIDED:
        return declaration.review != ReviewState.REJECTED
    return declaration.verdict == VerdictState.CLEAN


def _fails(declaration: Declaration) -> bool:
    if declaration.review in DECIDED:
        return declaration.review == ReviewState.REJECTED
    return declaration.verdict in OPEN


def _reference(deciding: list[Declaration]) -> str:
    return ",".join(_named(each) for each in deciding)[:80]


def _named(declaration: Declaration) -> str:
    return f"{declaration._meta.label_lower}:{declaration.pk}"


def _first_of(current: dict[str, Declaration], families: Iterable[str]) -> Declaration | None:
    return next((current[name] for name in sorted(families) if name in current), None)


def _dated(declaration: Declaration) -> dt.date:
    """The effective date; the day of arrival where that is missing or lies ahead of it."""
    arrived = declaration.received_at.date()
    effective = declaration.effective_on
    return effective if effective is not None and effective <= arrived else arrived
