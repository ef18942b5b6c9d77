"""Two people change one record: what of it is only the first one's, and what both changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """``others``: fields that somebody else changed; ``both``: those of them to which the second
    person gave yet another value; ``merged``: the record of now with all that he changed."""

    others: tuple[str, ...]
    both: frozenset[str]
    merged: dict[str, Any]


def compare(base: Mapping[str, Any], now: Mapping[str, Any], typed: Mapping[str, Any]) -> Meanwhile:
    """``base``: the record that the second person began with; all three with the same fields."""
    others = tuple(name for name in now if now[name] != base[name])
    own = {name: typed[name] for name in now if typed[name] != base[name]}
    both = frozenset(name for name in others if name in own and own[name] != now[name])
    return Meanwhile(others, both, {**now, **own})
