"""The template's own resolution of smelter rows (formats.md 4.3)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from minerals.excel.layout_loader import layout
from minerals.excel.reader import read_declaration
from minerals.rules.declaration import LookupEntry, SmelterRow
from minerals.rules.template_lookup import ResolutionVariant, TemplateLookup, resolve_rows
from tests.workbooks.templates import DEMO_LOOKUP, saved

NEW = layout("cmrt_6.5").resolution
OLD = layout("cmrt_6.1").resolution


def _resolve(variant: ResolutionVariant = NEW, **typed: str) -> tuple[str, ...]:
    """(metal, name, cid, standard name, country) of one row."""
    row = TemplateLookup(DEMO_LOOKUP, variant).resolve(SmelterRow(row=5, **typed))
    return row.metal, row.lookup, row.cid, row.standard_name, row.country


BRIGHT = "Bright Tin Smelting Co. (demo)"


def test_an_id_alone_brings_metal_name_and_country() -> None:
    expected = ("Tin", BRIGHT, "CID900001", BRIGHT, "INDONESIA")
    assert _resolve(cid_input="CID900001") == expected
    assert _resolve(cid_input="cid900001") == expected


@pytest.mark.parametrize("name", [BRIGHT, "Bright Tin (demo)", "BRIGHT TIN (DEMO)"])
def test_standard_names_and_aliases_lead_to_the_smelter(name: str) -> None:
    found = _resolve(metal="tin", lookup=name)
    assert found == ("tin", name, "CID900001", BRIGHT, "INDONESIA")


@pytest.mark.parametrize(
    ("metal", "name"), [("Tin", "Bright Tin (demo) "), ("Tin ", BRIGHT), ("Gold", BRIGHT)]
)
def test_blanks_and_the_wrong_metal_lead_nowhere(metal: str, name: str) -> None:
    assert _resolve(metal=metal, lookup=name) == (metal, name, "", "", "")


def test_typed_values_win_over_the_look_up() -> None:
    found = _resolve(metal="Tin", lookup=BRIGHT, cid="OWN-1", country="CHAD")
    assert found == ("Tin", BRIGHT, "OWN-1", BRIGHT, "CHAD")


def test_a_name_wins_over_the_id_beside_it() -> None:
    found = _resolve(cid_input="CID900002", metal="Tin", lookup=BRIGHT)
    assert found[2] == "CID900001"


@pytest.mark.parametrize("cid", ["CID999999", " CID900001", "CID900001 ", "7"])
def test_an_unknown_id_is_an_error_that_spreads(cid: str) -> None:
    row = TemplateLookup(DEMO_LOOKUP, NEW).resolve(SmelterRow(5, cid_input=cid, lookup=BRIGHT))

    assert row.unknown_cid_input
    assert (row.metal, row.cid, row.country, row.lookup_row) == ("", "", "", None)


def test_an_unknown_id_does_no_harm_when_metal_and_name_are_typed() -> None:
    found = _resolve(cid_input="CID999999", metal="Tin", lookup=BRIGHT)
    assert found[2:] == ("CID900001", BRIGHT, "INDONESIA")


@pytest.mark.parametrize("special", ["Smelter not listed", "SMELTER NOT YET IDENTIFIED"])
def test_from_6_22_on_special_rows_are_looked_up_by_the_typed_name(special: str) -> None:
    found = _resolve(NEW, metal="Tin", lookup=special, name="Bright Tin (demo)")
    assert found == ("Tin", special, "CID900001", BRIGHT, "INDONESIA")
    assert _resolve(NEW, metal="Tin", lookup=special) == ("Tin", special, "", "", "")


def test_before_6_22_special_rows_find_the_generic_entry() -> None:
    name = {"name": "Bright Tin (demo)", "metal": "Tin"}
    assert _resolve(OLD, lookup="Smelter not listed", **name)[2:] == ("", "", "")
    assert _resolve(OLD, lookup="Smelter not yet identified", **name)[2:] == ("", "Unknown", "")


def test_special_rows_are_marked_and_name_their_source() -> None:
    rows = [
        SmelterRow(5, metal="Tin", lookup="smelter NOT listed", name="New Co", country="CHAD"),
        SmelterRow(6, metal="Tin", lookup="Smelter not listed", name="Bright Tin (demo)"),
        SmelterRow(7, metal="Tin", lookup="Smelter not yet identified"),
        SmelterRow(8, metal="Tin", lookup="Smelter not listed "),
        SmelterRow(9, metal="Tin", lookup=BRIGHT),
    ]
    found = resolve_rows(rows, DEMO_LOOKUP, NEW)

    assert [(row.special, row.source) for row in found] == [
        ("not_listed", "Enter smelter details"),
        ("not_listed", "RMI"),
        ("not_identified", ""),
        ("", ""),
        ("", "RMI"),
    ]


def test_wildcards_search_as_a_spreadsheet_does() -> None:
    assert _resolve(metal="Tin", lookup="Bright T?n (demo)")[2] == "CID900001"
    assert _resolve(metal="Tin", lookup="quiet*")[2] == "CID900002"
    assert _resolve(metal="Tin", lookup="quiet~*")[2] == ""


def test_metal_and_name_are_one_key() -> None:
    """The template joins both texts before it searches, so the border between them is lost."""
    assert _resolve(lookup=f"Tin{BRIGHT}")[2] == "CID900001"


def test_an_ambiguous_alias_takes_the_first_row() -> None:
    lookup = TemplateLookup(DEMO_LOOKUP, NEW)
    alias = "Shared Cobalt Alias (demo)"
    first = next(entry for entry in DEMO_LOOKUP if entry.name == alias)

    row = lookup.resolve(SmelterRow(5, metal="Cobalt", lookup=alias))

    assert (row.cid, row.lookup_row) == (first.cid, first.row)


def test_rows_without_a_search_key_are_found_by_id_only() -> None:
    entry = LookupEntry(559, "Tin", BRIGHT, BRIGHT, "INDONESIA", "CID900001", "RMI")
    [row] = resolve_rows(
        [SmelterRow(5, cid_input="CID900001")], [entry], layout("cmrt_6.4").resolution
    )

    assert (row.metal, row.lookup, row.cid, row.country) == ("Tin", BRIGHT, "", "")


def test_forms_without_a_look_up_are_taken_as_typed() -> None:
    typed = SmelterRow(5, metal="Zinc", name="Gray Zinc (demo)", country="PERU", cid="X-1")
    [row] = resolve_rows([typed], (), layout("amrt_1.2").resolution)

    assert (row.metal, row.cid, row.country, row.standard_name) == ("Zinc", "X-1", "PERU", "")


@pytest.mark.parametrize("form", ["cmrt_6.1", "cmrt_6.5", "emrt_1.3", "crt_2.2", "amrt_1.3"])
def test_calculated_files_give_the_same_answer(tmp_path: Path, form: str) -> None:
    metal = {"cmrt": "Tin", "emrt": "Cobalt", "crt": "Cobalt", "amrt": "Zinc"}[form.split("_")[0]]
    name = next(entry.name for entry in DEMO_LOOKUP if entry.metal == metal)
    cid = next(entry.cid for entry in DEMO_LOOKUP if entry.metal == metal)
    smelters: list[dict[str, Any]] = [
        {"cid_input": cid},
        {"metal": metal, "lookup": name},
        {"metal": metal, "lookup": "Smelter not listed", "name": "New Co", "country": "CHAD"},
        {"metal": metal, "lookup": "No such name"},
    ]
    files = [
        saved(tmp_path, form, f"{cached}.xlsx", smelters=smelters, minerals=_chosen(form, metal),
              cached=cached)
        for cached in (False, True)
    ]  # fmt: skip
    uncached, cached = (read_declaration(path) for path in files)

    assert cached.cached_values
    assert cached.resolved == uncached.resolved
    assert [row.cid for row in uncached.resolved] == [cid, cid, "", ""]


def _chosen(form: str, metal: str) -> list[str]:
    return [metal] if layout(form).minerals.slots else []
