"""Evidence of measures: handed in, verified, not credible; results recorded by hand or by apps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput
from minerals.enums import ListSource, MeasureKind, MeasureState
from minerals.models import Measure, MitigationPlan, SmelterCertificate
from minerals.policies.mitigation import require_answer_mitigations, require_decide_mitigations
from minerals.rules.mitigation import OURS, SETTLED
from minerals.selectors.mitigation import measure_for
from minerals.services.mitigation.audits import audit_failed, order_audit
from minerals.services.mitigation.closing import require_words
from minerals.services.mitigation.measures import after_change
from minerals.services.mitigation.plans import held_measure, managed_plan
from minerals.services.mitigation.steps import take_step
from minerals.services.rating import rate_later
from suppliers.services.evidence import store_evidence
from suppliers.services.proof import clean_words
from suppliers.services.requests import Upload

if TYPE_CHECKING:
    from accounts.models import User

BY_HAND = "by_hand"
# Measures whose result comes from somebody who was there, not from a file of the supplier.
RECORDED = (MeasureKind.TRAINING, MeasureKind.SPOT_CHECK, MeasureKind.THIRD_PARTY_AUDIT)


@dataclass(frozen=True, slots=True)
class CertificateInput:
    """A third party's certificate of the smelter the measure is about."""

    scheme: str
    valid_from: dt.date | None
    valid_until: dt.date | None
    number: str = ""


@dataclass(frozen=True, slots=True)
class HandInInput:
    note: str = ""
    evidence: Sequence[Upload] = ()
    certificate: CertificateInput | None = None


@dataclass(frozen=True, slots=True)
class ResultInput:
    """A training, spot check or audit that took place. ``source``: ``by_hand``, or the app that
    knows it; ``source_ref`` names the record there (``training.attendance:12``)."""

    kind: str
    done_on: dt.date
    is_passed: bool = True
    source: str = BY_HAND
    source_ref: str = ""
    note: str = ""
    evidence: Sequence[Upload] = ()


@transaction.atomic
def hand_in(actor: User, measure_id: int, data: HandInInput) -> Measure:
    """Evidence of the supplier, handed in by its people or recorded by ours.

    Errors: measure_not_found, may_not_answer_mitigations, mitigation_over, measure_done,
    recorded_by_us, evidence_missing, certificate_needs_smelter, scheme_unknown,
    validity_missing, validity_reversed, certificate_over and those of the evidence service.
    """
    measure_for(actor, measure_id)
    require_answer_mitigations(actor)
    plan, measure = held_measure(actor, measure_id)
    _require_open(measure)
    if measure.kind in OURS:
        raise DomainError("recorded_by_us", N_("This is recorded by us once it has taken place."))
    note = clean_words(data.note, "note")
    if not data.evidence and not note:
        raise InvalidInput(
            "evidence_missing", N_("Add a file, or say what was done."), field="evidence"
        )
    if data.certificate is not None:
        measure.certificate = _certificate(actor, plan, measure, data.certificate)
    subject = measure.certificate if data.certificate is not None else measure
    for upload in data.evidence:
        store_evidence(actor, plan.supplier, upload, subject=subject, is_internal=False)
    measure.state = MeasureState.HANDED_IN
    measure.done_on = clock.today()
    measure.note = note
    measure.save()
    take_step(plan, "handed_in", clock.today(), actor=actor, reason=note, measure=measure)
    after_change(plan, clock.today(), actor)
    return measure


@transaction.atomic
def verify_measure(actor: User, measure_id: int, note: str = "") -> Measure:
    """The evidence holds. Errors: measure_not_found, may_not_decide_mitigations, mitigation_over,
    not_handed_in, certificate_over."""
    plan, measure = _to_decide(actor, measure_id)
    certificate = measure.certificate
    if certificate is not None:
        _require_valid(certificate.valid_until)
        certificate.verified_by, certificate.verified_at = actor, clock.now()
        certificate.save()
    _settle(plan, measure, clock.today(), actor, clean_words(note, "note"))
    return measure


@transaction.atomic
def doubt_measure(actor: User, measure_id: int, reason: str) -> Measure:
    """The evidence is not credible: a comprehensive third-party audit is ordered, once.

    Errors: as ``verify_measure``, reason_missing.
    """
    plan, measure = _to_decide(actor, measure_id)
    words = require_words(reason)
    if measure.certificate is not None:
        measure.certificate.withdrawn_at = clock.now()
        measure.certificate.save()
    _not_credible(plan, measure, clock.today(), actor, words)
    return measure


@transaction.atomic
def record_result(actor: User, plan_id: int, data: ResultInput) -> Measure:
    """By hand, for people. Errors: mitigation_not_found, may_not_manage_mitigations,
    may_not_decide_mitigations, mitigation_over and those of ``record_measure_result``."""
    plan = managed_plan(actor, plan_id)
    require_decide_mitigations(actor)
    return record_measure_result(plan, data, actor=actor)


@transaction.atomic
def record_measure_result(
    plan: MitigationPlan, data: ResultInput, *, actor: User | None = None
) -> Measure:
    """The one door for results of trainings, spot checks and audits: people now, the apps for
    training and audits later. The plan is locked by the caller; the same record of an app counts
    once. A result that was not asked for is kept as a measure of its own.

    Errors: kind_not_recorded, done_in_future, done_before_plan, proof_missing.
    """
    if data.kind not in RECORDED:
        raise InvalidInput(
            "kind_not_recorded", N_("Results of this kind are handed in by the supplier."),
            field="kind",
        )  # fmt: skip
    _require_day(plan, data)
    note = clean_words(data.note, "note")
    if data.source == BY_HAND and not note and not data.evidence:
        raise InvalidInput(
            "proof_missing", N_("Explain it, or add a file that proves it."), field="note"
        )
    measures = plan.measures.filter(kind=data.kind)
    if data.source_ref:
        known = measures.filter(source=data.source, source_ref=data.source_ref).first()
        if known is not None:
            return known
    measure = measures.exclude(state__in=SETTLED).order_by("due_on", "pk").first()
    if measure is None:
        measure = Measure(plan=plan, kind=MeasureKind(data.kind), due_on=data.done_on)
    measure.done_on, measure.source, measure.source_ref = data.done_on, data.source, data.source_ref
    measure.accepted_on = measure.accepted_on or data.done_on
    measure.save()
    for upload in data.evidence:
        assert actor is not None  # only people add files
        store_evidence(actor, plan.supplier, upload, subject=measure)
    if data.is_passed and data.kind == MeasureKind.THIRD_PARTY_AUDIT:
        _settle_doubts(plan, measure, actor)
    if data.is_passed:
        _settle(plan, measure, clock.today(), actor, note)
    else:
        _not_credible(plan, measure, clock.today(), actor, note)
    return measure


def _settle(
    plan: MitigationPlan, measure: Measure, day: dt.date, actor: User | None, note: str
) -> None:
    measure.state = MeasureState.VERIFIED
    measure.verified_by, measure.verified_on = actor, day
    measure.save()
    take_step(plan, "verified", day, actor=actor, reason=note, measure=measure)
    rate_later(plan.supplier_id)
    after_change(plan, day, actor)


def _settle_doubts(plan: MitigationPlan, audit: Measure, actor: User | None) -> None:
    """What was not credible is answered by an audit that went well."""
    plan.measures.filter(state=MeasureState.NOT_CREDIBLE).exclude(pk=audit.pk).update(
        state=MeasureState.VERIFIED,
        verified_by=actor,
        verified_on=clock.today(),
        source="audit",
        source_ref=f"minerals.measure:{audit.pk}",
    )


def _not_credible(
    plan: MitigationPlan, measure: Measure, day: dt.date, actor: User | None, reason: str
) -> None:
    measure.state = MeasureState.NOT_CREDIBLE
    measure.note = reason
    measure.save()
    take_step(plan, "not_credible", day, actor=actor, reason=reason, measure=measure)
    if measure.kind == MeasureKind.THIRD_PARTY_AUDIT:
        audit_failed(plan, day, reason, actor)
        rate_later(plan.supplier_id)
    else:
        order_audit(plan, day, actor)
    after_change(plan, day, actor)


def _to_decide(actor: User, measure_id: int) -> tuple[MitigationPlan, Measure]:
    measure_for(actor, measure_id)
    require_decide_mitigations(actor)
    plan, measure = held_measure(actor, measure_id)
    if measure.state != MeasureState.HANDED_IN:
        raise DomainError("not_handed_in", N_("No evidence waits for a check here."))
    return plan, measure


def _certificate(
    actor: User, plan: MitigationPlan, measure: Measure, data: CertificateInput
) -> SmelterCertificate:
    if measure.smelter is None:
        raise InvalidInput(
            "certificate_needs_smelter",
            N_("This measure is about no smelter; hand in the file without a certificate."),
            field="scheme",
        )
    if data.scheme not in ListSource.values:
        raise InvalidInput("scheme_unknown", N_("Choose the scheme."), field="scheme")
    if data.valid_from is None or data.valid_until is None:
        raise InvalidInput(
            "validity_missing", N_("Give both days of the validity."), field="valid_until"
        )
    if data.valid_until < data.valid_from:
        raise InvalidInput(
            "validity_reversed", N_("The last day is before the first one."), field="valid_until"
        )
    _require_valid(data.valid_until)
    return SmelterCertificate.objects.create(
        smelter=measure.smelter,
        supplier=plan.supplier,
        scheme=data.scheme,
        number=data.number.strip()[:120],
        valid_from=data.valid_from,
        valid_until=data.valid_until,
        recorded_by=actor,
    )


def _require_valid(valid_until: dt.date) -> None:
    if valid_until < clock.today():
        raise InvalidInput(
            "certificate_over", N_("This certificate has expired."), field="valid_until"
        )


def _require_day(plan: MitigationPlan, data: ResultInput) -> None:
    if data.done_on > clock.today():
        raise InvalidInput("done_in_future", N_("This day has not come yet."), field="done_on")
    if data.done_on < plan.opened_on:
        raise InvalidInput(
            "done_before_plan", N_("This was before the plan was opened."), field="done_on"
        )


def _require_open(measure: Measure) -> None:
    if measure.state in SETTLED:
        raise DomainError("measure_done", N_("This measure is done or cancelled already."))
