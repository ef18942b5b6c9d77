"""Invented smelters for demonstration and tests. No such company, ID or place exists."""

from __future__ import annotations

from minerals.rules.declaration import LookupEntry
from minerals.rules.template_lookup import NOT_IDENTIFIED, NOT_LISTED

_SMELTERS: tuple[tuple[str, str, str, str, str, str, tuple[str, ...]], ...] = (
    ("Tantalum", "Tall Tantalum Works (demo)", "ESTONIA", "CID900010", "Demo Bay", "North Demo",
     ("TTW Metals (demo)",)),
    ("Tantalum", "Second Tantalum Refinery (demo)", "JAPAN", "CID900011", "Demo Hill", "", ()),
    ("Tin", "Bright Tin Smelting Co. (demo)", "INDONESIA", "CID900001", "Demo Port", "South Demo",
     ("Bright Tin (demo)", "PT Bright Tin Demo")),
    ("Tin", "Quiet Tin Works (demo)", "BOLIVIA (PLURINATIONAL STATE OF)", "CID900002",
     "Demo Falls", "", ("Twin Name Metals (demo)",)),
    ("Gold", "Golden Kettle Refinery (demo)", "ITALY", "CID900020", "Demo Town", "West Demo",
     ("Kettle Gold (demo)",)),
    ("Gold", "Old Mint of Demoland (demo)", "AUSTRALIA", "CID900021", "Demo Creek", "", ()),
    ("Tungsten", "Heavy Stone Tungsten (demo)", "CHINA", "CID900030", "Demo Lake", "East Demo",
     ("Heavy Stone (demo)",)),
    ("Tungsten", "Filament Works (demo)", "BRAZIL", "CID900031", "Demo City", "", ()),
    ("Cobalt", "Blue Cobalt Refining (demo)", "FINLAND", "CID900040", "Demo Fjord", "",
     ("Blue Cobalt (demo)", "Shared Cobalt Alias (demo)")),
    ("Cobalt", "Deep Blue Metals (demo)", "CHINA", "CID900041", "Demo Bridge", "",
     ("Shared Cobalt Alias (demo)",)),
    ("Mica", "Thin Sheet Mica (demo)", "INDIA", "CID900050", "Demo Plain", "", ()),
    ("Copper", "Red Copper Smelter (demo)", "CHILE", "CID900060", "Demo Desert", "", ()),
    ("Lithium", "Light Lithium (demo)", "AUSTRALIA", "CID900061", "Demo Salt", "", ()),
    ("Nickel", "Green Nickel (demo)", "CANADA", "CID900062", "Demo Bay", "", ()),
    ("Aluminum", "Silver Sky Aluminum (demo)", "NORWAY", "CID900070", "Demo Sound", "", ()),
    ("Silver", "Moon Silver (demo)", "MEXICO", "CID900071", "Demo Ridge", "", ()),
    ("Zinc", "Gray Zinc (demo)", "PERU", "CID900072", "Demo Pass", "", ()),
)  # fmt: skip


def demo_lookup(minerals: tuple[str, ...] = ()) -> tuple[LookupEntry, ...]:
    """A look-up as a form carries it: per metal by alias, then the two special rows.

    ``minerals`` limits it; without them every metal is in. Under Cobalt one alias belongs to two
    smelters, as happens in the real forms.
    """
    wanted = minerals or tuple(dict.fromkeys(item[0] for item in _SMELTERS))
    entries: list[LookupEntry] = []
    for metal in wanted:
        block = sorted(_block(metal), key=lambda entry: entry.name.lower())
        entries.extend([*block, *_special_rows(metal)])
    return tuple(_numbered(entries))


def _block(metal: str) -> list[LookupEntry]:
    return [
        LookupEntry(0, metal, alias, name, country, cid, "RMI", city, state)
        for smelter_metal, name, country, cid, city, state, aliases in _SMELTERS
        for alias in (name, *aliases)
        if smelter_metal == metal
    ]


def _special_rows(metal: str) -> list[LookupEntry]:
    return [
        LookupEntry(0, metal, NOT_LISTED, "", "", ""),
        LookupEntry(0, metal, NOT_IDENTIFIED, "Unknown", "", ""),
    ]


def _numbered(entries: list[LookupEntry]) -> list[LookupEntry]:
    return [
        LookupEntry(
            row, e.metal, e.name, e.standard_name, e.country, e.cid, e.source, e.city, e.state
        )
        for row, e in enumerate(entries, start=5)
    ]
