"""The real filled templates: what our own checks say about them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from minerals.excel.layout_loader import layout
from minerals.excel.reader import read_declaration
from minerals.rules.consistency import Context, find_inconsistencies
from minerals.rules.judgement import Finding
from minerals.rules.matching import match_rows
from minerals.rules.reference import reference_from_lookup

# The cases are dated 30 June 2025; some use a template that was released later.
TODAY = date(2025, 12, 1)


def judged(path: Path) -> tuple[tuple[Finding, ...], list[str]]:
    form = read_declaration(path)
    matches = match_rows(form.resolved, form.smelters, reference_from_lookup(form.lookup), {})
    applied = layout(form.layout)
    context = Context(today=TODAY, matches=matches, options=applied.options, tables=applied.tables)
    return find_inconsistencies(form, context), [item.match for item in matches]


EXPECTED: dict[str, list[tuple[str, str]]] = {
    "cmrt_6.5_complete": [],
    "cmrt_6.5_complete_zh": [],
    "cmrt_6.5_mixed_gating": [],
    "cmrt_6.5_q1_blank_gold": [],
    "cmrt_6.5_no_smelters": [],
    "cmrt_6.5_scope_product_no_list": [],
    "cmrt_6.5_scope_product_first_row_blank": [("products_not_in_first_row", "Product List!B7")],
    "cmrt_6.5_bad_emails": [("email_invalid", "Declaration!D20")],
    "cmrt_6.5_contradiction_answers": [
        ("recycled_with_mined_origin", "Declaration!D51"),
        ("share_none_with_smelters", "Declaration!D57"),
        ("supplier_share_low", "Declaration!D57"),
        ("smelters_not_all_identified", "Declaration!D63"),
    ],
    "cmrt_6.5_duplicates": [
        ("smelter_duplicate", "Smelter List!A9"),
        ("smelter_duplicate", "Smelter List!C10"),
        ("smelter_duplicate", "Smelter List!A12"),
    ],
    "cmrt_6.5_cid_name_conflict": [("smelter_cid_name_conflict", "Smelter List!C9")],
    "cmrt_6.5_odd_cids": [
        ("smelter_cid_malformed", "Smelter List!A10"),
        ("smelter_cid_unknown", "Smelter List!A8"),
    ],
    "cmrt_6.5_misspelt_names": [
        ("smelter_near_miss", f"Smelter List!C{row}") for row in (5, 6, 7, 8)
    ],
    "cmrt_6.5_not_listed_known_name": [("smelter_listed_after_all", "Smelter List!D8")],
    "cmrt_6.1_not_listed_known_name": [
        ("template_not_latest", "Declaration!J3"),
        ("smelter_listed_after_all", "Smelter List!D8"),
    ],
    "crt_2.21_complete": [("template_not_latest", "Declaration!J3")],
    "emrt_2.1_assorted_missing": [("corrective_action_missing", "Declaration!D137")],
}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_findings(rmi: Path, name: str) -> None:
    found, _ = judged(rmi / "cases" / "uncached" / f"{name}.xlsx")
    assert [(item.code, item.cell) for item in found] == EXPECTED[name]


def test_complete_declarations_have_no_errors(rmi: Path) -> None:
    paths = sorted((rmi / "cases").glob("*/*complete*.xlsx"))
    errors = {path.name: [item.code for item in judged(path)[0] if item.severity == "error"]
              for path in paths}  # fmt: skip
    assert len(paths) > 10
    assert {name: codes for name, codes in errors.items() if codes} == {}


def test_cached_and_uncached_files_are_judged_alike(rmi: Path) -> None:
    for path in sorted((rmi / "cases" / "cached").glob("*.xlsx")):
        twin = rmi / "cases" / "uncached" / path.name
        assert judged(path) == judged(twin), path.name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("cmrt_6.5_complete", {"cid": 4}),
        ("cmrt_6.31_alias_only", {"alias": 4}),
        ("cmrt_6.5_misspelt_names", {"unmatched": 4}),
        ("cmrt_6.5_not_listed_known_name", {"cid": 3, "standard_name": 1}),
        ("cmrt_6.1_not_listed_known_name", {"cid": 3, "not_listed": 1}),
        ("cmrt_6.5_duplicates", {"cid": 7, "standard_name": 1}),
        ("cmrt_6.5_cid_name_conflict", {"cid": 4, "standard_name": 1}),
        ("cmrt_6.5_odd_cids", {"cid": 5, "unmatched": 1}),
        ("emrt_2.1_ambiguous_alias", {"cid": 5, "not_listed": 1, "ambiguous": 6}),
        ("amrt_1.3_other_minerals", {"cid": 1, "not_listed": 1, "not_identified": 1}),
    ],
)
def test_how_smelters_are_identified(rmi: Path, name: str, expected: dict[str, int]) -> None:
    _, matches = judged(rmi / "cases" / "uncached" / f"{name}.xlsx")
    assert Counter(matches) == expected
