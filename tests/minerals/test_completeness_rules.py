"""The official completeness rules with their oddities, on forms of our own (formats.md 5)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from minerals.excel.layout_loader import layout, load_layouts
from minerals.excel.reader import read_declaration
from minerals.rules.completeness import required_remaining
from minerals.rules.judgement import OpenItem
from tests.workbooks.judged import judged, open_rows
from tests.workbooks.templates import complete_answers, saved, saved_complete

CURRENT = [name for name, form in load_layouts().items() if not form.outdated]
_ALL = ("Tantalum", "Tin", "Gold", "Tungsten")


@pytest.mark.parametrize("form", CURRENT)
def test_a_complete_form_has_nothingopen_rows(tmp_path: Path, form: str) -> None:
    assert open_rows(tmp_path, form) == []


@pytest.mark.parametrize(
    ("form", "total"),
    [
        ("cmrt_6.01", 52), ("cmrt_6.5", 52), ("emrt_1.3", 31), ("emrt_2.0", 68), ("emrt_2.1", 68),
        ("amrt_1.2", 9), ("amrt_1.3", 9), ("crt_2.2", 23),
    ],
)  # fmt: skip
def test_blank_forms_have_the_official_totals(tmp_path: Path, form: str, total: int) -> None:
    chosen = ["Cobalt", "Copper", "Graphite", "Lithium", "Mica", "Nickel"]
    cells = {} if form.startswith("emrt_2") else {"Declaration!D12": None}
    if form.startswith("amrt"):
        slots = ("D12", "E12", "G12", "H12", "I12", "D13", "E13", "G13", "H13", "I13")
        cells = {f"Declaration!{slot}": None for slot in slots}
    minerals = chosen if form.startswith("emrt_2") else []
    declaration = read_declaration(saved(tmp_path, form, minerals=minerals, cells=cells))

    assert required_remaining(declaration, layout(form).checker) == total


def test_an_open_item_names_row_cell_code_and_subject(tmp_path: Path) -> None:
    _, items = judged(
        saved_complete(tmp_path, company={"contact_email": None}, answers={("Q6", "Gold"): None})
    )

    assert items == (
        OpenItem(8, "Declaration!D16", "contact_email_missing"),
        OpenItem(
            41,
            "Declaration!D58",
            "supplier_response_answer_missing",
            params={"question": "Q6", "mineral": "Gold"},
        ),
    )


@pytest.mark.parametrize("value", [None, 0, 0.0])
def test_empty_and_zero_are_missing(tmp_path: Path, value: object) -> None:
    assert open_rows(tmp_path, company={"company_name": value, "effective_date": value}) == [4, 12]


@pytest.mark.parametrize("value", [" ", "  ", "\n", "-", "not an option", 7, "00"])
def test_anything_else_counts_as_an_answer(tmp_path: Path, value: object) -> None:
    changes = {"company_name": value, "contact_phone": value, "effective_date": value}
    assert open_rows(tmp_path, company=changes, answers={("Q3", "Tin"): value}) == []


@pytest.mark.parametrize(
    ("email", "rows"),
    [("a@", []), ("@", []), ("not available", [8, 11]), (" ", [8, 11]), (5, [8, 11])],
)
def test_an_at_sign_makes_an_e_mail(tmp_path: Path, email: object, rows: list[int]) -> None:
    assert open_rows(tmp_path, company={"contact_email": email, "authorizer_email": email}) == rows


@pytest.mark.parametrize(
    ("scope", "rows"),
    [
        ("A. Company", []),
        ("a. company", []),
        ("A. Company ", [6]),
        ("C. User defined [Specify in 'Description of scope']", [6]),
        ("anything", [6]),
        (None, [5]),
        (0, [5]),
        ("B. Product (or List of Products)", [64]),
        ("b. PRODUCT (or list of products)", [64]),
    ],
)
def test_the_scope_decides_on_description_and_products(
    tmp_path: Path, scope: object, rows: list[int]
) -> None:
    assert open_rows(tmp_path, company={"scope": scope}) == rows


@pytest.mark.parametrize(
    ("products", "rows"),
    [
        ([{"number": "P-1"}], []),
        ([{"row": 7, "number": "P-1"}], [64]),
        ([{"row": 6, "name": "Lamp"}], [64]),
        ([{"number": 0}], []),
        ([{"number": " "}], []),
    ],
)
def test_only_the_first_product_cell_counts(
    tmp_path: Path, products: list[dict[str, Any]], rows: list[int]
) -> None:
    scope = {"scope": "B. Product (or List of Products)"}
    assert open_rows(tmp_path, company=scope, products=products) == rows


@pytest.mark.parametrize(
    ("first", "rows"),
    [
        (None, [16, 21, 26, 31, 36, 41, 46, 51]),
        (0, [16, 21, 26, 31, 36, 41, 46, 51]),
        ("Unknown", [21, 26, 31, 36, 41, 46, 51]),
        ("No ", [21, 26, 31, 36, 41, 46, 51]),
        (" Yes", [21, 26, 31, 36, 41, 46, 51]),
        ("No", []),
        ("no", []),
        ("yes", []),
    ],
)
def test_question_1_of_the_cmrt_gates_everything(
    tmp_path: Path, first: object, rows: list[int]
) -> None:
    assert open_rows(tmp_path, answers={("Q1", "Gold"): first}) == rows


@pytest.mark.parametrize(
    ("second", "rows"),
    [
        (None, [20, 25, 30, 35, 40, 45, 50]),
        ("maybe", [25, 30, 35, 40, 45, 50]),
        ("NO", []),
        ("yes", []),
    ],
)
def test_question_2_gates_the_rest(tmp_path: Path, second: object, rows: list[int]) -> None:
    assert open_rows(tmp_path, answers={("Q2", "Tin"): second}) == rows


def test_a_no_to_question_2_counts_only_after_a_yes_to_question_1(tmp_path: Path) -> None:
    answers = {("Q1", "Tin"): "Unknown", ("Q2", "Tin"): "No"}
    assert open_rows(tmp_path, answers=answers) == [20, 25, 30, 35, 40, 45, 50]


def test_without_a_declared_mineral_no_company_question_is_asked(tmp_path: Path) -> None:
    answers: dict[tuple[str, str | None], Any] = {("Q1", mineral): "No" for mineral in _ALL[:2]}
    answers |= {("Q2", mineral): "No" for mineral in _ALL[2:]}
    answers |= {(letter, None): None for letter in "ABCDEFGH"}
    assert open_rows(tmp_path, answers=answers, smelters=[]) == []

    answers[("Q2", "Gold")] = "Yes"
    assert open_rows(tmp_path, answers=answers, smelters=[]) == [54, 55, 57, 58, 59, 60, 62, 63, 67]


@pytest.mark.parametrize(
    ("comment", "rows"),
    [("see intranet", []), ("xy", []), ("x", [56]), (None, [56]), (5, [56]), (12, []), ("  ", [])],
)
def test_the_policy_address_needs_two_characters(
    tmp_path: Path, comment: object, rows: list[int]
) -> None:
    assert open_rows(tmp_path, comments={("B", None): comment}) == rows
    no = {("B", None): "No"}
    assert open_rows(tmp_path, answers=no, comments={("B", None): comment}) == []


_TIN = {"metal": "Tin", "lookup": "Bright Tin (demo)"}


@pytest.mark.parametrize(
    ("row", "counts"),
    [
        ({"metal": "Tin", "lookup": "Smelter not yet identified"}, True),
        ({"metal": "tin", "lookup": "No such smelter"}, True),
        ({"metal": "Tin", "lookup": " "}, True),
        ({"cid_input": "CID900001"}, True),
        ({"cid_input": "cid900001"}, True),
        ({"cid_input": " CID900001"}, False),
        ({"metal": "Tin"}, False),
        ({"metal": "Tin ", "lookup": "x"}, False),
        ({"lookup": "Tin Works"}, False),
        ({**_TIN, "row": 2492}, True),
        ({**_TIN, "row": 2493}, False),
        ({**_TIN, "row": 2503}, False),
        ({**_TIN, "row": 2504}, True),
    ],
)
def test_what_counts_as_a_smelter_in_the_cmrt(
    tmp_path: Path, row: dict[str, Any], counts: bool
) -> None:
    others = [row for row in complete_answers()["smelters"] if row["cid_input"] != "CID900001"]
    assert open_rows(tmp_path, smelters=[*others, row]) == ([] if counts else [66])


def test_metal_and_helper_may_stand_in_different_rows(tmp_path: Path) -> None:
    """The Checker counts two columns separately, so two half rows make one smelter."""
    others = [row for row in complete_answers()["smelters"] if row["cid_input"] != "CID900001"]
    halves = [{"metal": "Tin"}, {"lookup": "Tin Works"}]
    assert open_rows(tmp_path, smelters=[*others, *halves]) == []


_UNLISTED = {"metal": "Tin", "lookup": "Smelter not listed"}


@pytest.mark.parametrize(
    ("form", "row", "cell"),
    [
        ("cmrt_6.5", {"name": "New Co", "country": "CHAD"}, None),
        ("cmrt_6.5", {"name": "New Co"}, "Smelter List!E9"),
        ("cmrt_6.5", {"country": "CHAD"}, "Smelter List!D9"),
        ("cmrt_6.5", {"name": " ", "country": " "}, None),
        ("cmrt_6.5", {"lookup": "SMELTER NOT LISTED", "name": "New Co"}, "Smelter List!E9"),
        ("cmrt_6.5", {"lookup": "Smelter not listed ", "name": "New Co"}, None),
        ("cmrt_6.5", {"name": "Bright Tin (demo)"}, None),
        ("cmrt_6.22", {"name": "Bright Tin (demo)"}, None),
        ("cmrt_6.1", {"name": "Bright Tin (demo)"}, "Smelter List!E9"),
    ],
)
def test_not_listed_smelters_need_name_and_country(
    tmp_path: Path, form: str, row: dict[str, Any], cell: str | None
) -> None:
    """From 6.22 on a known name in column D brings its country along."""
    smelters = [*complete_answers()["smelters"], {**_UNLISTED, **row}]
    _, items = judged(saved_complete(tmp_path, form, smelters=smelters))

    expected = [(69, cell)] if cell else []
    assert [(item.checker_row, item.cell) for item in items] == expected


def test_several_incomplete_unlisted_rows_count_once(tmp_path: Path) -> None:
    smelters = [*complete_answers()["smelters"], _UNLISTED, _UNLISTED]
    assert open_rows(tmp_path, smelters=smelters) == [69]


def test_an_unknown_id_leaves_our_own_total(tmp_path: Path) -> None:
    smelters = [*complete_answers()["smelters"], {"cid_input": "CID999999"}]
    assert open_rows(tmp_path, smelters=smelters) == []
