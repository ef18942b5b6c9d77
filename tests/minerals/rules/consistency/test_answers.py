"""Single answers: their form, left-over ones, coverage, and the supplier's own programme."""

from __future__ import annotations

import pytest

from minerals.rules.consistency.programme import is_web_address
from minerals.rules.declaration import Raw
from tests.minerals.rules.forms import answered, cmrt, codes, findings, small_form, with_rows


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Yes", []),
        ("yes", []),
        (None, []),  # an open item already
        ("   ", ["answer_only_blanks"]),
        ("Yes ", ["answer_with_blanks"]),
        ("是", ["answer_in_other_words"]),
        ("Y", ["answer_in_other_words"]),
        ("Maybe", ["answer_not_in_list"]),
        ("Unknown", ["answer_not_in_list"]),  # no choice in question 8
        (1.0, ["answer_not_in_list"]),
        (True, ["answer_not_in_list"]),
    ],
)
def test_an_answer_is_one_of_the_choices(raw: Raw, expected: list[str]) -> None:
    found = codes(answered(cmrt(), "Q8", "Gold", raw))
    assert found == [(code, "Declaration!D70") for code in expected]


def test_the_choices_are_named() -> None:
    (found,) = findings(answered(cmrt(), "Q8", "Gold", "Maybe"))
    assert found.params == {
        "question": "Q8",
        "mineral": "Gold",
        "value": "Maybe",
        "allowed": "Yes / No",
    }
    (found,) = findings(answered(cmrt(), "H", None, "Perhaps"))
    assert (found.cell, found.params["mineral"]) == ("Declaration!D89", "whole company")


def test_choices_that_differ_by_mineral() -> None:
    options = {"Q3": ("Yes", "No", "DRC only"), "Q3:Mica": ("Yes", "No")}
    form = small_form("EMRT", "1.3", ("Cobalt", "Mica"), {"Q1": "Yes", "Q2": "Yes"})
    form = small_form(
        "EMRT", "1.3", ("Cobalt", "Mica"), {"Q1": "Yes", "Q2": "Yes", "Q3": "DRC only"}
    )
    found = [item for item in codes(form, options=options) if item[0] == "answer_not_in_list"]
    assert found == [("answer_not_in_list", "Declaration!D121")]


def test_punctuation_of_a_choice_does_not_matter() -> None:
    form = answered(cmrt(), "E", None, "Yes, in conformance with IPC-1755 [e.g. CMRT]")
    assert codes(form) == []


def test_without_known_choices_nothing_is_refused() -> None:
    assert codes(answered(cmrt(), "Q8", "Gold", "Maybe"), options={}) == []


def test_answers_of_an_unused_mineral_are_left_over() -> None:
    form = with_rows(answered(cmrt(), "Q1", "Gold", "No"))
    (found,) = (item for item in findings(form) if item.code == "answers_for_undeclared_mineral")
    assert found.cell == "Declaration!D34"
    assert found.params == {
        "mineral": "Gold",
        "question": "Q1",
        "value": "No",
        "answered": "Q2, Q3, Q4, Q5, Q6, Q7, Q8",
        "other_cell": "Declaration!D28",
    }


def test_a_second_no_is_no_left_over_answer() -> None:
    form = with_rows(answered(answered(cmrt(), "Q1", "Gold", "No"), "Q2", "Gold", "No"))
    for question in ("Q3", "Q4", "Q5", "Q6", "Q7", "Q8"):
        form = answered(form, question, "Gold", None)
    assert codes(form) == []


def test_answers_of_an_unused_mineral_are_not_judged_one_by_one() -> None:
    form = with_rows(answered(answered(cmrt(), "Q1", "Gold", "No"), "Q8", "Gold", "Maybe"))
    assert [code for code, _ in codes(form)] == ["answers_for_undeclared_mineral"]


@pytest.mark.parametrize("share", ["50% or less", "None"])
def test_a_low_share_of_answers_asks_for_more(share: str) -> None:
    form = with_rows(answered(answered(cmrt(), "Q6", "Tin", share), "Q7", "Tin", "No"))
    form = answered(form, "Q3", "Tin", "Unknown")
    assert ("supplier_share_low", "Declaration!D57") in codes(form)


def test_a_good_share_does_not() -> None:
    form = answered(answered(cmrt(), "Q6", "Tin", "Greater than 75%"), "Q7", "Tin", "No")
    form = answered(form, "Q3", "Tin", "Unknown")
    assert codes(form) == [("smelters_not_all_identified", "Declaration!D63")]


def test_smelters_that_are_known_are_reported() -> None:
    assert codes(answered(cmrt(), "Q8", "Tin", "No")) == [
        ("smelters_not_all_reported", "Declaration!D69")
    ]


@pytest.mark.parametrize(
    ("letter", "code", "cell"),
    [
        ("C", "validated_smelters_not_required", "D79"),
        ("D", "due_diligence_missing", "D81"),
        ("F", "reviews_missing", "D85"),
        ("G", "corrective_action_missing", "D87"),
    ],
)
def test_a_no_about_the_programme_asks_for_an_answer(letter: str, code: str, cell: str) -> None:
    assert codes(answered(cmrt(), letter, None, "No")) == [(code, f"Declaration!{cell}")]


def test_no_policy_asks_for_an_answer() -> None:
    form = answered(answered(cmrt(), "A", None, "No"), "B", None, "No")
    assert codes(form) == [("policy_missing", "Declaration!D75")]


def test_a_supplier_without_any_mineral_is_not_asked_about_its_programme() -> None:
    form = with_rows(answered(cmrt(), "G", None, "No"))
    for mineral in form.minerals:
        form = answered(form, "Q1", mineral, "No")
    assert {code for code, _ in codes(form)} == {"answers_for_undeclared_mineral"}


@pytest.mark.parametrize(
    ("text", "is_address"),
    [
        ("https://demo.example/policy", True),
        ("www.demo.example", True),
        ("demo.example/policy", True),
        ("See our site demo.example.", True),
        ("see intranet", False),
        ("http://intranet/policy", False),
        ("policy_v2.1", False),
        ("policy.pdf", False),
        ("ada@demo.example", False),
        ("", False),
    ],
)
def test_web_addresses(text: str, is_address: bool) -> None:
    assert is_web_address(text) is is_address


def test_a_public_policy_has_an_address() -> None:
    form = answered(cmrt(), "B", None, "Yes", comment="see intranet")
    assert codes(form) == [("policy_url_invalid", "Declaration!G77")]
    blanks = answered(cmrt(), "B", None, "Yes", comment="  ")
    assert codes(blanks) == [("policy_url_invalid", "Declaration!G77")]


def test_a_missing_address_is_left_to_the_official_rule() -> None:
    assert codes(answered(cmrt(), "B", None, "Yes", comment="x")) == []
    assert codes(answered(cmrt(), "B", None, "No", comment="see intranet")) == []


def test_another_survey_format_is_described() -> None:
    other = "Yes, using other format (describe)"
    assert codes(answered(cmrt(), "E", None, other)) == [
        ("survey_format_not_described", "Declaration!G83")
    ]
    assert codes(answered(cmrt(), "E", None, other, comment="own questionnaire")) == []


def test_where_the_official_rule_asks_for_the_description_we_do_not() -> None:
    values = {"Q1": "Yes", "Q2": "Yes", "E": "Yes, Using Other Format (Describe)"}
    code = "survey_format_not_described"
    for version, expected in (("1.3", False), ("2.1", True)):
        form = small_form("EMRT", version, ("Cobalt",), values)
        assert (code in {found for found, _ in codes(form, options={})}) is expected


def test_an_own_disclosure_is_good_to_know() -> None:
    found = findings(answered(cmrt(), "H", None, "Yes, with the SEC"))
    assert [(item.code, item.severity, item.cell) for item in found] == [
        ("legal_disclosure_stated", "info", "Declaration!D89")
    ]
