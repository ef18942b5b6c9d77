"""The smelters of each country on a map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.world_map import world_map

# A country has the shade of the last number it reaches.
STEPS = (1, 3, 10, 30, 100)


@dataclass(frozen=True, slots=True)
class MapCountry:
    """``path`` or ``dot``, whichever the country has. ``step``: 0 for none to 5."""

    code: str
    name: str
    count: int
    step: int
    path: str
    dot: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Legend:
    """``last`` is None for the shade without an end."""

    step: int
    first: int
    last: int | None


@dataclass(frozen=True, slots=True)
class CountryMap:
    """``named``: countries with smelters, those with dots last, so that they lie above; ``plain``:
    outlines of all others; ``beneath``: names and numbers of what has no place on the map."""

    width: int
    height: int
    named: tuple[MapCountry, ...]
    plain: tuple[str, ...]
    beneath: tuple[Mapping[str, Any], ...]
    legend: tuple[Legend, ...]


def country_map(rows: Sequence[Mapping[str, Any]]) -> CountryMap:
    """``rows``: code, name and count of each country that has smelters."""
    world = world_map()
    named = [
        MapCountry(
            row["code"],
            row["name"],
            row["count"],
            step_of(row["count"]),
            world.outlines.get(row["code"], ""),
            world.dots.get(row["code"]),
        )
        for row in rows
    ]
    drawn = [one for one in named if one.path or one.dot]
    codes = {one.code for one in drawn}
    plain = [path for code, path in world.outlines.items() if code not in codes]
    return CountryMap(
        world.width,
        world.height,
        tuple(sorted(drawn, key=lambda one: (one.dot is not None, -one.count))),
        (*plain, *world.unclaimed),
        tuple(row for row in rows if row["code"] not in codes),
        _legend(max((one.count for one in drawn), default=0)),
    )


def step_of(count: int) -> int:
    return sum(count >= first for first in STEPS)


def _legend(most: int) -> tuple[Legend, ...]:
    """The shades that occur."""
    ends = [*(first - 1 for first in STEPS[1:]), None]
    pairs = enumerate(zip(STEPS, ends, strict=True), start=1)
    lines = [Legend(at, first, last) for at, (first, last) in pairs]
    return tuple(line for line in lines if line.first <= most)
