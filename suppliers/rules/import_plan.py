"""What an import would do: pure comparing, without database and clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Action = Literal["create", "change", "same", "faulty"]
Values = dict[str, Any]


@dataclass(slots=True)
class PlannedRow:
    """``target``: the key of the record in the database, None for a new one. ``problems``: plain
    values, ``{"code", "params", "field", "column", "value"}``."""

    number: int
    key: str = ""
    action: Action = "same"
    before: Values = field(default_factory=dict)
    after: Values = field(default_factory=dict)
    target: int | None = None
    problems: list[Values] = field(default_factory=list)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Values, Values]:
    """The fields of ``after`` that differ, as they were and as they will be."""
    changed = [name for name, value in after.items() if value != before[name]]
    return {name: before[name] for name in changed}, {name: after[name] for name in changed}


def day_of(value: str) -> dt.date | None:
    """A day as ``Values`` keep it: ISO 8601, empty for none."""
    return dt.date.fromisoformat(value) if value else None


def without_defaults(record: Mapping[str, Any], defaults: Mapping[str, Any]) -> Values:
    """A new record without what it would be anyway."""
    return {
        name: value
        for name, value in record.items()
        if name not in defaults or value != defaults[name]
    }


def in_circle(parents: Mapping[Hashable, Hashable | None]) -> set[Hashable]:
    """Those that are above themselves, following ``parents`` upwards."""
    done: set[Hashable] = set()
    circles: set[Hashable] = set()
    for start in parents:
        path: dict[Hashable, int] = {}
        here: Hashable | None = start
        while here is not None and here not in done and here not in path:
            path[here] = len(path)
            here = parents.get(here)
        if here is not None and here in path:
            circles.update(name for name, place in path.items() if place >= path[here])
        done.update(path)
    return circles


def levels(parents: Mapping[Hashable, Hashable | None]) -> list[list[Hashable]]:
    """The names in groups, each after the group of its parent; parents elsewhere do not count.

    There must be no circle (``in_circle``).
    """
    depth: dict[Hashable, int] = {}
    for start in parents:
        path = []
        here: Hashable | None = start
        while here is not None and here in parents and here not in depth:
            path.append(here)
            here = parents[here]
        base = depth[here] + 1 if here is not None and here in depth else 0
        for distance, name in enumerate(reversed(path)):
            depth[name] = base + distance
    groups: list[list[Hashable]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for name, level in depth.items():
        groups[level].append(name)
    return groups
