"""Rows of the smelter list."""

from __future__ import annotations

from dataclasses import replace

import pytest

from minerals.rules.declaration import LookupEntry
from minerals.rules.judgement import Finding, SmelterMatch
from minerals.rules.reference import ReferenceList
from tests.minerals.rules.forms import (
    Row,
    by_cid,
    by_name,
    cmrt,
    codes,
    findings,
    not_identified,
    not_listed,
    plus_rows,
    small_form,
    with_rows,
)


def in_row_9(row: Row) -> list[tuple[str, str]]:
    """Code and cell of what one more row in row 9 adds to a form without findings."""
    return codes(plus_rows(cmrt(), row))


def the_only(row: Row) -> Finding:
    (found,) = findings(plus_rows(cmrt(), row))
    return found


@pytest.mark.parametrize("cid", ["CID90000", "CID9000021", " CID900002", "900002", "RMI900002"])
def test_an_id_is_cid_and_six_digits(cid: str) -> None:
    form = with_rows(cmrt(), *[by_cid(9, cid, metal="Tin")])
    assert codes(form)[0] == ("smelter_cid_malformed", "Smelter List!A9")


def test_lower_case_ids_are_fine() -> None:
    assert in_row_9(by_cid(9, "cid900002")) == []


def test_an_id_typed_over_the_formula_is_looked_at_too() -> None:
    row = by_name(9, "Tin", "Second Hill Smelting (demo)", cid="242332")
    assert ("smelter_cid_malformed", "Smelter List!F9") in in_row_9(row)
    foreign = by_name(9, "Tin", "Second Hill Smelting (demo)", cid="242332", source="Own list")
    assert in_row_9(foreign) == []


def test_an_unknown_id() -> None:
    assert in_row_9(by_cid(9, "CID999999")) == [("smelter_cid_unknown", "Smelter List!A9")]


def test_nothing_is_unknown_to_a_list_that_does_not_cover_the_metal() -> None:
    form = plus_rows(cmrt(), by_cid(9, "CID999999", metal="Tin"))
    assert codes(form, reference=ReferenceList(())) == []


def test_a_smelter_that_only_the_file_knows() -> None:
    row, resolved = by_name(9, "Tin", "Old Chimney (demo)")
    resolved = replace(resolved, cid="CID900099", standard_name="Old Chimney (demo)", lookup_row=7)
    lookup = LookupEntry(7, "Tin", "Old Chimney (demo)", "Old Chimney (demo)", "PERU", "CID900099")
    form = replace(plus_rows(cmrt(), (row, resolved)), lookup=(lookup,))
    (found,) = findings(form)
    assert (found.code, found.cell) == ("smelter_not_in_current_list", "Smelter List!F9")
    assert found.params == {"cid": "CID900099", "name": "Old Chimney (demo)"}
    # Judged by the file's own list there is nothing to say.
    assert "smelter_not_in_current_list" not in dict(codes(form, reference=None))


def test_an_id_of_another_metal() -> None:
    found = the_only(by_cid(9, "CID900006", metal="Tin"))
    assert (found.code, found.cell) == ("smelter_cid_metal_conflict", "Smelter List!B9")
    assert found.params["listed_metal"] == "Gold"
    assert found.params["other_cell"] == "Smelter List!A9"


def test_an_id_beside_the_name_of_another_smelter() -> None:
    row, _ = by_cid(9, "CID900002")
    _, followed = by_name(9, "Tin", "Bright Works")
    followed = replace(
        followed, cid="CID900001", standard_name="Bright Tin Works (demo)", lookup_row=6
    )
    form = with_rows(cmrt(), (replace(row, lookup="Bright Works"), followed))
    (found,) = findings(form)
    assert (found.code, found.cell) == ("smelter_cid_name_conflict", "Smelter List!C9")
    assert found.params["listed_name"] == "Second Hill Smelting (demo)"
    assert found.params["name"] == "Bright Works"


def test_a_misspelt_name_beside_the_right_id_is_no_conflict() -> None:
    row, resolved = by_name(9, "Tin", "Second Hil Smelting")
    assert in_row_9((replace(row, cid_input="CID900002"), resolved)) == []
    strange = replace(resolved, lookup="Far Away Metals")
    assert in_row_9((replace(row, cid_input="CID900002", lookup=strange.lookup), strange)) == [
        ("smelter_cid_name_conflict", "Smelter List!C9")
    ]


def test_the_country_agrees_with_the_list() -> None:
    found = the_only(by_cid(9, "CID900002", country="PERU"))
    assert (found.code, found.cell) == ("smelter_country_conflict", "Smelter List!E9")
    assert found.params["listed_country"] == "BRAZIL"
    assert in_row_9(by_cid(9, "CID900002", country="Brazil")) == []


def test_other_spellings_of_a_country() -> None:
    form = with_rows(cmrt(), by_cid(5, "CID900004", country="P.R. China"))
    assert codes(form) == []


def test_unlisted_smelters_have_name_and_country() -> None:
    assert in_row_9(not_listed(9, "Tin", "New Chimney (demo)", "PERU")) == []
    # The first such row is an open item of the official Checker, blanks and later rows are not.
    assert in_row_9(not_listed(9, "Tin", "New Chimney (demo)", "")) == []
    assert in_row_9(not_listed(9, "Tin", "New Chimney (demo)", " ")) == [
        ("smelter_not_listed_incomplete", "Smelter List!E9")
    ]
    second = plus_rows(cmrt(), not_listed(9, "Tin", "", ""), not_listed(10, "Tin", "", "PERU"))
    assert codes(second) == [("smelter_not_listed_incomplete", "Smelter List!D10")]


def test_where_the_official_rule_does_not_count_unlisted_rows_we_do() -> None:
    form = small_form("CRT", "2.21", ("Cobalt",), {"Q1": "Yes"})
    form = with_rows(form, not_listed(5, "Cobalt", "", "PERU"))
    assert ("smelter_not_listed_incomplete", "Smelter List!D5") in codes(form, options={})


def test_a_smelter_that_is_listed_after_all() -> None:
    found = the_only(not_listed(9, "Tin", "Second Hill Smelting (demo)", "BRAZIL"))
    assert (found.code, found.cell, found.severity) == (
        "smelter_listed_after_all",
        "Smelter List!D9",
        "info",
    )
    assert found.params["cid"] == "CID900002"


def test_the_same_after_the_template_resolved_it() -> None:
    row, resolved = not_listed(9, "Tin", "Second Hill Smelting (demo)", "")
    resolved = replace(
        resolved,
        cid="CID900002",
        standard_name="Second Hill Smelting (demo)",
        country="BRAZIL",
        lookup_row=8,
    )
    assert in_row_9((row, resolved)) == [("smelter_listed_after_all", "Smelter List!D9")]


def test_duplicates_by_id_and_by_name() -> None:
    form = plus_rows(
        cmrt(),
        by_cid(9, "CID900001"),
        by_name(10, "Tin", "Bright Tin Works (demo)"),
        not_listed(11, "Tin", "New Chimney (demo)", "PERU"),
        not_listed(12, "Tin", "NEW CHIMNEY demo", "Peru"),
        not_listed(13, "Tin", "New Chimney (demo)", "CHILE"),
    )
    found = [item for item in findings(form) if item.code == "smelter_duplicate"]
    assert [(item.cell, item.params["other_cell"]) for item in found] == [
        ("Smelter List!A9", "Smelter List!B6"),
        ("Smelter List!C10", "Smelter List!B6"),
        ("Smelter List!D12", "Smelter List!B11"),
    ]


def test_an_alias_is_told_its_id() -> None:
    form = with_rows(cmrt(), by_name(5, "Tin", "亮锡厂"))
    (found,) = findings(form)
    assert (found.code, found.severity, found.params["cid"]) == (
        "smelter_alias_without_cid",
        "info",
        "CID900001",
    )


def test_a_remembered_decision_is_not_told_again() -> None:
    form = with_rows(cmrt(), by_name(5, "Tin", "Brght Wrks"))
    matches = (SmelterMatch(5, "alias", "CID900001", decided=True),)
    assert codes(form, matches=matches) == []


def test_a_near_miss_names_the_smelter() -> None:
    found = the_only(by_name(9, "Tin", "Secnd Hill Smelting demo"))
    assert (found.code, found.cell) == ("smelter_near_miss", "Smelter List!C9")
    assert found.params["cid"] == "CID900002"
    assert 90 <= int(found.params["score"]) < 100


def test_a_name_in_no_list() -> None:
    found = the_only(by_name(9, "Tin", "Completely Different"))
    assert (found.code, found.params) == (
        "smelter_unmatched",
        {"name": "Completely Different", "metal": "Tin"},
    )


def test_a_name_of_another_metal() -> None:
    found = the_only(by_name(9, "Tin", "Yellow Valley Refinery (demo)"))
    assert (found.code, found.cell, found.params["listed_metal"]) == (
        "smelter_other_metal",
        "Smelter List!B9",
        "Gold",
    )


def test_a_name_of_two_smelters() -> None:
    found = the_only(by_name(9, "Gold", "Twin"))
    assert (found.code, found.cell) == ("smelter_ambiguous", "Smelter List!C9")
    assert "CID900006" in found.params["candidates"]
    assert "CID900007" in found.params["candidates"]


@pytest.mark.parametrize("text", ["N/A", "unknown", "See attached", "various", "无", "不详", "---"])
def test_placeholders_name_no_smelter(text: str) -> None:
    assert in_row_9(by_name(9, "Tin", text)) == [("smelter_placeholder", "Smelter List!C9")]
    assert in_row_9(not_listed(9, "Tin", text, "PERU")) == [
        ("smelter_placeholder", "Smelter List!D9")
    ]


@pytest.mark.parametrize("text", ["Sunrise Trading Co.", "Far Import & Export Ltd", "永光贸易公司"])
def test_traders_smelt_nothing(text: str) -> None:
    assert in_row_9(by_name(9, "Tin", text)) == [("smelter_is_trader", "Smelter List!C9")]
    assert in_row_9(not_listed(9, "Tin", text, "CHINA")) == [
        ("smelter_is_trader", "Smelter List!D9")
    ]


def test_rows_that_are_half_empty() -> None:
    assert in_row_9(by_name(9, "", "Second Hill Smelting (demo)")) == [
        ("smelter_metal_missing", "Smelter List!B9")
    ]
    assert in_row_9(by_name(9, "Tin", " ")) == [("smelter_name_missing", "Smelter List!C9")]


def test_not_identified_yet_is_an_honest_answer() -> None:
    form = plus_rows(cmrt(), not_identified(9, "Tin"))
    found = [item for item in findings(form) if item.cell == "Smelter List!C9"]
    assert [(item.code, item.severity) for item in found] == [("smelter_not_identified", "info")]


def test_the_columns_of_amrt_1_2() -> None:
    form = small_form("AMRT", "1.2", ("Silver",), {"Q1": "Yes"})
    row, resolved = by_name(5, "Silver", "")
    row = replace(row, name="Grey Works (demo)", country="PERU", cid="12")
    form = with_rows(form, (row, resolved))
    found = [item for item in codes(form, options={}) if item[1].startswith("Smelter List")]
    assert found == [("smelter_cid_malformed", "Smelter List!D5")]
