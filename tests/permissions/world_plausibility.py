"""Plausibility alerts: things of the small world."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from core import clock
from minerals.enums import AlertKind, AlertState, DeclarationStatus
from minerals.models import PlausibilityAlert
from suppliers.models import Supplier
from tests.factories.minerals import make_declaration


def build(supplier: Supplier, contact: User, specialist: User, other: Supplier) -> dict[str, Any]:
    """Keys by the names that rows of the table use."""
    # Superseded, so that nobody's home looks other for it.
    old = {"status": DeclarationStatus.SUPERSEDED}
    declaration, resembled = make_declaration(supplier, **old), make_declaration(other, **old)
    alert = PlausibilityAlert.objects.create(
        supplier=supplier,
        declaration=declaration,
        other=resembled,
        kind=AlertKind.SAME_AS_OTHER,
        measures={"similarity": 1, "shared": 30, "only_own": 0, "only_other": 0, "errors": []},
    )
    decided = PlausibilityAlert.objects.create(
        supplier=supplier,
        declaration=declaration,
        kind=AlertKind.WHOLE_LIST,
        state=AlertState.EXPLAINED,
        note="Seen.",
        decided_by=specialist,
        decided_at=clock.now(),
    )
    return {"alert": alert.pk, "decided_alert": decided.pk}
