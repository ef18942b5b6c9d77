"""Findings about how a row names its smelter."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from minerals.rules.consistency.making import finding
from minerals.rules.consistency.rows import SmelterSheet, SmelterView
from minerals.rules.consistency.smelter_ids import given_cid
from minerals.rules.judgement import Finding
from minerals.rules.normalise import cid_key, normalised
from minerals.rules.placeholders import is_placeholder, looks_like_trader
from minerals.rules.reference import SUGGESTION_THRESHOLD

# A trade word in a name is stronger evidence than a weak likeness to a listed smelter.
_STRONG = 0.9


def name_findings(view: SmelterView, sheet: SmelterSheet) -> Iterator[Finding]:
    rules: dict[str, Callable[[SmelterView, SmelterSheet], Iterator[Finding]]] = {
        "alias": _by_name,
        "standard_name": _by_name,
        "ambiguous": _ambiguous,
        "unmatched": _unmatched,
        "not_listed": _not_listed,
        "not_identified": _not_identified,
    }
    if view.match.match in rules:
        yield from rules[view.match.match](view, sheet)


def _by_name(view: SmelterView, _sheet: SmelterSheet) -> Iterator[Finding]:
    if view.entry is None or view.row.cid_input.strip() or view.match.decided:
        return
    if view.resolved.special:
        code = "smelter_listed_after_all"
    elif view.match.match == "alias":
        code = "smelter_alias_without_cid"
    else:
        return
    yield finding(
        code,
        view.name_cell,
        name=view.name,
        listed_name=view.entry.standard_name,
        cid=view.entry.cid,
    )


def _ambiguous(view: SmelterView, sheet: SmelterSheet) -> Iterator[Finding]:
    found = sheet.reference.by_name(view.metal, view.name)
    candidates = ", ".join(f"{entry.standard_name} ({entry.cid})" for entry in found)
    yield finding("smelter_ambiguous", view.name_cell, name=view.name, candidates=candidates)


def _not_identified(view: SmelterView, _sheet: SmelterSheet) -> Iterator[Finding]:
    yield finding("smelter_not_identified", view.cell("lookup"), metal=view.metal)


def _not_listed(view: SmelterView, sheet: SmelterSheet) -> Iterator[Finding]:
    if is_placeholder(view.name):
        yield finding("smelter_placeholder", view.name_cell, name=view.name)
        return
    listed = sheet.reference.by_name(view.metal, view.name)
    if len(listed) == 1:
        yield finding(
            "smelter_listed_after_all",
            view.name_cell,
            name=view.name,
            listed_name=listed[0].standard_name,
            cid=listed[0].cid,
        )
    elif looks_like_trader(view.name):
        yield finding("smelter_is_trader", view.name_cell, name=view.name)


def _unmatched(view: SmelterView, sheet: SmelterSheet) -> Iterator[Finding]:
    if not view.name:
        yield from _without_name(view)
    elif is_placeholder(view.name):
        yield finding("smelter_placeholder", view.name_cell, name=view.name)
    elif not view.metal:
        yield finding("smelter_metal_missing", view.cell("metal"))
    elif not _known_to_the_file(view):
        yield from _strange_name(view, sheet)


def _without_name(view: SmelterView) -> Iterator[Finding]:
    if view.metal and not given_cid(view) and not view.typed_cid.strip():
        yield finding("smelter_name_missing", view.cell("lookup"), metal=view.metal)


def _known_to_the_file(view: SmelterView) -> bool:
    """Left our list, or was never in it: ``smelter_not_in_current_list`` says so."""
    return view.listed is not None


def _strange_name(view: SmelterView, sheet: SmelterSheet) -> Iterator[Finding]:
    others = sheet.reference.under_other_metals(view.metal, view.name)
    best = view.match.suggestions[0] if view.match.suggestions else None
    own = best if best is not None and best.score >= SUGGESTION_THRESHOLD else None
    if others:
        yield finding(
            "smelter_other_metal",
            view.cell("metal"),
            name=view.name,
            metal=view.metal,
            listed_metal=others[0].metal,
            cid=others[0].cid,
            other_cell=view.name_cell,
        )
    elif looks_like_trader(view.name) and (own is None or own.score < _STRONG):
        yield finding("smelter_is_trader", view.name_cell, name=view.name)
    elif own is not None:
        yield finding(
            "smelter_near_miss",
            view.name_cell,
            name=view.name,
            listed_name=own.standard_name,
            cid=own.cid,
            score=str(round(own.score * 100)),
        )
    elif sheet.reference.covers(view.metal):
        yield finding("smelter_unmatched", view.name_cell, name=view.name, metal=view.metal)


def duplicate_findings(sheet: SmelterSheet) -> Iterator[Finding]:
    """A second row for the same smelter, whichever way it is named."""
    seen: dict[tuple[str, ...], SmelterView] = {}
    for view in sheet.views:
        key = _identity(view)
        if key is None:
            continue
        first = seen.setdefault(key, view)
        if first is not view:
            yield finding(
                "smelter_duplicate",
                view.cid_cell if view.row.cid_input.strip() else view.name_cell,
                name=view.display_name,
                other_cell=first.cell("metal"),
            )


def _identity(view: SmelterView) -> tuple[str, ...] | None:
    metal = normalised(view.metal)
    # An ambiguous name resolves to the first candidate, which proves nothing about the row.
    cid = view.match.cid or ("" if view.match.match == "ambiguous" else view.resolved.cid)
    if cid:
        return (cid_key(cid), metal)
    if view.match.match == "not_identified" or is_placeholder(view.name):
        return None
    name = normalised(view.name)
    return (metal, name, normalised(view.country)) if name else None
