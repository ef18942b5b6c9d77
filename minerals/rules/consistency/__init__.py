"""Our own checks of a declaration, beyond the official completeness rules.

They never repeat an open item of the official Checker: they say more where it is lenient, and
look at what it does not look at (contradictions, smelters, plausibility). "Yes" to a question of
origin is information and never the reason for an error or a warning by itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from minerals.rules.consistency.answers import answer_findings
from minerals.rules.consistency.context import Context
from minerals.rules.consistency.contradictions import contradiction_findings
from minerals.rules.consistency.effective_date import effective_date_findings
from minerals.rules.consistency.file import file_findings
from minerals.rules.consistency.header import header_findings
from minerals.rules.consistency.list_contradictions import list_contradiction_findings
from minerals.rules.consistency.making import in_order
from minerals.rules.consistency.plausibility import plausibility_findings
from minerals.rules.consistency.products import product_findings
from minerals.rules.consistency.programme import programme_findings
from minerals.rules.consistency.rows import smelter_sheet
from minerals.rules.consistency.smelters import smelter_findings
from minerals.rules.declaration import Declaration
from minerals.rules.judgement import Finding

__all__ = ["Context", "find_inconsistencies"]

_FORM_RULES = (
    header_findings,
    effective_date_findings,
    product_findings,
    answer_findings,
    programme_findings,
    contradiction_findings,
)


def find_inconsistencies(declaration: Declaration, context: Context) -> tuple[Finding, ...]:
    """Every finding, by severity and place. Outdated templates: only the file and its smelters."""
    return in_order(_all(declaration, context))


def _all(declaration: Declaration, context: Context) -> Iterator[Finding]:
    yield from file_findings(declaration, context)
    sheet = smelter_sheet(declaration, context)
    yield from smelter_findings(declaration, sheet)
    if declaration.outdated:
        return
    for rule in _FORM_RULES:
        yield from rule(declaration, context)
    yield from list_contradiction_findings(declaration, context, sheet)
    yield from plausibility_findings(declaration, context, sheet)
