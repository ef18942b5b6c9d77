"""Answers against each other and against the smelter list."""

from __future__ import annotations

from dataclasses import replace

import pytest

from minerals.excel.layout_loader import layout
from minerals.rules.declaration import MineRow
from minerals.rules.judgement import Finding
from tests.minerals.rules.forms import (
    answered,
    by_cid,
    by_name,
    cmrt,
    codes,
    findings,
    not_identified,
    plus_rows,
    small_form,
    with_rows,
)


def only(found: tuple[Finding, ...]) -> tuple[str, str, str]:
    """Code, cell and other cell of the single finding."""
    (item,) = found
    return item.code, item.cell, item.params.get("other_cell", "")


def test_an_origin_is_not_excluded_before_all_suppliers_answered() -> None:
    form = answered(answered(cmrt(), "Q6", "Tin", "Greater than 90%"), "Q7", "Tin", "No")
    found = [item for item in findings(form) if item.severity != "info"]
    assert only(tuple(found)) == ("origin_no_with_gaps", "Declaration!D39", "Declaration!D57")


def test_an_origin_is_not_excluded_before_all_smelters_are_known() -> None:
    form = answered(cmrt(), "Q7", "Tin", "No")
    found = [item for item in findings(form) if item.severity != "info"]
    assert only(tuple(found)) == ("origin_no_with_gaps", "Declaration!D39", "Declaration!D63")


def test_an_unknown_origin_fits_with_gaps() -> None:
    form = answered(answered(cmrt(), "Q7", "Tin", "No"), "Q3", "Tin", "Unknown")
    assert codes(form) == [("smelters_not_all_identified", "Declaration!D63")]


def test_without_covered_countries_the_high_risk_question_counts() -> None:
    values = {"Q1": "Yes", "Q2": "Yes", "Q3": "No", "Q5": "Greater than 90%", "Q6": "No"}
    form = small_form("EMRT", "2.1", ("Cobalt",), values)
    found = [item for item in findings(form, options={}) if item.code == "origin_no_with_gaps"]
    assert [item.params["question"] for item in found] == ["Q3"]


def test_all_smelters_known_needs_all_suppliers() -> None:
    form = answered(answered(cmrt(), "Q6", "Gold", "Greater than 50%"), "Q3", "Gold", "Unknown")
    assert only(findings(form)) == (
        "all_identified_with_gaps",
        "Declaration!D64",
        "Declaration!D58",
    )


@pytest.mark.parametrize("question", ["Q3", "Q4"])
def test_recycled_material_has_no_mine_origin(question: str) -> None:
    form = answered(answered(cmrt(), "Q5", "Tin", "Yes"), question, "Tin", "Yes")
    found = [item for item in findings(form) if item.severity != "info"]
    row = {"Q3": 39, "Q4": 45}[question]
    assert only(tuple(found)) == (
        "recycled_with_mined_origin",
        "Declaration!D51",
        f"Declaration!D{row}",
    )


@pytest.mark.parametrize(
    ("typed", "contradicts"),
    [
        ({"mine_names": "North Pit"}, True),
        ({"mine_countries": "PERU"}, True),
        ({"recycled": "No"}, True),
        ({"mine_names": "Recycled", "mine_countries": "scrap", "recycled": "Yes"}, False),
        ({"mine_names": "n/a"}, False),
        ({}, False),
    ],
)
def test_recycled_material_names_no_mine(typed: dict[str, str], contradicts: bool) -> None:
    form = with_rows(cmrt(), *[by_cid(row, cid, **typed) for row, cid in ((5, "CID900001"),)])
    found = codes(answered(form, "Q5", "Tin", "Yes"))
    assert (("recycled_with_mined_rows", "Declaration!D51") in found) is contradicts


def test_all_smelters_known_leaves_none_to_be_identified() -> None:
    form = plus_rows(cmrt(), not_identified(9, "Tin"), not_identified(10, "Tin"))
    found = [item for item in findings(form) if item.severity == "warning"]
    assert only(tuple(found)) == (
        "all_identified_with_unidentified_rows",
        "Declaration!D63",
        "Smelter List!C9",
    )
    assert found[0].params["count"] == "2"


def test_smelters_become_known_through_answers() -> None:
    form = answered(answered(cmrt(), "Q6", "Gold", "None"), "Q7", "Gold", "No")
    form = answered(form, "Q3", "Gold", "Unknown")
    found = {item.code: item.params.get("other_cell") for item in findings(form)}
    assert found["share_none_with_smelters"] == "Smelter List!C7"
    assert "share_none_with_smelters" not in dict(codes(with_rows(form)))


@pytest.mark.parametrize(("question", "cell"), [("Q1", "D28"), ("Q2", "D34")])
def test_an_unused_mineral_has_no_smelters(question: str, cell: str) -> None:
    form = answered(cmrt(), question, "Gold", "No")
    found = [item for item in findings(form) if item.severity == "error"]
    assert only(tuple(found)) == (
        "smelter_of_undeclared_mineral",
        f"Declaration!{cell}",
        "Smelter List!B7",
    )


def test_an_undecided_mineral_with_smelters_is_asked_about() -> None:
    form = answered(cmrt(), "Q1", "Gold", "Unknown")
    found = [item for item in findings(form, options={}) if item.severity == "warning"]
    assert only(tuple(found)) == (
        "smelter_of_undecided_mineral",
        "Declaration!D28",
        "Smelter List!B7",
    )


def test_an_unanswered_mineral_is_left_to_the_official_rules() -> None:
    assert codes(answered(cmrt(), "Q1", "Gold", None)) == []


def test_a_metal_that_the_form_does_not_cover() -> None:
    form = plus_rows(cmrt(), by_name(9, "Cobalt", "Blue Works (demo)"))
    found = [item for item in findings(form) if item.severity == "error"]
    assert [(item.code, item.cell, item.params) for item in found] == [
        ("smelter_metal_not_in_scope", "Smelter List!B9", {"metal": "Cobalt"})
    ]


def test_a_used_mineral_without_smelter_is_ours_only_in_the_cobalt_form() -> None:
    assert codes(with_rows(cmrt())) == []
    form = small_form("CRT", "2.21", ("Cobalt",), {"Q1": "Yes", "Q2": "Yes"})
    found = [item for item in codes(form, options={}) if item[0].startswith("declared")]
    assert found == [("declared_mineral_without_smelter", "Declaration!D100")]
    listed = with_rows(form, by_name(5, "Cobalt", "Blue Works (demo)"))
    assert "declared_mineral_without_smelter" not in dict(codes(listed, options={}))


def test_a_covered_country_that_is_no_high_risk_area_is_only_mentioned() -> None:
    form = answered(cmrt(), "Q3", "Tin", "Yes")
    found = findings(form)
    assert only(found) == ("covered_yes_cahra_no", "Declaration!D39", "Declaration!D45")
    assert found[0].severity == "info"


def test_an_unknown_origin_is_only_mentioned() -> None:
    form = cmrt()
    for question in ("Q3", "Q4"):
        form = answered(form, question, "Tin", "Unknown")
    assert codes(form) == []
    form = answered(form, "Q5", "Tin", "Unknown")
    found = findings(form)
    assert [(item.code, item.severity, item.params["questions"]) for item in found] == [
        ("origin_all_unknown", "info", "Q3, Q4, Q5")
    ]


@pytest.mark.parametrize(
    "country",
    ["RWANDA", "Congo, Democratic Republic of the", "Peru; Uganda", "刚果（金）", "Brazil, Zambia"],
)
def test_an_excluded_country_is_not_named_as_origin(country: str) -> None:
    form = with_rows(cmrt(), by_cid(5, "CID900001", mine_countries=country))
    assert only(findings(form)) == (
        "covered_no_with_covered_mine",
        "Declaration!D39",
        "Smelter List!O5",
    )
    assert "covered_no_with_covered_mine" not in dict(codes(answered(form, "Q3", "Tin", "Yes")))


def test_the_high_risk_list_is_the_one_in_use() -> None:
    form = replace(cmrt(), mines=(MineRow(5, metal="Tin", country="MYANMAR"),))
    assert codes(form) == []
    assert only(findings(form, cahra_countries=("Myanmar",), tables=layout("emrt_2.1").tables)) == (
        "cahra_no_with_listed_mine",
        "Declaration!D45",
        "Mine List!F5",
    )


def test_a_smelter_in_an_excluded_country_is_asked_about() -> None:
    form = plus_rows(cmrt(), by_cid(9, "CID900008"))
    assert only(findings(form)) == (
        "smelter_in_covered_country",
        "Declaration!D41",
        "Smelter List!E9",
    )


def test_a_public_policy_exists() -> None:
    form = answered(cmrt(), "A", None, "No")
    found = {item.code: (item.cell, item.params.get("other_cell")) for item in findings(form)}
    assert found["policy_public_without_policy"] == ("Declaration!D77", "Declaration!D75")


def test_answers_come_from_a_survey() -> None:
    assert only(findings(answered(cmrt(), "E", None, "No"))) == (
        "survey_no_with_share",
        "Declaration!D83",
        "Declaration!D56",
    )
    form = with_rows(answered(cmrt(), "E", None, "No"))
    for mineral in form.minerals:
        form = answered(form, "Q6", mineral, "None")
    assert "survey_no_with_share" not in dict(codes(form))
