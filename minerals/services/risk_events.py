"""What people learned about a supplier beyond its file: recorded, and ended with a reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput
from core.services.notifications import in_each_language, notify
from minerals.enums import RiskEventKind
from minerals.models import RiskEvent
from minerals.policies import risk as policies
from minerals.selectors.risk_people import event_for, told_about_risk
from minerals.services.event_rows import write_end, write_event
from minerals.services.rating import rate_supplier
from suppliers.selectors.suppliers import supplier_for
from suppliers.services.proof import clean_words
from suppliers.services.suppliers import require_alive
from suppliers.services.told import told_name

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class EventInput:
    """``kind``: a code of ``RiskEventKind``."""

    kind: str
    happened_on: dt.date | None = None
    note: str = ""


@transaction.atomic
def record_event(actor: User, supplier_id: int, data: EventInput) -> RiskEvent:
    """The risk is high from now on, until somebody ends it.

    Errors: supplier_not_found, may_not_report_risk, supplier_merged, risk_event_unknown,
    risk_event_in_future, risk_event_open_already, note_missing, text_too_long.
    """
    supplier = supplier_for(actor, supplier_id, locked=True)
    policies.require_report_risk(actor)
    require_alive(supplier)
    if data.kind not in RiskEventKind.values:
        raise InvalidInput("risk_event_unknown", N_("Choose what happened."), field="kind")
    day = data.happened_on or clock.today()
    if day > clock.today():
        raise InvalidInput(
            "risk_event_in_future", N_("This day is still to come."), field="happened_on"
        )
    note = _words(data.note, N_("Say what happened and how you know."))
    event = write_event(supplier, data.kind, day, note, actor)
    if event is None:
        raise DomainError(
            "risk_event_open_already",
            N_("The same is recorded already and has not ended."),
            field="kind",
        )
    _tell(actor, event)
    rate_supplier(supplier.pk)
    return event


@transaction.atomic
def end_event(actor: User, event_id: int, note: str) -> RiskEvent:
    """It no longer makes the risk high.

    Errors: risk_event_not_found, may_not_relieve_risk, risk_event_ended, note_missing,
    text_too_long.
    """
    found = event_for(actor, event_id)
    supplier = supplier_for(actor, found.supplier_id, locked=True)
    policies.require_relieve_risk(actor)
    event = RiskEvent.objects.select_for_update().get(pk=found.pk)
    if event.ended_on is not None:
        raise DomainError("risk_event_ended", N_("This has ended already."))
    words = _words(note, N_("Say why it is over."))
    write_end(event, clock.today(), words, actor)
    rate_supplier(supplier.pk)
    return event


def _words(text: str, missing: str) -> str:
    words = clean_words(text, "note")
    if not words:
        raise InvalidInput("note_missing", missing, field="note")
    return words


def _tell(actor: User, event: RiskEvent) -> None:
    supplier = event.supplier
    notify(
        told_about_risk(supplier, actor),
        "risk.event_recorded",
        N_("%(supplier)s is at high risk: %(what)s. %(person)s recorded it."),
        {
            "person": str(actor),
            "supplier": told_name(supplier),
            "what": in_each_language(lambda: str(event.get_kind_display())),
        },
        url=reverse("minerals:risk-supplier", args=[supplier.pk]),
        subject=event,
        about=supplier,
    )
