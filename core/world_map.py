"""A schematic map of the world: the outline of each country, drawn once.

The boundaries are those of Natural Earth at 1:110 million (public domain), as the package
world-atlas brings them in TopoJSON. The projection is Equal Earth: areas compare, whatever the
latitude (Šavrič, Patterson and Jenny, 2018).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django_countries import countries

SOURCE = settings.BASE_DIR / "static" / "vendor" / "world-atlas" / "countries-110m.json"
WIDTH = 2000
# Nobody smelts there, and it would take a fifth of the drawing.
LEFT_OUT = frozenset({"AQ"})
# The map is cut at 172° west, between Asia and the islands of Alaska.
_MIDDLE = 8.0
# Too small for this scale: a dot at longitude and latitude.
SMALL = {
    "SG": (103.8, 1.35),
    "HK": (114.2, 22.3),
    "MO": (113.5, 22.2),
    "BH": (50.5, 26.0),
    "MT": (14.4, 35.9),
    "LI": (9.5, 47.2),
    "AD": (1.6, 42.5),
    "MU": (57.6, -20.3),
    "BB": (-59.5, 13.2),
    "CW": (-69.0, 12.2),
}

Point = tuple[float, float]
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = math.sqrt(3) / 2


@dataclass(frozen=True, slots=True)
class WorldMap:
    """``outlines``: by ISO code the ``d`` of a path; ``dots``: by ISO code the centre of a circle;
    ``unclaimed``: outlines without a code. All within ``width`` and ``height``."""

    width: int
    height: int
    outlines: dict[str, str]
    dots: dict[str, tuple[int, int]]
    unclaimed: tuple[str, ...]


@lru_cache(maxsize=1)
def world_map() -> WorldMap:
    topology: dict[str, Any] = json.loads(SOURCE.read_text("utf-8"))
    arcs = _arcs(topology)
    shapes: dict[str, list[list[Point]]] = {}
    unclaimed: list[list[list[Point]]] = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = countries.alpha2(geometry.get("id", ""))
        rings = [_projected_ring(_ring(ring, arcs)) for ring in _rings(geometry)]
        if not code:
            unclaimed.append(rings)
        elif code not in LEFT_OUT:
            shapes[code] = rings
    frame = _Frame(point for rings in shapes.values() for ring in rings for point in ring)
    return WorldMap(
        WIDTH,
        frame.height,
        {code: frame.path(rings) for code, rings in sorted(shapes.items())},
        {code: frame.place(projected(*place)) for code, place in SMALL.items()},
        tuple(frame.path(rings) for rings in unclaimed),
    )


def _projected_ring(ring: Sequence[Point]) -> list[Point]:
    """An island on the cut stays whole on one side of the map."""
    found, before = [], None
    for longitude, latitude in ring:
        across = _from_middle(longitude)
        if before is not None and abs(across - before) > 180:
            across += math.copysign(360, before - across)
        before = across
        found.append(_equal_earth(across, latitude))
    return found


def projected(longitude: float, latitude: float) -> Point:
    """Degrees in, east and south positive out."""
    return _equal_earth(_from_middle(longitude), latitude)


def _from_middle(longitude: float) -> float:
    return (longitude - _MIDDLE + 180) % 360 - 180


def _equal_earth(longitude: float, latitude: float) -> Point:
    theta = math.asin(_M * math.sin(math.radians(latitude)))
    square = theta * theta
    six = square**3
    slope = 9 * _A4 * six * square + 7 * _A3 * six + 3 * _A2 * square + _A1
    across = math.radians(longitude) * math.cos(theta) / (_M * slope)
    up = theta * (_A4 * six * square + _A3 * six + _A2 * square + _A1)
    return across, -up


class _Frame:
    """Fits projected points into the width of the drawing."""

    def __init__(self, points: Iterable[Point]) -> None:
        known = list(points)
        self.left = min(x for x, _y in known)
        self.top = min(y for _x, y in known)
        self.scale = WIDTH / (max(x for x, _y in known) - self.left)
        self.height = math.ceil((max(y for _x, y in known) - self.top) * self.scale)

    def place(self, point: Point) -> tuple[int, int]:
        x, y = point
        return round((x - self.left) * self.scale), round((y - self.top) * self.scale)

    def path(self, rings: Sequence[Sequence[Point]]) -> str:
        return "".join(self._closed([self.place(point) for point in ring]) for ring in rings)

    def _closed(self, points: Sequence[tuple[int, int]]) -> str:
        """Steps instead of places: half as long."""
        start, *rest = points
        steps = []
        here = start
        for point in rest:
            if point != here:
                steps.append(f"{point[0] - here[0]} {point[1] - here[1]}")
                here = point
        return f"M{start[0]} {start[1]}l{' '.join(steps)}z" if len(steps) > 1 else ""


def _arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """TopoJSON keeps steps between whole numbers; here longitudes and latitudes."""
    (scale_x, scale_y), (left, top) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + left, y * scale_y + top))
        found.append(points)
    return found


def _rings(geometry: dict[str, Any]) -> list[list[int]]:
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return [ring for polygon in polygons for ring in polygon]


def _ring(indices: Sequence[int], arcs: Sequence[Sequence[Point]]) -> list[Point]:
    """Arcs one after the other; a negative number means the arc backwards."""
    points: list[Point] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else list(reversed(arcs[~index]))
        points.extend(arc[1:] if points else arc)
    return points
