"""The official completeness rules of EMRT, CRT and AMRT with their oddities (formats.md 5)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from minerals.excel.layout_loader import layout
from minerals.excel.reader import read_declaration
from minerals.rules.completeness import checker_rows, required_remaining
from tests.workbooks.judged import judged, open_rows
from tests.workbooks.templates import complete_answers, saved, saved_complete

OTHER_FORMAT = "Yes, Using Other Format (Describe)"


@pytest.mark.parametrize("first", ["No", "unknown", "Not applicable for this declaration"])
def test_emrt_1_asks_nothing_more_after_these_answers(tmp_path: Path, first: str) -> None:
    answers: dict[tuple[str, str | None], Any] = {("Q1", "Mica"): first, ("C", "Mica"): None}
    answers |= {(f"Q{number}", "Mica"): None for number in (2, 3, 5, 6, 7)}
    smelters = [{"cid_input": "CID900040"}]
    assert open_rows(tmp_path, "emrt_1.3", answers=answers, smelters=smelters) == []


def test_emrt_1_takes_answers_as_typed_without_question_1(tmp_path: Path) -> None:
    assert open_rows(tmp_path, "emrt_1.3", answers={("Q1", "Cobalt"): None}) == [15]


@pytest.mark.parametrize(
    ("form", "question", "row"),
    [("emrt_1.3", "E", 55), ("emrt_1.1", "E", 56), ("crt_2.2", "G", 53)],
)
@pytest.mark.parametrize(
    ("answer", "comment", "complete"),
    [
        ("No", None, True),
        (OTHER_FORMAT, "by letter", True),
        (OTHER_FORMAT.upper(), " ", True),
        (OTHER_FORMAT, None, False),
        (OTHER_FORMAT, 0, False),
        ("Yes", "by letter", False),
        (" ", "by letter", False),
        (None, "by letter", False),
    ],
)
def test_another_format_is_complete_with_its_comment_only(
    tmp_path: Path, form: str, question: str, row: int, answer: object, comment: object,
    complete: bool,
) -> None:  # fmt: skip
    found = open_rows(
        tmp_path, form, answers={(question, None): answer}, comments={(question, None): comment}
    )
    assert found == ([] if complete else [row])


def test_the_cmrt_and_emrt_2_need_no_comment_for_another_format(tmp_path: Path) -> None:
    cmrt = {("E", None): "Yes, using other format (describe)"}
    assert open_rows(tmp_path, "cmrt_6.5", answers=cmrt) == []
    assert open_rows(tmp_path, "emrt_2.1", answers={("E", None): OTHER_FORMAT}) == []


@pytest.mark.parametrize(
    ("form", "question", "rows"),
    [
        ("emrt_1.1", "A", [49]), ("emrt_1.11", "A", [49]), ("emrt_1.2", "A", []),
        ("emrt_1.3", "A", []), ("emrt_1.1", "B", [51]), ("emrt_1.3", "B", [50]),
        ("emrt_2.1", "A", []), ("emrt_2.1", "B", [96]), ("crt_2.2", "A", [46]),
    ],
)  # fmt: skip
def test_which_policy_questions_need_an_address(
    tmp_path: Path, form: str, question: str, rows: list[int]
) -> None:
    assert open_rows(tmp_path, form, comments={(question, None): None}) == rows


@pytest.mark.parametrize(
    ("form", "row", "counted"),
    [("emrt_1.1", 65, False), ("emrt_1.3", 64, True), ("crt_2.2", 61, False)],
)
def test_the_not_listed_row_lies_outside_some_totals(
    tmp_path: Path, form: str, row: int, counted: bool
) -> None:
    listed = complete_answers(form)["smelters"]
    unlisted = {"metal": "Cobalt", "lookup": "Smelter not listed", "name": "New Co"}
    path = saved_complete(tmp_path, form, smelters=[*listed, unlisted])
    declaration, items = judged(path)

    assert [(item.checker_row, item.counted) for item in items] == [(row, counted)]
    assert required_remaining(declaration, layout(form).checker) == int(counted)


def test_the_phone_of_the_authorizer_is_shown_but_never_necessary(tmp_path: Path) -> None:
    path = saved_complete(tmp_path, "emrt_1.3", company={"authorizer_phone": None})
    declaration, items = judged(path)

    assert items == ()
    [row] = [row for row in checker_rows(declaration, layout("emrt_1.3").checker) if row.row == 12]
    assert (row.necessary, row.incomplete, row.flagged) == (False, True, False)


def test_hidden_rows_count_once_their_leftover_answer_is_gone(tmp_path: Path) -> None:
    cells = {"Declaration!D28": None}
    _, items = judged(saved_complete(tmp_path, "emrt_1.3", cells=cells))
    assert (items[0].checker_row, items[0].code) == (17, "hidden_answer_missing")

    _, items = judged(saved_complete(tmp_path, "crt_2.2", cells={"Declaration!D27": "Yes"}))
    assert items == ()  # its further hidden rows are not empty either in this workbook


def test_a_missing_smelter_list_of_the_crt_hardly_ever_counts(tmp_path: Path) -> None:
    assert open_rows(tmp_path, "crt_2.2", smelters=[]) == []
    without_first: dict[tuple[str, str | None], Any]
    without_first = {("Q1", "Cobalt"): None, ("Q2", "Cobalt"): "Yes"}
    assert open_rows(tmp_path, "crt_2.2", smelters=[], answers=without_first) == [15, 57]
    assert open_rows(tmp_path, "crt_2.2", answers=without_first) == [15]
    not_yes = {**without_first, ("Q2", "Cobalt"): "No"}
    assert open_rows(tmp_path, "crt_2.2", smelters=[], answers=not_yes) == [15]


# EMRT 2.x and AMRT


def test_emrt_2_asks_per_selected_mineral_in_sorted_order(tmp_path: Path) -> None:
    chosen = ("Nickel", "Cobalt")
    found = open_rows(
        tmp_path, "emrt_2.1", minerals=chosen,
        answers={("Q3", "Nickel"): None, ("C", "Cobalt"): None, ("Q5", "Cobalt"): 0},
    )  # fmt: skip
    assert found == [40, 61, 98]


@pytest.mark.parametrize(
    ("question", "value", "rows"),
    [
        ("Q1", None, [17]), ("Q1", "Not declaring", []), ("Q1", "NO", []), ("Q1", "Unknown ", []),
        ("Q2", None, [28]), ("Q2", "Unknown", []), ("Q2", "Not declaring", []),
    ],
)  # fmt: skip
def test_emrt_2_takes_answers_as_typed(
    tmp_path: Path, question: str, value: object, rows: list[int]
) -> None:
    answers = {(question, "Cobalt"): value}
    assert open_rows(tmp_path, "emrt_2.1", minerals=("Cobalt", "Mica"), answers=answers) == rows


def test_emrt_2_needs_a_mineral(tmp_path: Path) -> None:
    delete = {"Declaration!D12": "(Delete Cobalt)"}
    path = saved_complete(tmp_path, "emrt_2.1", minerals=("Cobalt",), cells=delete)
    declaration, items = judged(path)

    assert declaration.minerals == ()
    assert [(item.checker_row, item.cell, item.code) for item in items] == [
        (7, "Declaration!D12", "minerals_missing")
    ]


@pytest.mark.parametrize(
    ("row", "counts"),
    [
        ({"metal": "Mica", "lookup": "anything"}, True),
        ({"metal": "Mica", "lookup": "Smelter not yet identified"}, True),
        ({"metal": "Mica"}, False),
        ({"metal": "Mica", "lookup": "x", "row": 2498}, False),
    ],
)
def test_emrt_2_smelters_need_metal_and_name(
    tmp_path: Path, row: dict[str, Any], counts: bool
) -> None:
    rows = open_rows(tmp_path, "emrt_2.1", minerals=("Mica",), smelters=[row])
    assert rows == ([] if counts else [114])


def test_amrt_question_2_is_flagged_but_not_counted(tmp_path: Path) -> None:
    answers = {("Q2", "Zinc"): None}
    path = saved_complete(tmp_path, "amrt_1.3", minerals=("Silver", "Zinc"), answers=answers)
    declaration, items = judged(path)

    assert [(item.checker_row, item.cell, item.counted) for item in items] == [
        (30, "Declaration!D44", False)
    ]
    assert required_remaining(declaration, layout("amrt_1.3").checker) == 0


@pytest.mark.parametrize("first", [None, "Yes", "anything"])
def test_the_amrt_wants_smelters_even_without_an_answer(tmp_path: Path, first: object) -> None:
    answers = {("Q1", "Zinc"): first}
    rows = open_rows(tmp_path, "amrt_1.3", minerals=("Zinc",), smelters=[], answers=answers)
    assert rows == ([18, 41] if first is None else [41])


@pytest.mark.parametrize(
    ("form", "row", "counts"),
    [
        ("amrt_1.3", {"metal": "Zinc"}, True),
        ("amrt_1.2", {"metal": "Zinc"}, False),
        ("amrt_1.2", {"metal": "Zinc", "name": "A"}, False),
        ("amrt_1.2", {"metal": "Zinc", "country": "PERU"}, False),
        ("amrt_1.2", {"metal": "zinc", "name": "A", "country": "PERU"}, True),
    ],
)
def test_what_the_amrt_counts_as_a_smelter(
    tmp_path: Path, form: str, row: dict[str, Any], counts: bool
) -> None:
    rows = open_rows(tmp_path, form, minerals=("Zinc",), smelters=[row])
    assert rows == ([] if counts else [41 if form == "amrt_1.3" else 40])


@pytest.mark.parametrize(
    ("texts", "rows"),
    [
        ({"D15": "Vanadium"}, []),
        ({"E16": "Vanadium"}, [7]),
        ({}, [7, 8]),
        ({"D15": "Vanadium", "E15": "Boron"}, [8]),
        ({"D15": 5}, [8]),
    ],
)
def test_other_minerals_are_counted_not_matched(
    tmp_path: Path, texts: dict[str, object], rows: list[int]
) -> None:
    cells = {f"Declaration!{cell}": value for cell, value in texts.items()}
    cells |= {"Declaration!D31": "No", "Declaration!D43": "None"}
    path = saved(
        tmp_path, "amrt_1.3", company=complete_answers("amrt_1.3")["company"],
        minerals=["Other [specify below]"], cells=cells,
    )  # fmt: skip
    _, items = judged(path)

    assert [item.checker_row for item in items] == rows


@pytest.mark.parametrize("form", ["cmrt_2.02", "cmrt_3.01"])
def test_outdated_forms_are_not_judged_by_these_rules(tmp_path: Path, form: str) -> None:
    declaration = read_declaration(saved(tmp_path, form))
    assert checker_rows(declaration, layout("cmrt_6.5").checker) == ()
