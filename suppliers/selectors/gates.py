"""The conditions of a supplier's next steps, computed from what is recorded."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

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
    MineralScope,
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
from suppliers.selectors.commitments import Commitment, commitments_in_use
from suppliers.workflow import ENDED

MONITORED = (SupplierStatus.QUALIFIED, SupplierStatus.LIMITED)


def gates_of(supplier: Supplier) -> list[Gate]:
    """All conditions in the order of ``GateKind``; a constant number of queries."""
    return gates_of_each([supplier])[supplier.pk]


def gates_of_each(suppliers: Collection[Supplier]) -> dict[int, list[Gate]]:
    """``gates_of`` by the key of the supplier, for all in as many queries as for one."""
    keys = [supplier.pk for supplier in suppliers]
    records = _Records(
        _endings(keys),
        _facts(keys),
        _assessed(keys),
        set(MineralScope.objects.filter(supplier__in=keys).values_list("supplier", flat=True)),
        _documents(),
        _signatures(keys),
    )
    today = clock.today()
    return {supplier.pk: _gates(supplier, records, today) for supplier in suppliers}


@dataclass(frozen=True, slots=True)
class _Records:
    """What the conditions look at, by the key of the supplier. ``documents``: those asked for
    before certification."""

    endings: dict[int, Ending]
    facts: defaultdict[int, defaultdict[str, list[Fact]]]
    assessed: defaultdict[int, defaultdict[str, list[Fact]]]
    with_minerals: set[int]
    documents: list[Commitment]
    signatures: defaultdict[int, defaultdict[int, list[SignatureFact]]]


def _gates(supplier: Supplier, records: _Records, today: dt.date) -> list[Gate]:
    since = records.endings.get(supplier.pk)
    facts, assessed = records.facts[supplier.pk], records.assessed[supplier.pk]
    found: dict[str, Gate] = {
        kind: record_gate(kind, facts[kind], since, today) for kind in GateKind.values
    }
    documents = _required_documents(supplier, records)
    found[GateKind.DOCUMENTS] = documents_gate(GateKind.DOCUMENTS, documents, since, today)
    found[GateKind.SELF_ASSESSMENT] = assessment_gate(
        GateKind.SELF_ASSESSMENT,
        [*facts[GateKind.SELF_ASSESSMENT], *assessed[AssessmentState.ACCEPTED]],
        assessed[AssessmentState.SUBMITTED],
        since,
        today,
    )
    if supplier.pk not in records.with_minerals:
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
    return _endings([supplier.pk]).get(supplier.pk)


def _endings(keys: Collection[int]) -> dict[int, Ending]:
    found: dict[int, Ending] = {}
    same = Q(supplier__in=keys) | Q(supplier__merged_into__in=keys)
    rows = StatusChange.objects.filter(same, to_status__in=ENDED).order_by("at", "pk")
    for own, into, at in rows.values_list("supplier", "supplier__merged_into", "at"):
        for key in (own, into):
            if key is not None:
                found[key] = Ending(timezone.localdate(at), at)
    return found


def _facts(keys: Collection[int]) -> defaultdict[int, defaultdict[str, list[Fact]]]:
    found: defaultdict[int, defaultdict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for row in GateRecord.objects.filter(supplier__in=keys, withdrawn_at=None):
        found[row.supplier_id][row.kind].append(
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


def _documents() -> list[Commitment]:
    return [one for one in commitments_in_use() if one.document.at_certification]


def _required_documents(supplier: Supplier, records: _Records) -> list[RequiredDocument]:
    """What the matrix of documents asks of it too: nothing before a version is published."""
    signatures = records.signatures[supplier.pk]
    has_minerals = supplier.pk in records.with_minerals
    return [
        RequiredDocument(one.document.label, one.fact.material_number, signatures[one.document.pk])
        for one in records.documents
        if is_required(one.fact, supplier.kind, has_minerals)
    ]


def _signatures(
    keys: Collection[int],
) -> defaultdict[int, defaultdict[int, list[SignatureFact]]]:
    found: defaultdict[int, defaultdict[int, list[SignatureFact]]] = defaultdict(
        lambda: defaultdict(list)
    )
    rows = Signature.objects.filter(
        supplier__in=keys, state=SignatureState.VALID, version__published_at__isnull=False
    ).select_related("version")
    for row in rows:
        found[row.supplier_id][row.version.document_id].append(
            SignatureFact(row.version.number, row.signed_on, row.signed_at, row.valid_until)
        )
    return found


def _assessed(keys: Collection[int]) -> defaultdict[int, defaultdict[str, list[Fact]]]:
    """What the suppliers handed in, by state; dated on the day it was handed in."""
    found: defaultdict[int, defaultdict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    rows = Assessment.objects.filter(
        supplier__in=keys,
        state__in=[AssessmentState.SUBMITTED, AssessmentState.ACCEPTED],
        submitted_at__isnull=False,
    ).select_related("questionnaire")
    for row in rows:
        assert row.submitted_at is not None  # filtered above
        found[row.supplier_id][row.state].append(
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
