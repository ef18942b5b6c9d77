"""Findings name the cells of the form's own layout."""

from __future__ import annotations

import pytest

from minerals.excel.layout_loader import layout


@pytest.mark.parametrize(
    ("name", "field", "cell"),
    [
        ("cmrt_6.5", "mine_countries", "Smelter List!O9"),
        ("cmrt_2.02", "mine_countries", "Smelter List!N9"),
        ("cmrt_2.02", "cid_input", "Smelter List!F9"),  # no column for an ID: the ID itself
        ("amrt_1.2", "lookup", "Smelter List!B9"),  # no choice of a name: the name
        ("cmrt_2.02", "recycled", "Smelter List"),
    ],
)
def test_columns_are_those_of_the_version(name: str, field: str, cell: str) -> None:
    assert layout(name).tables.smelters.cell(field, 9) == cell


def test_a_form_without_a_list_has_no_cells_for_it() -> None:
    assert layout("cmrt_6.5").tables.mines.cell("country", 5) == ""
    assert layout("emrt_2.1").tables.mines.cell("country") == "Mine List!F5"
