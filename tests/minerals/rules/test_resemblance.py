"""Lists that are too alike, and suppliers who name far more smelters than others."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from minerals.rules.over_reporting import NamedCount, reported
from minerals.rules.resemblance import (
    ListPrint,
    closest_earlier,
    hardly_changed,
    likeness,
    rare_errors,
    resembles,
)

POPULAR = [f"tin|CID{number:06d}" for number in range(400)]


def chance(seed: int) -> random.Random:
    return random.Random(seed)


def honest(key: int, rows: int = 60, **fields: Any) -> ListPrint:
    """Popular smelters more often than others, in an order of its own."""
    lot = chance(key)
    found: dict[str, None] = {}
    while len(found) < rows:
        found[POPULAR[int(len(POPULAR) * lot.random() ** 1.5)]] = None
    return ListPrint(key, rows=tuple(found), **{"group": key, **fields})


def clone(of: ListPrint, key: int, changed: int = 0, **fields: Any) -> ListPrint:
    rows = (*of.rows[changed:], *(f"tin|~own{key}{number}" for number in range(changed)))
    return replace(of, key=key, group=key, rows=rows, content="", **fields)


def found(prints: list[ListPrint]) -> list[tuple[int, int]]:
    return [(pair.later, pair.earlier) for pair in closest_earlier(prints)]


def test_two_clones_are_found_and_honest_lists_are_not() -> None:
    lists = [honest(number) for number in range(1, 120)]
    assert found(lists) == []
    copy = clone(lists[40], 900, changed=2)
    (pair,) = closest_earlier([*lists, copy])
    assert (pair.later, pair.earlier) == (900, 41)
    assert pair.likeness.shared == 58
    assert (pair.likeness.only_first, pair.likeness.only_second) == (2, 2)
    assert pair.likeness.similarity == pytest.approx(58 / 62)
    assert pair.likeness.same_order == 1.0


def test_five_popular_smelters_prove_nothing() -> None:
    first = ListPrint(1, 1, tuple(POPULAR[:5]))
    second = ListPrint(2, 2, tuple(POPULAR[:5]))
    assert found([first, second]) == []
    assert found([replace(first, content="x"), replace(second, content="x")]) == [(2, 1)]
    two = [ListPrint(key, key, tuple(POPULAR[:2]), file="same") for key in (1, 2)]
    assert found(two) == [], "two smelters can be the truth"


def test_companies_of_one_group_may_have_one_list() -> None:
    mother = honest(1)
    daughter = replace(clone(mother, 2), group=1)
    assert found([mother, daughter]) == []
    stranger = clone(mother, 3)
    assert found([mother, daughter, stranger]) == [(3, 1)]


def test_shared_errors_tell_of_a_common_origin() -> None:
    errors = frozenset({"tin|brigth", "gold|kettel", "tin|quite works"})
    first = honest(1, errors=errors | {"tin|custom"})
    second = clone(first, 2, changed=12, errors=errors)
    assert likeness(first, second).similarity < 0.9
    assert found([first, second]) == [(2, 1)]
    assert likeness(second, first).shared_errors == tuple(sorted(errors))
    fewer = clone(first, 2, changed=12, errors=frozenset(sorted(errors)[:2]))
    assert found([first, fewer]) == []
    custom = [replace(honest(key), errors=errors) for key in range(10, 18)]
    assert found([first, second, *custom]) == [], "what many write is a custom"
    assert rare_errors([first, second, *custom]) == frozenset({"tin|custom"})


def test_the_order_is_told() -> None:
    first = honest(1)
    turned = replace(first, key=2, group=2, rows=tuple(reversed(first.rows)))
    assert likeness(first, turned).similarity == 1.0
    assert likeness(first, turned).same_order == pytest.approx(1 / 60)
    assert likeness(first, ListPrint(3, 3, ())).same_order == 0.0


def test_of_many_equal_files_each_is_told_once() -> None:
    first = honest(1, content="same")
    same = [replace(first, key=key, group=key) for key in range(2, 60)]
    assert found([first, *same]) == [(key, 1) for key in range(2, 60)]


@pytest.mark.parametrize("seed", range(6))
def test_the_search_finds_what_comparing_all_pairs_finds(seed: int) -> None:
    lot = chance(seed)
    prints: list[ListPrint] = []
    for key in range(seed * 1000, seed * 1000 + 80):
        if prints and lot.random() < 0.35:
            model = lot.choice(prints)
            changed = lot.randrange(0, 1 + len(model.rows) // 12)
            prints.append(clone(model, key, changed))
        else:
            prints.append(honest(key, lot.randrange(18, 160)))
    rare = rare_errors(prints)
    every = {
        (two.key, one.key)
        for one, two in combinations(prints, 2)
        if one.group != two.group and resembles(two, one, rare)
    }
    assert len(every) > 5
    told = found(prints)
    assert set(told) <= every
    assert {later for later, _earlier in told} == {later for later, _earlier in every}


def test_one_new_list_is_held_against_all() -> None:
    lists = [honest(number) for number in range(1, 30)]
    lists += [clone(lists[3], 900), clone(lists[7], 901)]
    only = closest_earlier(lists, frozenset({901}))
    assert [(pair.later, pair.earlier) for pair in only] == [(901, 8)]


def test_last_years_list_hardly_changed() -> None:
    before = honest(1, errors=frozenset({"tin|brigth"}))
    assert hardly_changed(replace(before, key=2), before)
    assert hardly_changed(clone(before, 2, changed=0), before)
    assert not hardly_changed(clone(before, 2, changed=3), before), "somebody worked on it"
    turned = replace(before, key=2, rows=tuple(reversed(before.rows)))
    assert not hardly_changed(turned, before)
    assert not hardly_changed(replace(before, key=2, errors=frozenset()), before), "corrected"
    short = honest(1, rows=12)
    assert not hardly_changed(replace(short, key=2), short)


def counts(*given: int, metal: str = "gold", category: int = 1) -> list[NamedCount]:
    return [NamedCount(owner, category, metal, count) for owner, count in enumerate(given, start=1)]


def test_an_outlier_ranks_first_and_moves_the_median() -> None:
    lines = reported(counts(4, 6, 8, 10, 182))
    assert (lines[0].owner, lines[0].median, lines[0].peers) == (5, 8.0, 5)
    assert lines[0].is_unusual
    assert not any(line.is_unusual for line in lines[1:])
    with_outlier, without = counts(4, 6, 8, 10, 10, 182), counts(4, 6, 8, 10, 10)
    assert reported(with_outlier)[0].median == 9.0
    assert reported(without)[0].median == 8.0


def test_few_peers_and_small_numbers_say_nothing() -> None:
    assert reported(counts(1, 1, 1, 99)) == []
    assert reported([*counts(1, 1, 1), *counts(9, 99, metal="tin")]) == []
    assert not reported(counts(1, 1, 1, 1, 30))[0].is_unusual
    assert reported(counts(1, 1, 1, 1, 31))[0].is_unusual
    assert reported(counts(0, 0, 0, 5, 5)) == [], "who names none is no peer"
