"""Audits and training as far as they are on record: condition records and parts of the rating."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core import clock
from core.badges import Badge
from core.models.subject import named
from suppliers.enums import GateKind, RatingPartKind
from suppliers.models import EvidenceFile, GateRecord, RatingPart, Supplier
from suppliers.selectors.badges import result_badge_of

if TYPE_CHECKING:
    from accounts.models import User

SHOWN = 50


@dataclass(frozen=True, slots=True)
class RecordLine:
    """``is_outdated``: it was valid until a day that has passed."""

    record: GateRecord
    badge: Badge
    files: list[EvidenceFile]
    is_outdated: bool


@dataclass(frozen=True, slots=True)
class RecordsCard:
    """``parts``: what the records gave to the CSR rating, newest first. ``empty`` says what will
    be here."""

    title: str
    lines: list[RecordLine]
    parts: list[RatingPart]
    empty: str


def audits_card(actor: User, supplier: Supplier) -> RecordsCard:
    kinds = (GateKind.CERTIFICATION_AUDIT, GateKind.MONITORING_AUDIT)
    parts = supplier.rating_parts.filter(kind=RatingPartKind.AUDIT)[:SHOWN]
    return RecordsCard(
        _("Audits"),
        _lines(actor, supplier, kinds),
        list(parts),
        _("Certification and monitoring audits appear here with their result, date and evidence."),
    )


def training_card(actor: User, supplier: Supplier) -> RecordsCard:
    return RecordsCard(
        _("Training"),
        _lines(actor, supplier, (GateKind.TRAINING,)),
        [],
        _("CSR training that people of this supplier attended appears here with its date."),
    )


def _lines(actor: User, supplier: Supplier, kinds: Iterable[GateKind]) -> list[RecordLine]:
    found = supplier.gate_records.filter(kind__in=list(kinds), withdrawn_at=None)
    records = list(found.select_related("recorded_by")[:SHOWN])
    files = _files(actor, supplier, records)
    today = clock.today()
    return [
        RecordLine(
            record,
            result_badge_of(record),
            files.get(str(record.pk), []),
            bool(record.valid_until and record.valid_until < today),
        )
        for record in records
    ]


def _files(
    actor: User, supplier: Supplier, records: list[GateRecord]
) -> dict[str, list[EvidenceFile]]:
    by_record: dict[str, list[EvidenceFile]] = {}
    if records:
        found = EvidenceFile.objects.visible_to(actor).filter(
            supplier=supplier,
            subject_type=named(records[0])["subject_type"],
            subject_id__in=[str(record.pk) for record in records],
        )
        for file in found:
            by_record.setdefault(file.subject_id, []).append(file)
    return by_record
