"""Facts of gates: recorded by people with evidence, and by the apps that know them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput, NotFound
from core.services.activity import record_activity
from suppliers.enums import GateKind, GateResult
from suppliers.models import GateRecord, Supplier
from suppliers.policies.lifecycle import require_record_gate
from suppliers.selectors.suppliers import supplier_for
from suppliers.services.evidence import store_evidence
from suppliers.services.proof import require_proof
from suppliers.services.requests import Upload
from suppliers.services.suppliers import require_alive

if TYPE_CHECKING:
    from accounts.models import User

MANUAL = "manual"
# What is signed is no record: signatures are looked at.
RECORDED = tuple(kind for kind in GateKind if kind != GateKind.DOCUMENTS)
LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class GateInput:
    """``source``: ``manual`` or the name of the app, ``source_ref`` its record there."""

    kind: str
    result: str = GateResult.PASSED
    dated_on: dt.date | None = None
    valid_until: dt.date | None = None
    note: str = ""
    source: str = MANUAL
    source_ref: str = ""
    evidence: Sequence[Upload] = ()


@transaction.atomic
def record_gate(actor: User | None, supplier_id: int, data: GateInput) -> GateRecord:
    """``actor`` None is an app: it names itself as the source.

    Errors: supplier_not_found, supplier_merged, may_not_record_gate, gate_kind_unknown,
    gate_result_unknown, gate_source_missing, gate_date_missing, gate_date_future,
    gate_period_reversed, gate_note_too_long, proof_missing and those of ``services.evidence``.
    """
    supplier = _supplier(actor, supplier_id)
    if data.kind not in RECORDED:
        raise InvalidInput("gate_kind_unknown", N_("There is no such condition."), field="kind")
    if actor is not None:
        require_record_gate(actor, data.kind)
    _require_source(actor, data)
    dated_on = _checked_dates(data)
    note = _checked_note(data)
    if actor is not None:
        require_proof(note, data.evidence, "note")
    record = GateRecord.objects.create(
        supplier=supplier,
        kind=data.kind,
        result=data.result,
        dated_on=dated_on,
        valid_until=data.valid_until,
        note=note,
        source=data.source,
        source_ref=data.source_ref,
        recorded_by=actor,
    )
    if actor is not None:
        for upload in data.evidence:
            store_evidence(actor, supplier, upload, subject=record)
    _record(actor, "gate.recorded", record)
    return record


def _supplier(actor: User | None, supplier_id: int) -> Supplier:
    if actor is not None:
        seen = supplier_for(actor, supplier_id, locked=True)
        require_alive(seen)
        return seen
    found = Supplier.objects.select_for_update().filter(pk=supplier_id).first()
    if found is None:
        raise NotFound("supplier_not_found", N_("There is no such supplier."))
    return found


def _require_source(actor: User | None, data: GateInput) -> None:
    """A person cannot speak for an app, nor an app for a person."""
    by_hand = data.source == MANUAL and not data.source_ref
    if by_hand != (actor is not None):
        raise InvalidInput(
            "gate_source_missing", N_("The source of the result is missing."), field="source"
        )


def _checked_dates(data: GateInput) -> dt.date:
    if data.result not in GateResult.values:
        raise InvalidInput(
            "gate_result_unknown", N_("Choose passed or not passed."), field="result"
        )
    if data.dated_on is None:
        raise InvalidInput("gate_date_missing", N_("Give the date."), field="dated_on")
    if data.dated_on > clock.today():
        raise InvalidInput("gate_date_future", N_("The date is in the future."), field="dated_on")
    if data.valid_until is not None and data.valid_until < data.dated_on:
        raise InvalidInput(
            "gate_period_reversed",
            N_("It would end before its own date."),
            field="valid_until",
        )
    return data.dated_on


def _checked_note(data: GateInput) -> str:
    note = data.note.strip()
    if len(note) > LONGEST_NOTE:
        raise InvalidInput(
            "gate_note_too_long",
            N_("The note is longer than %(limit)s characters; add a file instead."),
            {"limit": LONGEST_NOTE},
            field="note",
        )
    return note


@transaction.atomic
def withdraw_gate(actor: User, record_id: int) -> GateRecord:
    """A record made by mistake no longer counts; it stays in the history.

    Errors: gate_record_not_found, may_not_record_gate, gate_record_of_an_app,
    gate_record_withdrawn.
    """
    found = GateRecord.objects.visible_to(actor).filter(pk=record_id).first()
    if found is None:
        raise NotFound("gate_record_not_found", N_("There is no such record."))
    supplier_for(actor, found.supplier_id, locked=True)
    record = (
        GateRecord.objects.select_for_update(of=("self",))
        .select_related("supplier")
        .get(pk=found.pk)
    )
    require_record_gate(actor, record.kind)
    if record.source != MANUAL:
        raise DomainError(
            "gate_record_of_an_app",
            N_("This result comes from another part of the product; change it there."),
        )
    if record.withdrawn_at is not None:
        raise DomainError("gate_record_withdrawn", N_("This record is withdrawn already."))
    record.withdrawn_at = clock.now()
    record.save()
    _record(actor, "gate.withdrawn", record)
    return record


def _record(actor: User | None, verb: str, record: GateRecord) -> None:
    record_activity(
        actor,
        verb,
        record.supplier,
        record=record.pk,
        kind=record.kind,
        result=record.result,
        dated_on=record.dated_on.isoformat(),
        note=record.note,
        source=record.source,
    )
