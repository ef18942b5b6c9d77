"""Findings from other knowledge: the previous list and the reference list."""

from __future__ import annotations

from collections.abc import Iterator

from minerals.rules.compare import comparable, compare_declarations
from minerals.rules.consistency.context import Context
from minerals.rules.consistency.making import finding
from minerals.rules.consistency.roles import active_minerals
from minerals.rules.consistency.rows import SmelterSheet, is_recycled, origins_in
from minerals.rules.declaration import Declaration
from minerals.rules.judgement import Finding
from minerals.rules.normalise import metal_key, normalised

# A supplier rarely uses nearly every smelter of the world; short lists prove nothing.
_COPIED_SHARE = 0.9
_COPIED_FROM = 20
_NAMES_SHOWN = 5


def plausibility_findings(
    declaration: Declaration, context: Context, sheet: SmelterSheet
) -> Iterator[Finding]:
    yield from _year_on_year(declaration, context)
    for mineral in active_minerals(declaration):
        yield from _copied(sheet, mineral)
    yield from _origin_is_facility(sheet)


def _year_on_year(declaration: Declaration, context: Context) -> Iterator[Finding]:
    if context.previous is None:
        return
    now = comparable(declaration)
    declared = {metal_key(mineral) for mineral in active_minerals(declaration)}
    change = compare_declarations(context.previous, now)
    before = [item for item in context.previous.smelters if metal_key(item.metal) in declared]
    gone = [item for item in change.smelters_gone if metal_key(item.metal) in declared]
    if not gone or not now.smelters:
        return  # a missing list is an open item already
    cell = context.tables.smelters.cell("metal")
    if len(gone) == len(before) > 1:
        yield finding("smelter_list_entirely_new", cell, count=str(len(before)))
        return
    names = ", ".join(item.name or item.cid for item in gone[:_NAMES_SHOWN])
    more = ", …" if len(gone) > _NAMES_SHOWN else ""
    yield finding("smelters_gone", cell, count=str(len(gone)), names=names + more)


def _copied(sheet: SmelterSheet, mineral: str) -> Iterator[Finding]:
    views = list(sheet.of(mineral))
    if not views:
        return
    named = {view.match.cid for view in views if view.match.cid}
    listed = {entry.cid for entry in sheet.reference.of_metal(mineral)}
    cell = views[0].cell("metal")
    if len(listed) >= _COPIED_FROM and len(named & listed) >= _COPIED_SHARE * len(listed):
        yield finding(
            "smelter_list_copies_reference",
            cell,
            count=str(len(named & listed)),
            total=str(len(listed)),
            metal=mineral,
        )


def _origin_is_facility(sheet: SmelterSheet) -> Iterator[Finding]:
    for view in sheet.views:
        given = view.row.mine_countries.strip()
        if not given or is_recycled(given) or not view.country:
            continue
        if {normalised(origin) for origin in origins_in(given)} == {normalised(view.country)}:
            yield finding(
                "origin_equals_facility_country", view.cell("mine_countries"), country=given
            )
