"""Events of the risk that a mitigation records and ends."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from core.services.activity import record_activity
from minerals.enums import RiskEventKind
from minerals.models import MitigationPlan, RiskEvent

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
    event, made = RiskEvent.objects.get_or_create(
        supplier=plan.supplier,
        kind=kind,
        ended_on=None,
        defaults={"happened_on": day, "note": note, "recorded_by": actor},
    )
    if made:
        record_activity(
            actor, "risk.event_recorded", plan.supplier, event=event.pk, kind=str(kind), note=note
        )
    return made


def end_overdue_event(plan: MitigationPlan, day: dt.date, note: str, actor: User | None) -> bool:
    """The deadline is met after all, or was moved: it lifts the risk no longer. What a supplier
    refused stays until a person ends it."""
    events = RiskEvent.objects.filter(
        supplier=plan.supplier,
        kind=RiskEventKind.MITIGATION_OVERDUE,
        ended_on=None,
        happened_on__gte=plan.opened_on,
    )
    ended = False
    for event in events:
        event.ended_on, event.ended_by, event.end_note = day, actor, note
        event.save()
        record_activity(
            actor,
            "risk.event_ended",
            plan.supplier,
            event=event.pk,
            kind=event.kind,
            note=note,
        )
        ended = True
    return ended
