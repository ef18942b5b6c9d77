"""Our reading and our Checker against the official templates' own answers (cases/expected.json)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from minerals.excel.layout_loader import layout
from minerals.excel.reader import read_declaration
from minerals.rules.completeness import checker_rows, required_remaining
from minerals.rules.declaration import Declaration
from tests.support.rmi import require_rmi, rmi_dir

Case = dict[str, Any]
_ERRORS = ("#N/A", "#REF!")
_FIELDS = ("metal", "lookup", "cid", "standard_name", "country", "city", "state", "source")
_COMPANY = {"authorizer": "authorizer_name"}


def _cases() -> list[Any]:
    folder = rmi_dir()
    if folder is None:
        return [pytest.param({}, "", id="no RMI workbooks")]
    cases: list[Case] = json.loads((folder / "cases" / "expected.json").read_text("utf-8"))
    files = [
        (case, case[key]) for key in ("file", "recalculated") for case in cases if case.get(key)
    ]
    return [pytest.param(case, file, id=file.removesuffix(".xlsx")) for case, file in files]


every_case = pytest.mark.parametrize(("case", "file"), _cases())


def _read(file: str) -> Declaration:
    return read_declaration(require_rmi() / "cases" / file)


def test_all_cases_are_there(rmi: Path) -> None:
    files = [param.values[1] for param in _cases()]

    assert len(files) == 50
    assert sum(file.startswith("uncached/") for file in files) == 38


@every_case
def test_every_checker_row_equals_the_official_one(case: Case, file: str) -> None:
    declaration = _read(file)
    ours = {
        str(row.row): (int(row.necessary), int(row.incomplete), int(row.flagged))
        for row in checker_rows(declaration, layout(declaration.layout).checker)
    }

    assert set(ours) == set(case["checker"])
    for number, official in case["checker"].items():
        expected = (official["necessary"], official["incomplete_test"], official["flag"])
        for mine, theirs in zip(ours[number], expected, strict=True):
            assert theirs in _ERRORS or mine == (theirs or 0), f"Checker row {number}"


@every_case
def test_the_total_equals_the_official_one(case: Case, file: str) -> None:
    declaration = _read(file)
    expected = 0 if case["remaining"] == "#N/A" else case["remaining"]

    assert required_remaining(declaration, layout(declaration.layout).checker) == expected


@every_case
def test_smelters_are_resolved_as_the_template_does(case: Case, file: str) -> None:
    ours = {row.row: row for row in _read(file).resolved}

    assert set(ours) == {row["row"] for row in case["smelters"]}
    for row in case["smelters"]:
        for field in _FIELDS:
            if field in row:
                shown = "" if row[field] in (None, 0, *_ERRORS) else row[field]
                assert getattr(ours[row["row"]], field) == shown, f"row {row['row']} {field}"


@every_case
def test_header_minerals_and_answers_are_read(case: Case, file: str) -> None:
    declaration = _read(file)
    truth = case["truth"]

    assert declaration.family == case["family"]
    assert declaration.cached_values is file.startswith("cached/")
    assert list(declaration.minerals) == truth["order"]
    assert declaration.notes == ()
    for name, value in truth["info"].items():
        if name == "language":
            assert declaration.language == value
        elif name == "effective_date":
            assert declaration.effective_on == (value or "")
        else:
            assert declaration.company[_COMPANY.get(name, name)].text == (value or "")
    for mineral, answers in truth["q"].items():
        for question, value in answers.items():
            found = declaration.answer(question, mineral)
            assert (found.value if found else None) == _normal(value), (question, mineral)


def _normal(value: object) -> str:
    return "100%" if value == 1 else str(value or "")
