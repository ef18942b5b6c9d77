"""Who names far more smelters than comparable suppliers do.

An answer for the whole company names more than one for the products we buy, and a long list often
holds what its maker was sent by everybody (market.md, idea 5).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

# A median of fewer says nothing.
PEERS_FROM = 5
UNUSUAL_FACTOR = 5
UNUSUAL_FROM = 30


@dataclass(frozen=True, slots=True)
class NamedCount:
    """How many smelters of a metal one supplier names. ``owner``: the supplier's key,
    ``category``: that of one of its categories."""

    owner: int
    category: int
    metal: str
    count: int


@dataclass(frozen=True, slots=True)
class Reported:
    """``median``: of all suppliers of the category that name the metal, this one among them;
    ``ratio``: times the median."""

    owner: int
    category: int
    metal: str
    count: int
    median: float
    peers: int

    @property
    def ratio(self) -> float:
        return self.count / self.median

    @property
    def is_unusual(self) -> bool:
        return self.count > max(UNUSUAL_FROM, UNUSUAL_FACTOR * self.median)


def reported(counts: Iterable[NamedCount]) -> list[Reported]:
    """Each count with its category's median, the highest ratio first; categories with fewer than
    ``PEERS_FROM`` suppliers naming the metal are left out."""
    groups: defaultdict[tuple[int, str], list[NamedCount]] = defaultdict(list)
    for one in counts:
        if one.count:
            groups[one.category, one.metal].append(one)
    found = [line for group in groups.values() for line in _of_group(group)]
    return sorted(found, key=lambda one: (-one.ratio, -one.count, one.metal, one.owner))


def _of_group(group: Sequence[NamedCount]) -> list[Reported]:
    if len(group) < PEERS_FROM:
        return []
    middle = float(median(one.count for one in group))
    return [
        Reported(one.owner, one.category, one.metal, one.count, middle, len(group)) for one in group
    ]
