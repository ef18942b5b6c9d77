"""Risk events as rows with their entry in the trail. The only writer of them: people and the
mitigation both come through here."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from core.services.activity import record_activity
from minerals.models import RiskEvent
from suppliers.models import Supplier

if TYPE_CHECKING:
    from accounts.models import User


def write_event(
    supplier: Supplier, kind: str, day: dt.date, note: str, actor: User | None
) -> RiskEvent | None:
    """None while one of its kind is open. The supplier must be locked."""
    if supplier.risk_events.filter(kind=kind, ended_on=None).exists():
        return None
    event = RiskEvent.objects.create(
        supplier=supplier, kind=kind, happened_on=day, note=note, recorded_by=actor
    )
    record_activity(
        actor, "risk.event_recorded", supplier, event=event.pk, kind=str(kind), note=note
    )
    return event


def write_end(event: RiskEvent, day: dt.date, note: str, actor: User | None) -> None:
    """The supplier must be locked."""
    event.ended_on, event.ended_by, event.end_note = day, actor, note
    event.save(update_fields=["ended_on", "ended_by", "end_note"])
    record_activity(
        actor, "risk.event_ended", event.supplier, event=event.pk, kind=event.kind, note=note
    )
