"""Comparing texts as a spreadsheet does."""

from __future__ import annotations

import time

import pytest

from minerals.rules.declaration import Entry
from minerals.rules.spreadsheet_text import displayed_length, matcher, same_text


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("Tin", "tin", True),
        ("Tin", "Tin ", False),
        ("Tin?*", "Tin", False),
        ("Tin?*", "TinX", True),
        ("Tin?*", "tin works", True),
        ("*", "", True),
        ("?", "", False),
        ("a*b*c", "a-b-b-c", True),
        ("a*b*c", "a-b-b-d", False),
        ("*b", "abab", True),
        ("a~*", "a*", True),
        ("a~*", "ab", False),
        ("a~~b", "a~b", True),
        ("a.c", "abc", False),
        ("M?taux", "Métaux", True),
        ("?" * 256, "x" * 256, False),
    ],
)
def test_wildcards(pattern: str, text: str, fits: bool) -> None:
    assert matcher(pattern)(text) is fits


def test_no_pattern_takes_long() -> None:
    started = time.perf_counter()
    assert not matcher("*a" * 120 + "b")("a" * 5_000)
    assert time.perf_counter() - started < 2


def test_case_does_not_matter_but_blanks_do() -> None:
    assert same_text("No", "nO")
    assert not same_text("No", "No ")


@pytest.mark.parametrize(
    ("entry", "length"),
    [
        (Entry("A1"), 1),
        (Entry("A1", 0.0, "number"), 1),
        (Entry("A1", 5.0, "number"), 1),
        (Entry("A1", 12.0, "number"), 2),
        (Entry("A1", 0.5, "number"), 3),
        (Entry("A1", "  ", "text"), 2),
        (Entry("A1", "2025-06-30", "date"), 5),
        (Entry("A1", True, "boolean"), 4),
    ],
)
def test_the_length_a_cell_shows(entry: Entry, length: int) -> None:
    assert displayed_length(entry) == length
