"""The smelter rows with everything the rules want to know about each, put together once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from minerals.rules.consistency.context import Context
from minerals.rules.declaration import Declaration, LookupEntry, ResolvedSmelter, SmelterRow
from minerals.rules.judgement import SmelterMatch
from minerals.rules.matching import match_rows, metal_of, name_of
from minerals.rules.normalise import cid_key, metal_key, normalised
from minerals.rules.reference import ReferenceEntry, ReferenceList, reference_from_lookup
from minerals.rules.tables import Table
from minerals.rules.words import RECYCLED_WORDS

_CID = re.compile(r"CID\d{6}", re.IGNORECASE)
_RECYCLED = frozenset(normalised(word) for word in RECYCLED_WORDS)
_BETWEEN_ORIGINS = re.compile(r"[;/\n、；|]+")


@dataclass(frozen=True, slots=True)
class SmelterView:
    """One row. ``entry`` is the identified smelter of our list, ``listed`` the one in the file."""

    row: SmelterRow
    resolved: ResolvedSmelter
    match: SmelterMatch
    entry: ReferenceEntry | None
    listed: LookupEntry | None
    table: Table

    @property
    def metal(self) -> str:
        return metal_of(self.resolved, self.row)

    @property
    def name(self) -> str:
        return name_of(self.resolved, self.row)

    @property
    def display_name(self) -> str:
        """The best name there is, for a message about the row."""
        known = self.entry.standard_name if self.entry else self.resolved.standard_name
        return known or self.name or self.typed_cid

    @property
    def typed_cid(self) -> str:
        """The ID in the row as typed, blanks and all."""
        return self.row.cid_input or self.row.cid

    @property
    def country(self) -> str:
        return (self.resolved.country or self.row.country).strip()

    def cell(self, field: str) -> str:
        return self.table.cell(field, self.row.row)

    @property
    def name_cell(self) -> str:
        return self.cell("name" if self.resolved.special else "lookup")

    @property
    def cid_cell(self) -> str:
        return self.cell("cid_input" if self.row.cid_input.strip() else "cid")


@dataclass(frozen=True, slots=True)
class SmelterSheet:
    views: tuple[SmelterView, ...]
    reference: ReferenceList
    in_file: Mapping[str, LookupEntry]

    def of(self, mineral: str) -> Iterator[SmelterView]:
        wanted = metal_key(mineral)
        return (view for view in self.views if metal_key(view.metal) == wanted)


def smelter_sheet(declaration: Declaration, context: Context) -> SmelterSheet:
    """Puts rows, resolutions, matches and lists together; computes matches when none are given."""
    reference = context.reference
    if reference is None:
        reference = reference_from_lookup(declaration.lookup)
    matches = context.matches
    if matches is None:
        matches = match_rows(declaration.resolved, declaration.smelters, reference, {})
    in_file = {cid_key(item.cid): item for item in reversed(declaration.lookup) if item.cid.strip()}
    return SmelterSheet(
        tuple(
            SmelterView(
                row,
                one,
                match,
                reference.by_cid(match.cid),
                in_file.get(cid_key(one.cid)) if one.cid else None,
                context.tables.smelters,
            )
            for row, one, match in zip(
                declaration.smelters, declaration.resolved, matches, strict=True
            )
        ),
        reference,
        in_file,
    )


def well_formed(cid: str) -> bool:
    """``CID`` and six digits, nothing around them; the template ignores case."""
    return _CID.fullmatch(cid) is not None


def is_recycled(text: str) -> bool:
    return normalised(text) in _RECYCLED


def origins_in(text: str) -> tuple[str, ...]:
    """The countries in a mine-country cell: the whole text, its parts, and the parts of those.

    A comma may separate two countries or belong to one ("CONGO, DEMOCRATIC REPUBLIC OF THE").
    """
    parts = [part.strip() for part in _BETWEEN_ORIGINS.split(text)]
    pieces = [piece.strip() for part in parts for piece in re.split("[,，]", part)]
    return tuple(dict.fromkeys(part for part in (*parts, *pieces) if part))
