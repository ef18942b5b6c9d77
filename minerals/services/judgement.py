"""All rules over one declaration, in memory: what the command line and the worker share."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from minerals.excel.layout_loader import layout
from minerals.rules.compare import ComparableDeclaration
from minerals.rules.completeness import open_items, required_remaining
from minerals.rules.consistency import find_inconsistencies
from minerals.rules.consistency.context import Context
from minerals.rules.declaration import Declaration
from minerals.rules.judgement import Finding, OpenItem, SmelterMatch
from minerals.rules.matching import Decisions, match_rows
from minerals.rules.reference import ReferenceList, effective_reference
from minerals.rules.verdict import Verdict, verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is known beyond the file. Everything but ``today`` may be missing.

    ``reference`` None: names are resolved by the look-up inside the file alone.
    """

    today: date
    reference: ReferenceList | None = None
    decisions: Decisions = field(default_factory=dict)
    supplier_names: tuple[str, ...] = ()
    previous: ComparableDeclaration | None = None
    known_elsewhere: bool = False
    cahra_countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """Everything the rules say about one declaration. ``matches`` is parallel to the rows."""

    open_items: tuple[OpenItem, ...]
    required_remaining: int
    findings: tuple[Finding, ...]
    matches: tuple[SmelterMatch, ...]
    verdict: Verdict


def judge(declaration: Declaration, around: Surroundings) -> Judgement:
    """Apply the official completeness rules, our checks and the smelter matching."""
    form = layout(declaration.layout)
    reference = effective_reference(declaration, around.reference)
    matches = match_rows(declaration.resolved, declaration.smelters, reference, around.decisions)
    context = Context(
        today=around.today,
        supplier_names=around.supplier_names,
        previous=around.previous,
        known_elsewhere=around.known_elsewhere,
        cahra_countries=around.cahra_countries,
        reference=reference if around.reference is not None else None,
        matches=matches,
        options=form.options,
        tables=form.tables,
    )
    findings = find_inconsistencies(declaration, context)
    items = open_items(declaration, form.checker)
    remaining = required_remaining(declaration, form.checker)
    return Judgement(
        items,
        remaining,
        findings,
        matches,
        verdict(items, findings, matches, declaration.outdated),
    )
