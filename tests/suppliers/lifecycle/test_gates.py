"""Facts of gates: recorded by people and apps, looked at by the conditions of a supplier."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from core import clock
from core.errors import DomainError
from suppliers.enums import ChangeKind, GateKind
from suppliers.models import Assessment, EvidenceFile, GateRecord, Supplier
from suppliers.rules.gates import Gate
from suppliers.selectors.gate_words import gate_text, gate_url
from suppliers.selectors.gates import gates_of
from suppliers.services.gates import GateInput, record_gate, withdraw_gate
from tests.suppliers.lifecycle.steps import (
    assessment,
    disqualify,
    document,
    pdf,
    put_status,
    qualify,
    result,
    sign,
)

pytestmark = pytest.mark.django_db


def gate(supplier: Supplier, kind: str) -> Gate:
    return next(one for one in gates_of(supplier) if one.kind == kind)


def by_hand(**fields: Any) -> GateInput:
    facts = {"kind": "certification_audit", "dated_on": clock.today(), "note": "Report 7"}
    return GateInput(**{**facts, **fields})


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"kind": "documents"}, "gate_kind_unknown", "kind"),
        ({"kind": "nonsense"}, "gate_kind_unknown", "kind"),
        ({"result": "perhaps"}, "gate_result_unknown", "result"),
        ({"dated_on": None}, "gate_date_missing", "dated_on"),
        ({"dated_on": dt.date(2999, 1, 1)}, "gate_date_future", "dated_on"),
        ({"valid_until": dt.date(2020, 1, 1)}, "gate_period_reversed", "valid_until"),
        ({"note": " "}, "proof_missing", "note"),
        ({"note": "x" * 501}, "gate_note_too_long", "note"),
        ({"source": "audits"}, "gate_source_missing", "source"),
    ],
)
def test_what_a_result_by_hand_asks_for(
    csr_specialist: User, supplier: Supplier, fields: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(DomainError) as caught:
        record_gate(csr_specialist, supplier.pk, by_hand(**fields))
    assert (caught.value.code, caught.value.field) == (code, field)
    assert not GateRecord.objects.exists()


def test_evidence_may_stand_instead_of_a_note(auditor: User, supplier: Supplier) -> None:
    record = record_gate(auditor, supplier.pk, by_hand(note="", evidence=[pdf(), pdf("b.pdf")]))
    files = EvidenceFile.objects.about(record).order_by("name")
    assert [file.name for file in files] == ["b.pdf", "report.pdf"]
    assert (record.recorded_by, record.source) == (auditor, "manual")


def test_who_records_what(
    buyer: User, csr_specialist: User, auditor: User, esg_reporter: User, supplier: Supplier
) -> None:
    for actor, kind in (
        (buyer, "certification_audit"),
        (esg_reporter, "monitoring_audit"),
        (auditor, "training"),
        (auditor, "self_assessment"),
    ):
        with pytest.raises(DomainError, match="may_not_record_gate"):
            record_gate(actor, supplier.pk, by_hand(kind=kind))
    for actor, kind in (
        (csr_specialist, "training"),
        (auditor, "monitoring_audit"),
        (auditor, "certification_audit"),
    ):
        record_gate(actor, supplier.pk, by_hand(kind=kind))


def test_an_app_names_itself(supplier: Supplier) -> None:
    with pytest.raises(DomainError, match="gate_source_missing"):
        record_gate(None, supplier.pk, by_hand())
    record = result(supplier, GateKind.CERTIFICATION_AUDIT)
    assert (record.recorded_by, record.source, record.source_ref) == (
        None,
        "audits",
        "audits.audit:1",
    )
    with pytest.raises(DomainError, match="supplier_not_found"):
        record_gate(None, 0, by_hand(source="audits"))


def test_withdraw(csr_specialist: User, buyer: User, supplier: Supplier) -> None:
    record = record_gate(csr_specialist, supplier.pk, by_hand())
    assert gate(supplier, "certification_audit").state == "met"
    with pytest.raises(DomainError, match="may_not_record_gate"):
        withdraw_gate(buyer, record.pk)
    withdraw_gate(csr_specialist, record.pk)
    assert gate(supplier, "certification_audit").state == "unmet"
    with pytest.raises(DomainError, match="gate_record_withdrawn"):
        withdraw_gate(csr_specialist, record.pk)
    of_app = result(supplier, GateKind.CERTIFICATION_AUDIT)
    with pytest.raises(DomainError, match="gate_record_of_an_app"):
        withdraw_gate(csr_specialist, of_app.pk)


def test_documents_by_kind_minerals_and_use(supplier: Supplier) -> None:
    assert gate(supplier, "documents").state == "not_applicable"
    document("a")
    document("service", kinds=["service"])
    document("later", at_certification=False)
    document("old", is_active=False)
    document("tin", minerals_only=True)
    assert gate(supplier, "documents").missing == ("Document a",)
    supplier.minerals.create(metal="tin")
    assert gate(supplier, "documents").missing == ("Document a", "Document tin")
    supplier.kind = "service"
    assert gate(supplier, "documents").missing == ("Document service",)


def test_only_a_valid_signature_in_date_counts(supplier: Supplier) -> None:
    made = document("a", versions=(ChangeKind.FIRST, ChangeKind.MATERIAL, ChangeKind.COSMETIC))
    sign(supplier, made, 1)
    assert gate(supplier, "documents").state == "unmet"
    waiting = sign(supplier, made, 2, state="to_check")
    assert gate(supplier, "documents").state == "unmet"
    waiting.state = "valid"
    waiting.save()
    assert gate(supplier, "documents").state == "met"
    waiting.valid_until = clock.today() - dt.timedelta(days=1)
    waiting.save()
    assert gate(supplier, "documents").state == "expired"
    sign(supplier, made, 3, valid_until=clock.today())
    assert gate(supplier, "documents").state == "met"


def test_an_unpublished_version_asks_nobody(supplier: Supplier) -> None:
    made = document("a", versions=(ChangeKind.FIRST, ChangeKind.MATERIAL))
    made.versions.filter(number=2).update(published_at=None)
    sign(supplier, made, 1)
    assert gate(supplier, "documents").state == "met"


def test_minerals_and_monitoring_where_they_apply(supplier: Supplier) -> None:
    assert gate(supplier, "declaration").state == "not_applicable"
    assert gate(supplier, "monitoring_audit").reason == "not_qualified_yet"
    supplier.minerals.create(metal="tin")
    put_status(supplier, "qualified")
    assert gate(supplier, "declaration").state == "unmet"
    assert gate(supplier, "monitoring_audit").state == "unmet"


@pytest.mark.parametrize(("days", "state"), [(0, "met"), (360, "met"), (370, "expired")])
def test_self_assessment_in_date(supplier: Supplier, days: int, state: str) -> None:
    assessment(supplier, days_ago=days)
    assert gate(supplier, "self_assessment").state == state


def test_a_self_assessment_that_nobody_reviewed_leads_to_itself(supplier: Supplier) -> None:
    made = assessment(supplier, state="submitted")
    found = gate(supplier, "self_assessment")
    assert (found.state, found.reason) == ("unmet", "waiting_for_review")
    assert gate_url(supplier, found) == reverse("suppliers:assessment-detail", args=[made.pk])
    assert gate_text(found).endswith("; waiting for review.")
    Assessment.objects.update(state="accepted")
    assert gate(supplier, "self_assessment").state == "met"


def test_a_failure_recorded_later_outweighs_an_accepted_self_assessment(
    csr_specialist: User, supplier: Supplier
) -> None:
    assessment(supplier, days_ago=5)
    failed = by_hand(kind="self_assessment", result="failed", note="Answers were false.")
    record_gate(csr_specialist, supplier.pk, failed)
    found = gate(supplier, "self_assessment")
    assert (found.state, found.reason) == ("unmet", "record_failed")


@pytest.mark.parametrize("state", ["requested", "returned", "cancelled"])
def test_an_unfinished_self_assessment_is_none(supplier: Supplier, state: str) -> None:
    made = assessment(supplier)
    Assessment.objects.filter(pk=made.pk).update(state=state)
    assert gate(supplier, "self_assessment").state == "unmet"


def test_after_a_disqualification_old_facts_of_every_kind_are_gone(
    buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    made = document("a")
    sign(supplier, made)
    assessment(supplier)
    supplier.minerals.create(metal="tin")
    result(supplier, GateKind.DECLARATION)
    qualify(buyer, csr_specialist, supplier)
    assert all(not one.is_open for one in gates_of(supplier)[:4])
    disqualify(buyer, csr_specialist, supplier)
    assert [one.state for one in gates_of(supplier)[:4]] == ["unmet"] * 4


def test_words_and_links(supplier: Supplier) -> None:
    document("a")
    found = {one.kind: one for one in gates_of(supplier)}
    assert gate_text(found["documents"]) == "Not signed: Document a."
    assert gate_url(supplier, found["certification_audit"]).endswith(
        f"/suppliers/{supplier.pk}/gates/certification_audit/"
    )
    assert gate_url(supplier, found["declaration"]) == ""


def test_a_constant_number_of_queries(supplier: Supplier) -> None:
    counts = set()
    for number in (1, 5):
        for each in range(number):
            sign(supplier, document(f"d{number}-{each}"))
            result(supplier, GateKind.TRAINING)
            assessment(supplier)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            gates_of(supplier)
        counts.add(len(queries))
    assert len(counts) == 1


def test_a_document_without_a_published_version_blocks_nobody(supplier: Supplier) -> None:
    document("new", versions=())
    assert gate(supplier, GateKind.DOCUMENTS).reason == "no_documents_required"
    sign(supplier, document("csr"))
    assert gate(supplier, GateKind.DOCUMENTS).state == "met"
