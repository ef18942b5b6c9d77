"""Events of the risk that a mitigation records and ends."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from minerals.enums import RiskEventKind
from minerals.models import MitigationPlan, RiskEvent
from minerals.services.event_rows import write_end, write_event

if TYPE_CHECKING:
    from accounts.models import User


def record_event(
    plan: MitigationPlan,
    kind: RiskEventKind,
    day: dt.date,
    note: str = "",
    actor: User | None = None,
) -> bool:
    """Once while the last one of its kind is open; whether it is new. ``note``: words of people."""
    return write_event(plan.supplier, kind, day, note, actor) is not None


def end_overdue_event(plan: MitigationPlan, day: dt.date, note: str, actor: User | None) -> bool:
    """The deadline is met after all, or was moved: it lifts the risk no longer. What a supplier
    refused stays until a person ends it."""
    events = RiskEvent.objects.filter(
        supplier=plan.supplier,
        kind=RiskEventKind.MITIGATION_OVERDUE,
        ended_on=None,
        happened_on__gte=plan.opened_on,
    )
    found = list(events)
    for event in found:
        write_end(event, day, note, actor)
    return bool(found)
