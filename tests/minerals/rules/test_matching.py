"""How rows are identified against a reference list."""

from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest

from minerals.rules.declaration import LookupEntry, ResolvedSmelter, SmelterRow
from minerals.rules.judgement import SmelterMatch
from minerals.rules.matching import Decision, DecisionKey, match_row, match_rows
from minerals.rules.reference import (
    OTHER_METAL_SCORE,
    ReferenceEntry,
    ReferenceList,
    reference_from_lookup,
)
from tests.minerals.rules.forms import (
    REFERENCE,
    Row,
    by_cid,
    by_name,
    not_identified,
    not_listed,
)


def matched(row: Row, decisions: dict[DecisionKey, Decision] | None = None) -> SmelterMatch:
    typed, resolved = row
    return match_row(resolved, typed, REFERENCE, decisions or {})


def identity(row: Row) -> tuple[str, str]:
    found = matched(row)
    return found.match, found.cid


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (by_cid(5, "CID900001"), ("cid", "CID900001")),
        (by_cid(5, "cid900001"), ("cid", "CID900001")),
        (by_name(5, "Tin", "Bright Tin Works (demo)"), ("standard_name", "CID900001")),
        (by_name(5, "TIN", "bright tin works demo"), ("standard_name", "CID900001")),
        (by_name(5, "Tin", "Ｂright  Tin-Wörks (demo)"), ("standard_name", "CID900001")),
        (by_name(5, "Tin", "Bright Works"), ("alias", "CID900001")),
        (by_name(5, "Tin", "亮锡厂"), ("alias", "CID900001")),
        (by_name(5, "Gold", "Twin"), ("ambiguous", "")),
        (by_name(5, "Gold", "Bright Works"), ("unmatched", "")),
        (by_name(5, "Tin", "Nobody"), ("unmatched", "")),
        (by_name(5, "Tin", ""), ("unmatched", "")),
        (not_listed(5, "Tin", "New Chimney", "PERU"), ("not_listed", "")),
        (not_identified(5, "Tin"), ("not_identified", "")),
        (by_cid(5, "CID999999"), ("unmatched", "")),
    ],
)
def test_how_a_row_is_identified(row: Row, expected: tuple[str, str]) -> None:
    assert identity(row) == expected


def test_an_id_identifies_where_the_name_does_not() -> None:
    typed, resolved = by_name(5, "Tin", "Brite Tin")
    assert identity((replace(typed, cid_input="CID900001"), resolved)) == ("cid", "CID900001")
    assert identity((replace(typed, cid="CID900001"), resolved)) == ("cid", "CID900001")


def test_the_name_wins_over_an_id_that_disagrees() -> None:
    typed, resolved = by_name(5, "Tin", "Bright Works")
    resolved = replace(
        resolved, cid="CID900001", standard_name="Bright Tin Works (demo)", lookup_row=6
    )
    conflict = (replace(typed, cid_input="CID900002"), resolved)
    assert identity(conflict) == ("alias", "CID900001")


def test_an_id_decides_a_name_that_stands_for_two() -> None:
    typed, resolved = by_name(5, "Gold", "Twin")
    chosen = replace(resolved, cid="CID900007", lookup_row=9)
    assert identity((typed, chosen)) == ("ambiguous", "")
    assert identity((replace(typed, cid_input="CID900007"), chosen)) == ("cid", "CID900007")


def test_a_standard_name_that_is_also_an_alias_of_another_is_ambiguous() -> None:
    reference = ReferenceList(
        (
            ReferenceEntry("CID1", "Tin", "One"),
            ReferenceEntry("CID2", "Tin", "Two", aliases=("One",)),
        )
    )
    typed, resolved = by_name(5, "Tin", "One")
    found = match_row(resolved, typed, reference, {})
    assert (found.match, [item.cid for item in found.suggestions]) == (
        "ambiguous",
        ["CID1", "CID2"],
    )


def test_what_the_file_resolved_by_its_own_list_counts() -> None:
    """The name is unknown to our list, but the file's look-up gave a CID that we know."""
    typed, resolved = by_name(5, "Tin", "Name of 2019")
    resolved = replace(resolved, cid="CID900002", standard_name="Name of 2019", lookup_row=7)
    assert identity((typed, resolved)) == ("standard_name", "CID900002")
    alias = replace(resolved, standard_name="Another name of 2019")
    assert identity((typed, alias)) == ("alias", "CID900002")


def test_not_listed_but_resolved_by_the_template() -> None:
    typed, resolved = not_listed(5, "Tin", "Second Hill Smelting (demo)")
    resolved = replace(
        resolved, cid="CID900002", standard_name="Second Hill Smelting (demo)", lookup_row=8
    )
    assert identity((typed, resolved)) == ("standard_name", "CID900002")


def test_not_listed_stands_where_the_template_gives_nothing() -> None:
    found = matched(not_listed(5, "Tin", "Second Hill Smelting (demo)", "BRAZIL"))
    assert (found.match, found.cid) == ("not_listed", "")
    assert [(item.cid, item.score) for item in found.suggestions] == [("CID900002", 1.0)]
    beside_id = matched(not_listed(5, "Tin", "Anything", "BRAZIL", cid_input="CID900002"))
    assert [(item.cid, item.score) for item in beside_id.suggestions] == [("CID900002", 1.0)]


def test_a_confirmed_decision_is_applied_and_says_so() -> None:
    row = by_name(5, "Tin", "Brite Tin")
    decisions = {DecisionKey.of("tin", "BRITE-TIN"): Decision(confirmed="CID900001")}
    assert matched(row, decisions) == SmelterMatch(5, "alias", "CID900001", decided=True)
    assert matched(by_name(5, "Gold", "Brite Tin"), decisions).match == "unmatched"


def test_a_decision_for_a_smelter_that_left_the_list_is_not_applied() -> None:
    decisions = {DecisionKey.of("Tin", "Brite Tin"): Decision(confirmed="CID999999")}
    assert matched(by_name(5, "Tin", "Brite Tin"), decisions).match == "unmatched"


def test_a_decision_settles_an_ambiguous_name() -> None:
    decisions = {DecisionKey.of("Gold", "Twin"): Decision(confirmed="CID900007")}
    found = matched(by_name(5, "Gold", "Twin"), decisions)
    assert (found.match, found.cid, found.decided) == ("alias", "CID900007", True)


def test_a_rejected_smelter_is_not_suggested_again() -> None:
    row = by_name(5, "Tin", "Secnd Hill Smelting demo")
    assert [item.cid for item in matched(row).suggestions] == ["CID900002"]
    decisions = {
        DecisionKey.of("Tin", "Secnd Hill Smelting demo"): Decision(
            rejected=frozenset({"CID900002"})
        )
    }
    assert matched(row, decisions) == SmelterMatch(5, "unmatched")


def test_nothing_is_accepted_by_likeness() -> None:
    found = matched(by_name(5, "Tin", "Second Hill Smeltin (demo)"))
    assert (found.match, found.cid) == ("unmatched", "")
    assert found.suggestions[0].score > 0.95


def test_the_same_name_under_another_metal_is_a_weak_suggestion() -> None:
    found = matched(by_name(5, "Tin", "Yellow Valley Refinery (demo)"))
    assert [(item.cid, item.score) for item in found.suggestions] == [
        ("CID900003", OTHER_METAL_SCORE)
    ]


@pytest.mark.parametrize(
    "text", ["n/a", "unknown", "贸易", "Gold Refinery", "Tin Smelter Co., Ltd"]
)
def test_texts_that_mean_nobody_get_no_suggestions(text: str) -> None:
    assert matched(by_name(5, "Tin", text)).suggestions == ()


@pytest.mark.parametrize(
    ("text", "cid"),
    [
        ("Bright Tin Works demo Co. Ltd", "CID900001"),  # a legal form more
        ("demo Works Tin Bright", "CID900001"),  # other order
        ("Brihgt Tin Works demo", "CID900001"),  # swapped letters
        ("Second Hill", "CID900002"),  # a part of the name
        ("Second Hill Smelting demo Rondonia Branch", "CID900002"),  # a place more
    ],
)
def test_near_misses(text: str, cid: str) -> None:
    found = matched(by_name(5, "Tin", text))
    assert (found.match, found.suggestions[0].cid) == ("unmatched", cid)


def test_at_most_three_suggestions_best_first() -> None:
    entries = [ReferenceEntry(f"CID{n}", "Tin", f"Harbour Works {n}") for n in range(9)]
    typed, resolved = by_name(5, "Tin", "Harbour Works 4a")
    found = match_row(resolved, typed, ReferenceList(entries), {}).suggestions
    scores = [item.score for item in found]
    assert (len(found), found[0].cid, scores) == (3, "CID4", sorted(scores, reverse=True))


def test_a_list_from_the_look_up_of_a_file() -> None:
    lookup = (
        LookupEntry(5, "Tin", "Alfa Works", "Alfa Wörks", "PERU", "CID900010"),
        LookupEntry(6, "Tin", "Alfa Wörks", "Alfa Wörks", "PERU", "CID900010"),
        LookupEntry(7, "Tin", "Old Alfa", "Alfa Wörks", "PERU", "CID900010"),
        LookupEntry(8, "Tin", "Smelter not listed", "", "", ""),
    )
    reference = reference_from_lookup(lookup)
    assert reference.entries == (
        ReferenceEntry("CID900010", "Tin", "Alfa Wörks", "PERU", ("Alfa Works", "Old Alfa")),
    )
    kinds = {}
    for name in ("Alfa Wörks", "Alfa Works", "ALFA WORKS!", "Old Alfa"):
        typed, resolved = by_name(5, "Tin", name)
        kinds[name] = match_row(resolved, typed, reference, {}).match
    assert kinds == {
        "Alfa Wörks": "standard_name",
        "Alfa Works": "alias",  # the look-up lists it as one, however small the difference
        "ALFA WORKS!": "standard_name",
        "Old Alfa": "alias",
    }
    assert reference.by_name("Tin", "Smelter not listed") == ()


def _many(count: int) -> tuple[ReferenceList, list[SmelterRow], list[ResolvedSmelter]]:
    """660 invented smelters in four metals, and ``count`` different misspellings of them."""
    chance = random.Random(660)
    syllables = ("ka", "lo", "mi", "ten", "ru", "sha", "bor", "vin", "gal", "pe", "dur", "zo")
    metals = ("Tin", "Gold", "Tantalum", "Tungsten")
    entries = []
    for number in range(660):
        name = " ".join("".join(chance.choices(syllables, k=3)).title() for _ in range(3))
        entries.append(ReferenceEntry(f"CID8{number:05}", metals[number % 4], name))
    rows, resolved = [], []
    for number in range(count):
        entry = entries[number % 660]
        at = chance.randrange(len(entry.standard_name))
        text = f"{entry.standard_name[:at]}{entry.standard_name[at + 1 :]} {number}"
        typed, found = by_name(number + 5, entry.metal, text)
        rows.append(typed)
        resolved.append(found)
    return ReferenceList(entries), rows, resolved


def test_2500_rows_of_free_text_take_less_than_a_second() -> None:
    reference, rows, resolved = _many(2500)
    started = time.process_time()  # the processor's time: other tests may run beside this one
    found = match_rows(resolved, rows, reference, {})
    seconds = time.process_time() - started
    right = [
        item.suggestions and item.suggestions[0].cid == f"CID8{number % 660:05}"
        for number, item in enumerate(found)
    ]
    assert sum(map(bool, right)) > 2400
    assert seconds < 1
