"""Parts of the CSR rating, and the rating that is computed from them. The only writer of both."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import partial
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core import clock
from core.each import each_by_itself
from core.errors import InvalidInput
from core.services.activity import record_activity
from suppliers.enums import RatingPartKind
from suppliers.models import RatingPart, Supplier
from suppliers.policies import assessments as policies
from suppliers.selectors.ratings import newest_parts, rating_of, suppliers_with_outdated_rating
from suppliers.selectors.suppliers import supplier_for
from suppliers.services.evidence import store_evidence
from suppliers.services.suppliers import require_alive

if TYPE_CHECKING:
    from accounts.models import User

LONGEST_YEARS = 3
MAX_NOTE = 255
BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class RatingPartInput:
    """``score`` 0 (worst) to 100 (best), kept with one decimal. ``source`` names the app
    (``audits``) or ``by_hand``; ``source_ref`` the record (``audits.audit:12``)."""

    kind: str
    score: Decimal
    dated_on: dt.date
    valid_until: dt.date | None
    source: str = BY_HAND
    source_ref: str = ""
    note: str = ""


@transaction.atomic
def record_rating_part(actor: User | None, supplier: Supplier, data: RatingPartInput) -> RatingPart:
    """Add one result and compute the rating anew; the caller has checked that the actor may.

    ``actor`` None is the system. The newest result recorded once more (same kind, ``source_ref``,
    score and dates) stays one; one that comes back after another counts again.
    Errors: rating_kind_unknown, rating_score_out_of_range, rating_date_in_future,
    rating_valid_before_date, rating_note_too_long.
    """
    clean = _validated(data)
    locked = Supplier.objects.select_for_update().get(pk=supplier.pk)
    known = _recorded_already(locked, clean)
    if known is not None:
        return known
    part = RatingPart.objects.create(
        supplier=locked,
        kind=clean.kind,
        score=clean.score,
        dated_on=clean.dated_on,
        valid_until=clean.valid_until,
        source=clean.source,
        source_ref=clean.source_ref,
        note=clean.note,
        recorded_by=actor,
    )
    record_activity(
        actor, "rating.part_recorded", locked, kind=clean.kind, score=str(clean.score), part=part.pk
    )
    _recompute(actor, locked)
    return part


@transaction.atomic
def record_rating_by_hand(
    actor: User,
    supplier_id: int,
    data: RatingPartInput,
    evidence: UploadedFile[bytes] | None = None,
) -> RatingPart:
    """What a CSR specialist knows from a report or a colleague, until an app records it itself.

    Errors: supplier_not_found, may_not_record_ratings, rating_kind_from_form,
    rating_validity_missing, rating_validity_too_long, those of ``record_rating_part`` and of
    ``store_evidence``.
    """
    supplier = supplier_for(actor, supplier_id, locked=True)
    policies.require_record_ratings(actor)
    require_alive(supplier)
    _require_by_hand(data)
    part = record_rating_part(actor, supplier, data)
    if evidence is not None:
        store_evidence(actor, supplier, evidence, subject=part, is_internal=True)
    return part


@transaction.atomic
def recompute_rating(actor: User | None, supplier_id: int) -> Supplier:
    """Compute the rating from the parts of today; safe to run at any time."""
    supplier = Supplier.objects.select_for_update().get(pk=supplier_id)
    _recompute(actor, supplier)
    return supplier


def expire_ratings(today: dt.date) -> int:
    """Compute anew where a part went out of date since; how many. Safe to run twice a day."""
    keys = list(suppliers_with_outdated_rating(today).values_list("pk", flat=True))
    return len(each_by_itself(keys, partial(recompute_rating, None)))


def _recompute(actor: User | None, supplier: Supplier) -> None:
    """``supplier`` is locked. Its ``revision`` stays: no form of master data is out of date now."""
    today = clock.today()
    found = rating_of(newest_parts(supplier), today)
    before = supplier.rating_level
    supplier.rating_level = found.level
    supplier.rating_score = found.score
    supplier.rated_on = today
    Supplier.objects.filter(pk=supplier.pk).update(
        rating_level=found.level, rating_score=found.score, rated_on=today
    )
    if before != found.level:
        record_activity(
            actor,
            "rating.changed",
            supplier,
            changes={"rating": [before, found.level]},
            score=None if found.score is None else str(found.score),
            unknown=list(found.unknown_parts),
        )


def _recorded_already(supplier: Supplier, data: RatingPartInput) -> RatingPart | None:
    if not data.source_ref:
        return None
    newest = newest_parts(supplier).get(data.kind)
    same = ("source", "source_ref", "score", "dated_on", "valid_until")
    if newest is None or any(getattr(newest, name) != getattr(data, name) for name in same):
        return None
    return newest


def _validated(data: RatingPartInput) -> RatingPartInput:
    if data.kind not in RatingPartKind.values:
        raise InvalidInput(
            "rating_kind_unknown", N_("There is no such part of the rating."), field="kind"
        )
    if data.dated_on > clock.today():
        raise InvalidInput(
            "rating_date_in_future", N_("The date lies in the future."), field="dated_on"
        )
    if data.valid_until is not None and data.valid_until < data.dated_on:
        raise InvalidInput(
            "rating_valid_before_date",
            N_("The result would end before its own date."),
            field="valid_until",
        )
    note = " ".join(data.note.split())
    if len(note) > MAX_NOTE:
        raise InvalidInput(
            "rating_note_too_long",
            N_("The note may have %(limit)s characters."),
            {"limit": MAX_NOTE},
            field="note",
        )
    return RatingPartInput(
        kind=data.kind,
        score=_score(data.score),
        dated_on=data.dated_on,
        valid_until=data.valid_until,
        source=data.source,
        source_ref=data.source_ref,
        note=note,
    )


def _score(value: Decimal) -> Decimal:
    try:
        score = Decimal(value).quantize(Decimal("0.1"), ROUND_HALF_UP)
    except InvalidOperation:
        score = Decimal(-1)
    if not score.is_finite() or not 0 <= score <= 100:
        raise InvalidInput(
            "rating_score_out_of_range",
            N_("The score is a number from 0 to 100."),
            field="score",
        )
    return score


def _require_by_hand(data: RatingPartInput) -> None:
    if data.kind == RatingPartKind.SELF_ASSESSMENT:
        raise InvalidInput(
            "rating_kind_from_form",
            N_("This part comes from the accepted self-assessment. Review that instead."),
            field="kind",
        )
    if data.valid_until is None:
        raise InvalidInput(
            "rating_validity_missing",
            N_("Say until when this result counts."),
            field="valid_until",
        )
    if data.valid_until > data.dated_on + dt.timedelta(days=366 * LONGEST_YEARS):
        raise InvalidInput(
            "rating_validity_too_long",
            N_("A result counts for %(years)s years at most."),
            {"years": LONGEST_YEARS},
            field="valid_until",
        )
