"""What speaks for a plausibility alert, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from minerals.models import Declaration, PlausibilityAlert, SmelterLine
from minerals.rules.normalise import cid_key, metal_key, normalised
from minerals.rules.over_reporting import Reported, reported
from minerals.rules.reference import ReferenceEntry
from minerals.selectors.list_prints import is_own_spelling, named_counts, row_key
from minerals.selectors.reference import reference_list
from suppliers.models import Category, Supplier

if TYPE_CHECKING:
    from accounts.models import User

PEERS_SHOWN = 25


@dataclass(frozen=True, slots=True)
class Written:
    """What a list has in a row."""

    row: int
    text: str


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """A smelter as both lists have it; None where one does not name it. ``is_shared_error``: both
    write it in the same way, which no reference list knows."""

    metal: str
    name: str
    cid: str
    own: Written | None
    other: Written | None
    is_shared_error: bool


@dataclass(frozen=True, slots=True)
class PeerLine:
    """``supplier`` is None for one that the reader does not see; ``width`` of 100 for the most."""

    supplier: Supplier | None
    count: int
    is_own: bool
    width: int


@dataclass(frozen=True, slots=True)
class PeerGroup:
    category: Category
    metal: str
    median: float
    peers: int
    lines: tuple[PeerLine, ...]


@dataclass(frozen=True, slots=True)
class CopiedMetal:
    """``missing``: entries of the list of today that the declaration does not name."""

    metal: str
    count: int
    total: int
    missing: tuple[ReferenceEntry, ...]


def aligned_rows(own: Declaration, other: Declaration) -> list[AlignedRow]:
    """Shared errors first, then in the order of the first list, last what only the other one has;
    two queries."""
    mine, theirs = _by_key(own), _by_key(other)
    rows = [_aligned(line, theirs.get(key)) for key, line in mine.items()]
    rows += [_aligned(None, line) for key, line in theirs.items() if key not in mine]
    return sorted(rows, key=lambda row: not row.is_shared_error)


def _by_key(declaration: Declaration) -> dict[str, SmelterLine]:
    """The first row of each smelter."""
    found: dict[str, SmelterLine] = {}
    for line in declaration.smelters.order_by("row"):
        key = row_key(line)
        if key:
            found.setdefault(key, line)
    return found


def _aligned(own: SmelterLine | None, other: SmelterLine | None) -> AlignedRow:
    line = own or other
    assert line is not None
    return AlignedRow(
        line.metal,
        line.shown_name,
        line.matched_cid,
        _written(own),
        _written(other),
        own is not None and other is not None and _same_error(own, other),
    )


def _written(line: SmelterLine | None) -> Written | None:
    if line is None:
        return None
    return Written(line.row, line.typed_name or line.lookup or line.cid_input or line.cid)


def _same_error(own: SmelterLine, other: SmelterLine) -> bool:
    texts = {normalised(line.typed_name or line.lookup) for line in (own, other)}
    return len(texts) == 1 and is_own_spelling(own) and is_own_spelling(other)


def copied_metals(alert: PlausibilityAlert) -> list[CopiedMetal]:
    """Of the reference list of today, which may have grown since."""
    reference = reference_list()
    named = {
        cid_key(cid)
        for cid in alert.declaration.smelters.order_by().values_list("matched_cid", flat=True)
    }
    found = []
    for line in alert.measures.get("metals", []):
        entries = reference.of_metal(line["metal"]) if reference else ()
        missing = tuple(entry for entry in entries if cid_key(entry.cid) not in named)
        found.append(CopiedMetal(line["metal"], int(line["count"]), int(line["total"]), missing))
    return found


def peer_groups(actor: User, alert: PlausibilityAlert) -> list[PeerGroup]:
    """As things are today: the suppliers of each category that name the metal, most first."""
    lines = reported(named_counts())
    wanted = [(line["category"], line["metal"]) for line in alert.measures.get("lines", [])]
    categories = Category.objects.in_bulk({category for category, _metal in wanted})
    owners = {line.owner for line in lines if (line.category, line.metal) in wanted}
    seen = Supplier.objects.visible_to(actor).in_bulk(owners)
    return [
        _peers(categories[category], found, seen, alert.supplier_id)
        for category, metal in wanted
        if category in categories
        and (found := [one for one in lines if (one.category, one.metal) == (category, metal)])
    ]


def _peers(
    category: Category, found: Sequence[Reported], seen: dict[int, Supplier], own: int
) -> PeerGroup:
    most = max(one.count for one in found)
    shown = [one for at, one in enumerate(found) if at < PEERS_SHOWN or one.owner == own]
    return PeerGroup(
        category,
        found[0].metal,
        found[0].median,
        found[0].peers,
        tuple(
            PeerLine(
                seen.get(one.owner),
                one.count,
                one.owner == own,
                max(1, round(one.count * 100 / most)),
            )
            for one in shown
        ),
    )


@dataclass(frozen=True, slots=True)
class ReportedLine:
    supplier: Supplier
    category: Category
    reported: Reported


def over_reporting(
    actor: User, *, metal: str = "", category: int | None = None, search: str = ""
) -> list[ReportedLine]:
    """Suppliers the actor sees by how far they are above their category's median, the highest
    first; the median is of all suppliers. Four queries."""
    lines = [
        line
        for line in reported(named_counts())
        if (not metal or metal_key(line.metal) == metal_key(metal))
        and category in (None, line.category)
    ]
    seen = Supplier.objects.visible_to(actor).in_bulk({line.owner for line in lines})
    categories = Category.objects.in_bulk({line.category for line in lines})
    found = [
        ReportedLine(seen[line.owner], categories[line.category], line)
        for line in lines
        if line.owner in seen and line.category in categories
    ]
    words = search.casefold().split()
    return [one for one in found if all(word in _text(one.supplier) for word in words)]


def _text(supplier: Supplier) -> str:
    return f"{supplier.code} {supplier.name} {supplier.local_name}".casefold()
