"""The conditions of a supplier's next steps, computed from what is recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from core import clock
from suppliers.enums import (
    AssessmentState,
    GateKind,
    GateResult,
    SignatureState,
    SupplierStatus,
)
from suppliers.models import (
    Assessment,
    GateRecord,
    Signature,
    StatusChange,
    Supplier,
)
from suppliers.rules.documents import is_required
from suppliers.rules.gates import (
    Ending,
    Fact,
    Gate,
    RequiredDocument,
    SignatureFact,
    assessment_gate,
    documents_gate,
    not_applicable,
    record_gate,
)
from suppliers.selectors.assessments import valid_until
from suppliers.selectors.commitments import commitments_in_use
from suppliers.workflow import ENDED

MONITORED = (SupplierStatus.QUALIFIED, SupplierStatus.LIMITED)


def gates_of(supplier: Supplier) -> list[Gate]:
    """All conditions in the order of ``GateKind``; a constant number of queries."""
    today = clock.today()
    since = last_ending(supplier)
    facts, assessed = _facts(supplier), _assessed(supplier)
    has_minerals = supplier.minerals.exists()
    documents = _required_documents(supplier, has_minerals=has_minerals)
    found: dict[str, Gate] = {
        kind: record_gate(kind, facts[kind], since, today) for kind in GateKind.values
    }
    found[GateKind.DOCUMENTS] = documents_gate(GateKind.DOCUMENTS, documents, since, today)
    found[GateKind.SELF_ASSESSMENT] = assessment_gate(
        GateKind.SELF_ASSESSMENT,
        [*facts[GateKind.SELF_ASSESSMENT], *assessed[AssessmentState.ACCEPTED]],
        assessed[AssessmentState.SUBMITTED],
        since,
        today,
    )
    if not has_minerals:
        found[GateKind.DECLARATION] = not_applicable(GateKind.DECLARATION, "no_minerals")
    if supplier.status not in MONITORED:
        found[GateKind.MONITORING_AUDIT] = not_applicable(
            GateKind.MONITORING_AUDIT, "not_qualified_yet"
        )
    return [found[kind] for kind in GateKind.values]


def open_gates(supplier: Supplier, wanted: Iterable[GateKind]) -> list[Gate]:
    """Those of ``wanted`` that stand in the way."""
    kinds = set(wanted)
    if not kinds:
        return []
    return [gate for gate in gates_of(supplier) if gate.kind in kinds and gate.is_open]


def last_ending(supplier: Supplier) -> Ending | None:
    """The last disqualification or rejection of the company, also under the code of a duplicate
    that was merged into this record."""
    same = Q(supplier=supplier) | Q(supplier__merged_into=supplier)
    found = StatusChange.objects.filter(same, to_status__in=ENDED).order_by("-at", "-pk").first()
    return Ending(timezone.localdate(found.at), found.at) if found else None


def _facts(supplier: Supplier) -> defaultdict[str, list[Fact]]:
    found: defaultdict[str, list[Fact]] = defaultdict(list)
    for row in GateRecord.objects.filter(supplier=supplier, withdrawn_at=None):
        found[row.kind].append(
            Fact(
                row.result == GateResult.PASSED,
                row.dated_on,
                row.recorded_at,
                row.valid_until,
                row.note,
                row.source,
                row.pk,
            )
        )
    return found


def _required_documents(supplier: Supplier, *, has_minerals: bool) -> list[RequiredDocument]:
    """What the matrix of documents asks of it too: nothing before a version is published."""
    wanted = [
        one
        for one in commitments_in_use()
        if one.document.at_certification and is_required(one.fact, supplier.kind, has_minerals)
    ]
    signatures = _signatures(supplier)
    return [
        RequiredDocument(one.document.label, one.fact.material_number, signatures[one.document.pk])
        for one in wanted
    ]


def _signatures(supplier: Supplier) -> defaultdict[int, list[SignatureFact]]:
    found: defaultdict[int, list[SignatureFact]] = defaultdict(list)
    rows = Signature.objects.filter(
        supplier=supplier, state=SignatureState.VALID, version__published_at__isnull=False
    ).select_related("version")
    for row in rows:
        found[row.version.document_id].append(
            SignatureFact(row.version.number, row.signed_on, row.signed_at, row.valid_until)
        )
    return found


def _assessed(supplier: Supplier) -> defaultdict[str, list[Fact]]:
    """What the supplier handed in, by state; dated on the day it was handed in."""
    found: defaultdict[str, list[Fact]] = defaultdict(list)
    rows = Assessment.objects.filter(
        supplier=supplier,
        state__in=[AssessmentState.SUBMITTED, AssessmentState.ACCEPTED],
        submitted_at__isnull=False,
    ).select_related("questionnaire")
    for row in rows:
        assert row.submitted_at is not None  # filtered above
        found[row.state].append(
            Fact(
                True,
                timezone.localdate(row.submitted_at),
                row.submitted_at,
                valid_until(row),
                source="suppliers",
                ref=row.pk,
            )
        )
    return found
