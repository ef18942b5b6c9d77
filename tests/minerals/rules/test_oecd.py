"""The five steps from what was found."""

from __future__ import annotations

import pytest

from minerals.rules.oecd import COMPANY, SUPPLIER, Found, assemble


@pytest.mark.parametrize("kinds", [SUPPLIER, COMPANY])
def test_every_step_has_evidence_and_nothing_found_is_a_gap(kinds: dict) -> None:  # type: ignore[type-arg]
    steps = assemble(kinds, [])
    assert [step.number for step in steps] == [1, 2, 3, 4, 5]
    assert all(step.gaps for step in steps)
    assert sum(len(step.lines) for step in steps) == len(kinds)
    for step in steps:
        for line in step.gaps:
            assert line.kind.gap
            assert line.kind.remedy


def test_all_found_leaves_no_gap_and_part_of_it_does() -> None:
    full = assemble(SUPPLIER, [Found(code, 3, 3) for code in SUPPLIER])
    assert not any(step.gaps for step in full)
    part = assemble(SUPPLIER, [Found(code, 3, 3) for code in SUPPLIER if code != "lines"]
                    + [Found("lines", 2, 3)])  # fmt: skip
    assert [line.found.code for step in part for line in step.gaps] == ["lines"]


def test_what_is_not_needed_is_no_gap() -> None:
    found = [Found("plan", 0, 0), Found("measures", 0, 0), Found("events", 0)]
    third = assemble(SUPPLIER, found)[2]
    assert third.gaps == []


def test_an_unknown_code_is_a_mistake() -> None:
    with pytest.raises(KeyError, match="nonsense"):
        assemble(SUPPLIER, [Found("nonsense", 1)])
