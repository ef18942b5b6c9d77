"""What the facts of risk are made of, for many suppliers with as few queries as for one."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from minerals.enums import ReviewState
from minerals.excel.wire import declaration_from_json
from minerals.models import (
    Declaration,
    DeclarationDocument,
    Finding,
    FindingDecision,
    RiskEvent,
    Smelter,
    SmelterLine,
)
from minerals.rules.declaration import Declaration as ReadDeclaration
from minerals.rules.risk.facts import SupplierEvents
from suppliers.models import DocumentType, Supplier
from suppliers.selectors.commitments import commitments_of, standings

# The document that qualified suppliers sign about conflict minerals (domain, section 1).
COMPLIANCE_DECLARATION = "conflict-minerals-declaration"
Line = tuple[int, str, str, str]


@dataclass(slots=True)
class RiskMaterial:
    """By the key of the supplier: ``declarations`` (oldest first), ``events``, ``signed`` (or not
    required); by that of the declaration: ``documents`` (as stored), ``findings``, ``lines`` (row,
    match, smelter ID, link); by supplier and content: ``settled``, code and cell of findings a
    reviewer accepted or waived. ``names`` of smelters by ID."""

    declarations: defaultdict[int, list[Declaration]] = field(
        default_factory=lambda: defaultdict(list)
    )
    documents: dict[int, bytes] = field(default_factory=dict)
    findings: defaultdict[int, list[Finding]] = field(default_factory=lambda: defaultdict(list))
    lines: defaultdict[int, list[Line]] = field(default_factory=lambda: defaultdict(list))
    names: dict[str, str] = field(default_factory=dict)
    settled: defaultdict[tuple[int, str], set[tuple[str, str]]] = field(
        default_factory=lambda: defaultdict(set)
    )
    events: dict[int, SupplierEvents] = field(default_factory=dict)
    signed: set[int] = field(default_factory=set)

    def document_of(self, declaration: Declaration) -> ReadDeclaration | None:
        """None when the file was never read. Made anew each time: they are large."""
        stored = self.documents.get(declaration.pk)
        if stored is None:
            return None
        return declaration_from_json(json.loads(zlib.decompress(stored)))

    def settled_in(self, declaration: Declaration) -> frozenset[tuple[str, str]]:
        """For a file with the same content a decision holds again."""
        assert declaration.supplier_id is not None
        return frozenset(self.settled[declaration.supplier_id, declaration.content_key])


def risk_material(suppliers: Sequence[Supplier]) -> RiskMaterial:
    """Of the current declarations that were not rejected. A dozen queries, however many."""
    found = RiskMaterial(signed=who_signed(suppliers), events=_events(suppliers))
    keys = [supplier.pk for supplier in suppliers]
    current = Declaration.objects.current().filter(supplier__in=keys)
    rows = list(current.exclude(review=ReviewState.REJECTED).order_by("received_at", "pk"))
    for declaration in rows:
        assert declaration.supplier_id is not None
        found.declarations[declaration.supplier_id].append(declaration)
    _add_content(found, [row.pk for row in rows])
    decided = FindingDecision.objects.filter(
        supplier__in=keys, undone_at=None, kind__in=["accepted", "waived"]
    )
    for supplier, content, code, cell in decided.values_list(
        "supplier_id", "content_key", "code", "cell"
    ):
        found.settled[supplier, content].add((code, cell))
    return found


def _add_content(found: RiskMaterial, declarations: list[int]) -> None:
    documents = DeclarationDocument.objects.filter(declaration__in=declarations)
    found.documents = {key: bytes(data) for key, data in documents.values_list("pk", "data")}
    findings = Finding.objects.filter(declaration__in=declarations)
    for finding in findings.order_by("declaration", "position"):
        found.findings[finding.declaration_id].append(finding)
    lines = SmelterLine.objects.filter(declaration__in=declarations).order_by("declaration", "row")
    fields = ("declaration_id", "row", "match", "matched_cid", "link")
    for key, row, match, cid, link in lines.values_list(*fields):
        found.lines[key].append((row, match, cid, link))
    cids = {line[2] for each in found.lines.values() for line in each if line[2]}
    names = Smelter.objects.filter(cid__in=cids).order_by()
    found.names = dict(names.values_list("cid", "name"))


def _events(suppliers: Sequence[Supplier]) -> dict[int, SupplierEvents]:
    kinds: defaultdict[int, set[str]] = defaultdict(set)
    rows = RiskEvent.objects.filter(supplier__in=suppliers, ended_on=None)
    for supplier_id, kind in rows.values_list("supplier_id", "kind"):
        kinds[supplier_id].add(kind)
    return {
        supplier.pk: SupplierEvents(**dict.fromkeys(kinds[supplier.pk], True))
        for supplier in suppliers
    }


def who_signed(suppliers: Sequence[Supplier]) -> set[int]:
    """The compliance declaration is in force, or not required of the supplier."""
    document = DocumentType.objects.filter(code=COMPLIANCE_DECLARATION, is_active=True).first()
    if document is None:
        return {supplier.pk for supplier in suppliers}
    places = standings(suppliers, commitments_of([document]))
    return {
        key for key, (standing,) in places.items() if standing.is_in_force or not standing.required
    }
