"""The layout files themselves: all load, all addresses exist, mistakes are named."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from minerals.excel.addresses import column_index, column_letters, join_cell, position, split_cell
from minerals.excel.errors import LayoutError
from minerals.excel.layout_loader import LAYOUT_FOLDER, build_layout, layout, load_layouts
from minerals.rules.catalogue.checker import CHECKS

NAMES = [
    "amrt_1.2", "amrt_1.3",
    "cmrt_1.00", "cmrt_2.00", "cmrt_2.02", "cmrt_3.01",
    "cmrt_6.01", "cmrt_6.1", "cmrt_6.22", "cmrt_6.31", "cmrt_6.4", "cmrt_6.5",
    "crt_2.2",
    "emrt_1.1", "emrt_1.11", "emrt_1.2", "emrt_1.3", "emrt_2.0", "emrt_2.1",
]  # fmt: skip


def test_every_version_has_its_layout() -> None:
    assert sorted(load_layouts()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_is_a_valid_address(name: str) -> None:
    form = layout(name)

    cells = [*form.company.values(), form.language_cell, *form.checker_cells]
    cells += [slot.cell for slot in form.minerals.slots]
    cells += list(form.minerals.sorted_cells)
    assert len([position(cell) for cell in cells]) == len(cells)
    for marker in form.markers:
        split_cell(marker.cell)
    for rule in form.checker.rules if form.checker else ():
        assert split_cell(rule.cell)[0] in form.sheets.values()


@pytest.mark.parametrize("name", [name for name in NAMES if not layout(name).outdated])
def test_every_checker_row_has_a_described_code(name: str) -> None:
    spec = layout(name).checker
    assert spec is not None

    described = {check.code for check in CHECKS}
    assert {rule.code for rule in spec.rules} <= described
    assert len({rule.row for rule in spec.rules}) == len(spec.rules)


def test_every_described_code_is_used_by_some_form() -> None:
    used = {
        rule.code
        for form in load_layouts().values()
        if form.checker is not None
        for rule in form.checker.rules
    }
    assert {check.code for check in CHECKS} == used


def test_cmrt_6_5_knows_its_questions() -> None:
    form = layout("cmrt_6.5")

    assert [question.first_row for question in form.questions] == [26, 32, 38, 44, 50, 56, 62, 68]
    assert [item.first_row for item in form.company_questions] == [75, 77, 79, 81, 83, 85, 87, 89]
    percent = form.topic("supplier_response")
    assert percent is not None
    assert percent.id == "Q6"
    assert percent.options[0] == "100%"


def test_options_may_differ_between_minerals() -> None:
    question = layout("emrt_1.3").question("Q3")
    assert question is not None

    assert question.options_for("Cobalt")[-1] == "DRC only"
    assert question.options_for("Mica")[-1] == "India and/or Madagascar only"


def test_an_extension_replaces_lists_and_merges_tables() -> None:
    assert layout("cmrt_6.1").resolution.special_by_name is False
    assert layout("cmrt_6.22").resolution.special_by_name is True
    assert layout("cmrt_6.1").questions == layout("cmrt_6.5").questions
    assert layout("amrt_1.2").lookup is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ('[company]\nscope = "9D"', "broken.toml: company.scope '9D' is not a cell address"),
        ('[company]\nfax = "D9"', "broken.toml: company.fax is not a known key"),
        ("[smelters]\nfirst_row = 0", "broken.toml: smelters.first_row must be 1 or more"),
        ('family = "XMRT"', "broken.toml: family must be one of CMRT, EMRT, AMRT, CRT"),
        ("version = 6.6", "broken.toml: version must be of type str"),
        (
            '[[checker.rows]]\nabout = "url"\nrows = { Z = 1 }',
            "broken.toml: checker.rows[1].rows names Z, which is no question",
        ),
        (
            '[[checker.rows]]\nabout = "question"\nrows = { Q2 = 19 }\nmask = ["Q1"]',
            "broken.toml: checker.rows[1].off names Q1, whose rows are not yet given",
        ),
        (
            '[[checker.rows]]\nabout = "product"\nrow = 4\n'
            '[[checker.rows]]\nabout = "product"\nrow = 4',
            "broken.toml: checker.rows[2].row 4 is given twice",
        ),
    ],
)
def test_a_mistake_is_named_with_file_and_key(tmp_path: Path, change: str, message: str) -> None:
    for base in ("_form", "cmrt_6.5"):
        text = (LAYOUT_FOLDER / f"{base}.toml").read_text("utf-8")
        (tmp_path / f"{base}.toml").write_text(text, "utf-8")
    (tmp_path / "broken.toml").write_text(f'extends = "cmrt_6.5"\n{change}\n', "utf-8")

    with pytest.raises(LayoutError) as raised:
        load_layouts(tmp_path)

    assert str(raised.value) == message


def test_a_missing_base_and_a_circle_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('extends = "b"', "utf-8")
    with pytest.raises(LayoutError, match=r"a\.toml: extends names 'b', which does not exist"):
        load_layouts(tmp_path)

    circle = tmp_path / "circle"
    circle.mkdir()
    (circle / "a.toml").write_text('extends = "b"', "utf-8")
    (circle / "b.toml").write_text('extends = "a"', "utf-8")
    with pytest.raises(LayoutError, match="extends runs in a circle"):
        load_layouts(circle)


def test_an_unknown_top_level_key_is_refused() -> None:
    values = tomllib.loads('family = "CMRT"\ncolour = "red"')
    with pytest.raises(LayoutError, match=r"new\.toml: colour is not a known key"):
        build_layout("new", values)


@pytest.mark.parametrize(("letters", "index"), [("A", 0), ("Z", 25), ("AB", 27), ("XFD", 16_383)])
def test_column_letters_and_indexes(letters: str, index: int) -> None:
    assert column_index(letters) == index
    assert column_letters(index) == letters


@pytest.mark.parametrize("address", ["", "D0", "d5", "D1048577", "XFE1", "5D", "D5:E6"])
def test_bad_addresses_are_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"is (not|below|right)"):
        position(address)


def test_addresses_for_people() -> None:
    assert join_cell("Smelter List", 8, 2) == "Smelter List!C9"
    assert split_cell("Smelter List!C9") == ("Smelter List", "C9")
