"""Findings about single rows of the Smelter List."""

from __future__ import annotations

from collections.abc import Iterator

from minerals.rules.consistency.making import finding
from minerals.rules.consistency.rows import SmelterSheet, SmelterView
from minerals.rules.consistency.smelter_ids import id_findings
from minerals.rules.consistency.smelter_names import duplicate_findings, name_findings
from minerals.rules.declaration import Declaration
from minerals.rules.judgement import Finding


def smelter_findings(declaration: Declaration, sheet: SmelterSheet) -> Iterator[Finding]:
    for view in sheet.views:
        if not declaration.outdated:  # legacy lists have IDs of their own form
            yield from id_findings(view, sheet)
        yield from name_findings(view, sheet)
    yield from duplicate_findings(sheet)
    if not declaration.outdated:
        yield from _incomplete(declaration, sheet)


def _incomplete(declaration: Declaration, sheet: SmelterSheet) -> Iterator[Finding]:
    """Every "not listed" row without name or country, except the one the Checker names itself.

    The Checker counts such rows once for the whole sheet, and not at all in CRT and EMRT 1.1
    (formats.md 5.1, 5.3, 5.4); blanks satisfy it.
    """
    named_officially = not _counts_such_rows(declaration)
    for view in sheet.views:
        if view.resolved.special != "not_listed" or (view.name and view.country):
            continue
        if not named_officially and _truly_empty(view):
            named_officially = True
            continue
        yield finding("smelter_not_listed_incomplete", _missing_cell(view))


def _counts_such_rows(declaration: Declaration) -> bool:
    if declaration.family == "CRT":
        return False
    return not (declaration.family == "EMRT" and declaration.version in ("1.1", "1.11"))


def _truly_empty(view: SmelterView) -> bool:
    return not view.row.name or not (view.row.country or view.resolved.country)


def _missing_cell(view: SmelterView) -> str:
    return view.cell("country" if view.name else "name")
