"""Minerals of the forms that sort them: which question row belongs to which (formats.md 2.3)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from minerals.excel.grid import Grid
from minerals.excel.layout import Layout, Slot
from minerals.rules.declaration import Note
from minerals.rules.spreadsheet_text import same_text


@dataclass(frozen=True, slots=True)
class MineralOrder:
    minerals: tuple[str, ...]
    notes: tuple[Note, ...] = ()


def mineral_order(grid: Grid, layout: Layout, cached: bool) -> MineralOrder:
    """The minerals in the order of the question rows.

    Calculated values win as long as they name the minerals the slots name; without them the list
    is sorted again. The order of names in other scripts depends on the program that calculates,
    so it is noted as uncertain.
    """
    scheme = layout.minerals
    if scheme.names:
        return MineralOrder(scheme.names)
    chosen = _distinct([text for slot in scheme.slots if (text := _chosen(grid, slot))])
    if cached:
        shown = [text for cell in scheme.sorted_cells if (text := _typed(grid, cell))]
        if {text.lower() for text in shown} == {text.lower() for text in chosen}:
            return MineralOrder(tuple(shown))
    rebuilt = sorted_minerals(chosen)
    if len(rebuilt) > 1 and not all(_is_latin(text) for text in rebuilt):
        cell = f"{grid.name}!{scheme.slots[0].cell}"
        return MineralOrder(rebuilt, (Note("mineral_order_uncertain", cell),))
    return MineralOrder(rebuilt)


def sorted_minerals(chosen: Sequence[str]) -> tuple[str, ...]:
    """Distinct minerals in the order a spreadsheet gives Latin names."""
    return tuple(sorted(_distinct(chosen), key=_collation))


def _chosen(grid: Grid, slot: Slot) -> str:
    text = _typed(grid, slot.cell)
    if slot.replaced and same_text(text, slot.replaced):
        return _typed(grid, slot.other) if slot.other else ""
    return text


def _typed(grid: Grid, cell: str) -> str:
    """What the cell holds; a number is a name too, as far as the form is concerned."""
    value = grid.value(cell)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return value if isinstance(value, str) else ""


def _distinct(texts: Sequence[str]) -> list[str]:
    seen: dict[str, str] = {}
    for text in texts:
        seen.setdefault(text.lower(), text)
    return list(seen.values())


def _collation(text: str) -> tuple[bool, str, str]:
    """Latin order of a spreadsheet: numbers first, accents decide only between equals."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    return not text.replace(".", "", 1).isdecimal(), plain, folded


def _is_latin(text: str) -> bool:
    return all("LATIN" in unicodedata.name(char, "") for char in text if char.isalpha())
