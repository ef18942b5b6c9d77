"""Findings about smelter IDs: their form, and what they say against the rest of the row."""

from __future__ import annotations

from collections.abc import Iterator

from minerals.rules.consistency.making import finding
from minerals.rules.consistency.rows import SmelterSheet, SmelterView, well_formed
from minerals.rules.judgement import Finding
from minerals.rules.likeness import similar
from minerals.rules.normalise import cid_key, metal_key, normalised
from minerals.rules.reference import ReferenceEntry, names_of
from minerals.rules.words import COUNTRY_NAMES

# Column G names the list an ID comes from: these mean RMI's own, or are the template's prompt.
_OWN_SOURCES = frozenset({"", "rmi", "cfsi", "entersmelterdetails"})


def id_findings(view: SmelterView, sheet: SmelterSheet) -> Iterator[Finding]:
    malformed = list(_malformed(view))
    yield from malformed
    if malformed and not view.match.cid:
        return
    unknown = list(_unknown(view, sheet))
    yield from unknown
    if not unknown:
        yield from _conflicts(view, sheet)


def _malformed(view: SmelterView) -> Iterator[Finding]:
    foreign = normalised(view.row.source or view.resolved.source) not in _OWN_SOURCES
    cells = {view.cell("cid_input"): view.row.cid_input}
    if not foreign and view.row.cid:
        cells[view.cell("cid")] = view.row.cid
    for cell, cid in cells.items():
        if cid and not well_formed(cid):
            yield finding("smelter_cid_malformed", cell, cid=cid)


def given_cid(view: SmelterView) -> str:
    """The ID of the row: typed, else as the template resolved it."""
    typed = view.typed_cid
    return typed if well_formed(typed) else view.resolved.cid


def _unknown(view: SmelterView, sheet: SmelterSheet) -> Iterator[Finding]:
    cid = cid_key(given_cid(view))
    if not cid or sheet.reference.by_cid(cid) is not None:
        return
    in_file = sheet.in_file.get(cid)
    metal = in_file.metal if in_file is not None else view.metal
    if not (sheet.reference.covers(metal) if metal else len(sheet.reference)):
        return  # our list says nothing about this metal
    if in_file is not None:
        name = in_file.standard_name or in_file.name
        yield finding("smelter_not_in_current_list", view.cid_cell, cid=cid, name=name)
    elif well_formed(cid):
        yield finding("smelter_cid_unknown", view.cid_cell, cid=cid)


def _conflicts(view: SmelterView, sheet: SmelterSheet) -> Iterator[Finding]:
    typed = sheet.reference.by_cid(given_cid(view))
    if typed is not None and view.metal and metal_key(view.metal) != metal_key(typed.metal):
        yield finding(
            "smelter_cid_metal_conflict",
            view.cell("metal"),
            cid=typed.cid,
            name=typed.standard_name,
            metal=view.metal,
            listed_metal=typed.metal,
            other_cell=view.cid_cell,
        )
    elif typed is not None and _names_disagree(view, sheet, typed):
        yield finding(
            "smelter_cid_name_conflict",
            view.name_cell,
            cid=typed.cid,
            listed_name=typed.standard_name,
            name=view.name,
            other_cell=view.cid_cell,
        )
    else:
        yield from _country(view, sheet)


def _names_disagree(view: SmelterView, sheet: SmelterSheet, typed: ReferenceEntry) -> bool:
    resolved = cid_key(view.resolved.cid)
    if view.row.cid_input.strip() and resolved and resolved != cid_key(view.row.cid_input):
        return True
    if not view.name:
        return False
    named = sheet.reference.by_name(view.metal, view.name)
    if named:
        return typed not in named
    if view.resolved.lookup_row is not None or normalised(view.name) in names_of(typed):
        return False
    return not any(similar(view.name, name) for name in (typed.standard_name, *typed.aliases))


def _country(view: SmelterView, sheet: SmelterSheet) -> Iterator[Finding]:
    entry = view.entry
    if entry is None or not entry.country.strip() or not view.country:
        return
    known = {_country_key(entry.country)}
    if in_file := sheet.in_file.get(cid_key(entry.cid)):
        known.add(_country_key(in_file.country))
    if _country_key(view.country) not in known:
        yield finding(
            "smelter_country_conflict",
            view.cell("country"),
            country=view.country,
            listed_country=entry.country,
            name=entry.standard_name,
            cid=entry.cid,
        )


def _country_key(country: str) -> str:
    key = normalised(country)
    return COUNTRY_NAMES.get(key, key)
