"""The facts of a supplier's risk, gathered from its declarations, lists and events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from core import clock
from minerals.enums import ReviewState
from minerals.models import Declaration
from minerals.models import Finding as StoredFinding
from minerals.rules.declaration import Declaration as ReadDeclaration
from minerals.rules.judgement import Finding, OpenItem, SmelterMatch
from minerals.rules.risk.facts import RiskFacts
from minerals.rules.risk.from_declaration import Known, Link, facts_of, minerals_of
from minerals.selectors.country_lists import CountryBook
from minerals.selectors.risk_material import RiskMaterial, risk_material
from minerals.selectors.smelter_status import StatusBook
from suppliers.models import Supplier

ACCEPTED = (ReviewState.ACCEPTED, ReviewState.WITH_EXCEPTIONS)


@dataclass(frozen=True, slots=True)
class DeclarationFacts:
    """``whole``: of all its minerals; ``by_mineral``: of each mineral alone."""

    declaration: Declaration
    whole: RiskFacts
    by_mineral: dict[str, RiskFacts]

    @property
    def is_accepted(self) -> bool:
        return self.declaration.review in ACCEPTED


def facts_of_supplier(
    supplier: Supplier,
    book: StatusBook,
    countries: CountryBook,
    material: RiskMaterial | None = None,
) -> list[DeclarationFacts]:
    """Of each current declaration that was not rejected, the oldest first. ``material``: gathered
    for many suppliers at once."""
    gathered = material or risk_material([supplier])
    found = []
    for declaration in gathered.declarations[supplier.pk]:
        document = gathered.document_of(declaration)
        if document is not None:
            known = _known(declaration, book, countries, gathered)
            found.append(_facts(declaration, document, known, gathered))
    return found


def _known(
    declaration: Declaration, book: StatusBook, countries: CountryBook, gathered: RiskMaterial
) -> Known:
    assert declaration.supplier_id is not None
    return Known(
        received_on=clock.day_of(declaration.received_at),
        status_of=book.status_of,
        origin_of=countries.origin_of,
        links={
            row: cast("Link", link)
            for row, _match, _cid, link in gathered.lines[declaration.pk]
            if link
        },
        names=gathered.names,
        settled=gathered.settled_in(declaration),
        signed=declaration.supplier_id in gathered.signed,
        events=gathered.events[declaration.supplier_id],
    )


def _facts(
    declaration: Declaration, document: ReadDeclaration, known: Known, gathered: RiskMaterial
) -> DeclarationFacts:
    items, findings = _findings(gathered.findings[declaration.pk])
    rows = {
        row: SmelterMatch(row, match, cid)  # type: ignore[arg-type]
        for row, match, cid, _link in gathered.lines[declaration.pk]
    }
    matches = [rows.get(row.row) or SmelterMatch(row.row, "unmatched") for row in document.smelters]
    whole = facts_of(document, items, findings, matches, known)
    by_mineral = {
        mineral: facts_of(document, items, findings, matches, known, mineral)
        for mineral in minerals_of(document)
    }
    return DeclarationFacts(declaration, whole, by_mineral)


def _findings(rows: Sequence[StoredFinding]) -> tuple[list[OpenItem], list[Finding]]:
    """The result of the last judgement as the rules gave it."""
    items: list[OpenItem] = []
    findings: list[Finding] = []
    for row in rows:
        if row.checker_row is not None:
            items.append(OpenItem(row.checker_row, row.cell, row.code, row.counted, row.params))
        else:
            findings.append(Finding(row.code, row.severity, row.cell, row.params))  # type: ignore[arg-type]
    return items, findings
