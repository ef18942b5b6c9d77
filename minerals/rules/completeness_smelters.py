"""What the official Checker asks of the smelter list: its COUNTIF formulas over resolved rows."""

from __future__ import annotations

from functools import cached_property

from minerals.rules.completeness_spec import CheckerSpec, Rows
from minerals.rules.declaration import Declaration, ResolvedSmelter, SmelterRow
from minerals.rules.spreadsheet_text import matcher


class SmelterView:
    """The smelter list as the Checker sees it, with the row ranges of one version."""

    def __init__(self, declaration: Declaration, spec: CheckerSpec) -> None:
        self._pairs = tuple(zip(declaration.smelters, declaration.resolved, strict=True))
        self._spec = spec

    @cached_property
    def _metals(self) -> frozenset[str]:
        """The metals that stand in the metal column."""
        return frozenset(
            resolved.metal
            for _, resolved in self._pairs
            if resolved.metal and _within(resolved.row, self._spec.metal_rows)
        )

    @cached_property
    def _counted(self) -> frozenset[str]:
        """The helper column the Checker counts; what it holds depends on the version."""
        return frozenset(
            text
            for row, resolved in self._pairs
            if _within(row.row, self._spec.counted_rows) and (text := self._helper(row, resolved))
        )

    def _helper(self, row: SmelterRow, resolved: ResolvedSmelter) -> str:
        match self._spec.smelter_test:
            case "joined":
                broken = resolved.unknown_cid_input and not (resolved.metal and resolved.lookup)
                return "" if broken else resolved.metal + resolved.lookup
            case "metal_and_lookup":
                return resolved.metal if resolved.lookup else ""
            case "metal":
                return resolved.metal
            case "metal_name_country":
                return resolved.metal if row.name and row.country else ""

    def has_metal(self, mineral: str) -> bool:
        fits = matcher(mineral)
        return any(fits(metal) for metal in self._metals)

    def names_smelter_of(self, mineral: str) -> bool:
        """Whether the Checker is content with the smelters of ``mineral``.

        A row without a mineral counts the empty rows of the list, of which there are always some.
        """
        if not mineral:
            return self._spec.smelter_test in ("metal_and_lookup", "metal")
        if self._spec.smelter_test == "joined":
            fits = matcher(f"{mineral}?*")
            return self.has_metal(mineral) and any(fits(text) for text in self._counted)
        fits = matcher(mineral)
        counted = any(fits(text) for text in self._counted)
        needs_metal = self._spec.smelter_test == "metal_and_lookup"
        return counted and (not needs_metal or self.has_metal(mineral))

    def has_unlisted(self) -> bool:
        return any(
            resolved.special == "not_listed" and _within(resolved.row, self._spec.unlisted_rows)
            for _, resolved in self._pairs
        )

    def first_missing_detail(self) -> str | None:
        """The first cell of a "not listed" row that lacks its name or its country."""
        table = self._spec.tables.smelters
        for row, resolved in self._pairs:
            if resolved.special != "not_listed":
                continue
            if not _within(row.row, self._spec.unlisted_detail_rows):
                continue
            if not row.name:
                return table.cell("name", row.row)
            if not resolved.country:
                return table.cell("country", row.row)
        return None


def _within(row: int, ranges: Rows) -> bool:
    return any(first <= row <= last for first, last in ranges)
