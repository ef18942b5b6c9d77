"""The outlines of the map: whole countries, inside the frame, where they belong."""

from __future__ import annotations

import re

import pytest

from core.world_map import world_map

NUMBER = re.compile(r"-?\d+")


def extent(path: str) -> tuple[int, int, int, int]:
    """Least and greatest x and y of a path of one move and relative lines each."""
    xs, ys = [], []
    for ring in filter(None, path.split("z")):
        numbers = [int(text) for text in NUMBER.findall(ring)]
        x = y = 0
        for at in range(0, len(numbers), 2):
            x, y = (numbers[0], numbers[1]) if at == 0 else (x + numbers[at], y + numbers[at + 1])
            xs.append(x)
            ys.append(y)
    return min(xs), max(xs), min(ys), max(ys)


def test_everything_lies_inside_the_frame() -> None:
    world = world_map()
    for path in (*world.outlines.values(), *world.unclaimed):
        left, right, top, bottom = extent(path)
        assert 0 <= left <= right <= world.width
        assert 0 <= top <= bottom <= world.height
    for x, y in world.dots.values():
        assert 0 < x < world.width
        assert 0 < y < world.height


@pytest.mark.parametrize("code", ["RU", "US", "FJ", "NZ"])
def test_no_country_is_torn_across_the_map(code: str) -> None:
    left, right, _top, _bottom = extent(world_map().outlines[code])
    assert right - left < world_map().width * 0.55


def test_neighbours_stand_where_they_belong() -> None:
    world = world_map()
    left, right, top, bottom = extent(world.outlines["CN"])
    assert left < world.dots["HK"][0] < right
    assert top < world.dots["HK"][1] < bottom
    assert extent(world.outlines["AU"])[2] > extent(world.outlines["JP"])[3], "south is down"
    assert extent(world.outlines["BR"])[1] < extent(world.outlines["CD"])[0], "east is right"
    assert len(world.outlines) > 170
    assert "AQ" not in world.outlines
