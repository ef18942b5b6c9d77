"""The template's own resolution of smelter rows (CMRT 6.01 to 6.5, EMRT, AMRT 1.3, CRT).

What the formulas of the Smelter List make of a row is restated here from the typed cells and the
look-up sheet, so a file saved without calculated values reads like one that Excel has calculated.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from minerals.rules.declaration import LookupEntry, ResolvedSmelter, SmelterRow
from minerals.rules.spreadsheet_text import has_wildcards, matcher, same_text

NOT_LISTED = "Smelter not listed"
NOT_IDENTIFIED = "Smelter not yet identified"
Special = Literal["", "not_listed", "not_identified"]


@dataclass(frozen=True, slots=True)
class ResolutionVariant:
    """What differs between the versions.

    ``uses_lookup``: AMRT 1.2 has no look-up, its rows are taken as typed.
    ``special_by_name``: from CMRT 6.22 a "not listed" row is looked up by its typed name.
    ``unlisted_source`` / ``unlisted_hit_source``: what the source column shows for a "not listed"
    row without / with a hit. ``keyless_rows``: look-up rows that lack the search key in the
    official file, so that the template itself never finds them. Below ``last_row`` the smelter
    list has no formulas: rows there stand as typed.
    """

    uses_lookup: bool = True
    special_by_name: bool = False
    unlisted_source: str = ""
    unlisted_hit_source: str = ""
    keyless_rows: frozenset[int] = frozenset()
    last_row: int = 1_048_576


class TemplateLookup:
    """The look-up sheet, indexed once; the first row wins as in the template's ``MATCH``."""

    def __init__(self, entries: Iterable[LookupEntry], variant: ResolutionVariant) -> None:
        self.variant = variant
        self._by_cid: dict[str, LookupEntry] = {}
        self._by_key: dict[str, LookupEntry] = {}
        for entry in entries:
            self._add(entry)

    def _add(self, entry: LookupEntry) -> None:
        if entry.cid:
            self._by_cid.setdefault(entry.cid.lower(), entry)
        if entry.row in self.variant.keyless_rows:
            return
        key = (entry.metal + entry.name).lower()
        self._by_key.setdefault(key, entry)

    def by_cid(self, cid: str) -> LookupEntry | None:
        return _first(self._by_cid, cid)

    def by_key(self, key: str) -> LookupEntry | None:
        return _first(self._by_key, key)

    def resolve(self, row: SmelterRow) -> ResolvedSmelter:
        """One row as the template shows it (formats.md 4.3)."""
        if not self.variant.uses_lookup or row.row > self.variant.last_row:
            return _as_typed(row)
        by_input = self.by_cid(row.cid_input) if row.cid_input else None
        unknown = bool(row.cid_input) and by_input is None
        metal = row.metal or (by_input.metal if by_input else "")
        name = row.lookup or (by_input.standard_name if by_input else "")
        special = special_text(name)
        hit = None if _is_error(row, unknown) else self._hit(row, metal, name, special)
        return self._resolved(row, metal, name, hit, special, unknown)

    def _hit(self, row: SmelterRow, metal: str, name: str, special: Special) -> LookupEntry | None:
        if not name:
            return None
        searched = row.name if special and self.variant.special_by_name else name
        return self.by_key(metal + searched)

    def _resolved(
        self,
        row: SmelterRow,
        metal: str,
        name: str,
        hit: LookupEntry | None,
        special: Special,
        unknown: bool,
    ) -> ResolvedSmelter:
        return ResolvedSmelter(
            row=row.row,
            metal=metal,
            lookup=name,
            cid=row.cid or (hit.cid if hit else ""),
            standard_name=hit.standard_name if hit else "",
            country=row.country or (hit.country if hit else ""),
            city=row.city or (hit.city if hit else ""),
            state=row.state or (hit.state if hit else ""),
            source=row.source or self._source(hit, special),
            lookup_row=hit.row if hit else None,
            special=special,
            unknown_cid_input=unknown,
        )

    def _source(self, hit: LookupEntry | None, special: Special) -> str:
        if special == "not_listed":
            return self.variant.unlisted_hit_source if hit else self.variant.unlisted_source
        return hit.source if hit else ""


def special_text(name: str) -> Special:
    """Which of the two special texts ``name`` is, in any capitalisation."""
    if same_text(name, NOT_LISTED):
        return "not_listed"
    return "not_identified" if same_text(name, NOT_IDENTIFIED) else ""


def resolve_rows(
    rows: Iterable[SmelterRow], entries: Iterable[LookupEntry], variant: ResolutionVariant
) -> tuple[ResolvedSmelter, ...]:
    lookup = TemplateLookup(entries, variant)
    return tuple(lookup.resolve(row) for row in rows)


def _is_error(row: SmelterRow, unknown: bool) -> bool:
    """An unknown ID makes metal or name an error where the supplier typed none."""
    return unknown and not (row.metal and row.lookup)


def _first(index: dict[str, LookupEntry], wanted: str) -> LookupEntry | None:
    if not has_wildcards(wanted):
        return index.get(wanted.lower())
    fits = matcher(wanted)
    return next((entry for key, entry in index.items() if fits(key)), None)


def _as_typed(row: SmelterRow) -> ResolvedSmelter:
    return ResolvedSmelter(
        row=row.row,
        metal=row.metal,
        lookup=row.lookup,
        cid=row.cid,
        standard_name="",
        country=row.country,
        city=row.city,
        state=row.state,
        source=row.source,
        special=special_text(row.lookup),
    )
