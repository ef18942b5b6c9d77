"""Which form a workbook is, and what is said when it cannot be told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from minerals.excel.errors import UnreadableWorkbook
from minerals.excel.layout_loader import load_layouts
from minerals.excel.reader import read_declaration
from minerals.rules.releases import version_key
from tests.workbooks.templates import saved, saved_complete

CURRENT = [name for name, form in load_layouts().items() if not form.outdated]
OLD = [name for name, form in load_layouts().items() if form.outdated]


def _refused(path: Path) -> tuple[str, dict[str, str]]:
    with pytest.raises(UnreadableWorkbook) as raised:
        read_declaration(path)
    return raised.value.code, raised.value.params


@pytest.mark.parametrize("cached", [False, True], ids=["uncached", "cached"])
@pytest.mark.parametrize("name", CURRENT)
def test_every_current_form_is_recognised(tmp_path: Path, name: str, cached: bool) -> None:
    declaration = read_declaration(saved_complete(tmp_path, name, cached=cached))

    family, version = name.upper().split("_")
    assert (declaration.family, declaration.version) == (family, version)
    assert (declaration.layout, declaration.outdated) == (name, False)
    assert declaration.cached_values is cached
    assert declaration.notes == ()


@pytest.mark.parametrize("name", OLD)
def test_old_forms_are_read_and_marked_outdated(tmp_path: Path, name: str) -> None:
    declaration = read_declaration(saved_complete(tmp_path, name))

    assert (declaration.family, declaration.version) == ("CMRT", name.removeprefix("cmrt_"))
    assert declaration.outdated
    assert declaration.company["company_name"].text == "Bright Devices Ltd. (demo)"
    assert len(declaration.answers) == 4 * len(load_layouts()[name].questions)


@pytest.mark.parametrize(
    ("layout", "version", "known"),
    [("cmrt_6.5", "6.6", "6.5"), ("emrt_2.1", "2.11", "2.1"), ("amrt_1.3", "1.31", "1.3")],
)
def test_an_unknown_newer_version_uses_the_newest_layout_and_says_so(
    tmp_path: Path, layout: str, version: str, known: str
) -> None:
    declaration = read_declaration(saved_complete(tmp_path, layout, version=version))

    assert (declaration.version, declaration.layout) == (version, layout)
    [note] = declaration.notes
    assert (note.code, note.cell) == ("template_version_newer", "Declaration!J3")
    assert note.params == {"version": version, "known": known}


def test_an_unknown_newer_version_without_the_checker_is_not_trusted(tmp_path: Path) -> None:
    path = saved_complete(tmp_path, version="7.0", without_sheets=["Checker"])

    assert _refused(path) == ("template_version_unknown", {"version": "7.0"})


@pytest.mark.parametrize(
    ("version", "layout"), [("6.3", "cmrt_6.22"), ("6.21", "cmrt_6.1"), ("6.02", "cmrt_6.01")]
)
def test_a_version_in_between_uses_the_one_below(tmp_path: Path, version: str, layout: str) -> None:
    declaration = read_declaration(saved_complete(tmp_path, "cmrt_6.5", version=version))

    assert (declaration.version, declaration.layout) == (version, layout)
    assert [note.code for note in declaration.notes] == ["template_version_nearest"]
    assert not declaration.outdated


def test_a_cmrt_5_is_read_like_the_first_6_but_counts_as_outdated(tmp_path: Path) -> None:
    declaration = read_declaration(saved_complete(tmp_path, "cmrt_6.01", version="5.12"))

    assert (declaration.version, declaration.layout) == ("5.12", "cmrt_6.01")
    assert declaration.outdated


def test_the_revision_is_found_elsewhere_when_j3_is_empty(tmp_path: Path) -> None:
    path = saved_complete(tmp_path, "cmrt_6.4", cells={"Declaration!J3": None})
    assert read_declaration(path).version == "6.4"

    instructions = {
        "Declaration!J3": None,
        "Smelter List!Q3": None,
        "Instructions!A9": "Revision 6.22\nMay 2022",
    }
    assert read_declaration(saved_complete(tmp_path, cells=instructions)).version == "6.22"


def test_without_any_revision_the_newest_fitting_layout_is_used(tmp_path: Path) -> None:
    nowhere = {"Declaration!J3": None, "Smelter List!Q3": None}
    declaration = read_declaration(saved_complete(tmp_path, "cmrt_6.4", cells=nowhere))

    assert (declaration.layout, declaration.version) == ("cmrt_6.5", "6.5")
    assert [note.code for note in declaration.notes] == ["template_version_unstated"]


def test_a_title_tells_the_family_where_the_constants_do_not(tmp_path: Path) -> None:
    cells = {
        "Smelter List!W3": None, "Smelter List!X3": None, "Smelter List!Y3": None,
        "Smelter List!Z3": None, "Declaration!D2": "冲突矿产（CMRT）",
    }  # fmt: skip
    code, params = _refused(saved_complete(tmp_path, cells=cells))

    assert (code, params["cell"]) == ("columns_shifted", "Smelter List!W3")


def test_the_uncached_title_is_read_from_the_label_sheet(tmp_path: Path) -> None:
    cells = {
        "Smelter List!AA3": None, "Smelter List!AB3": None,
        "L!B7": "Declaration", "L!C7": "D2", "L!D7": "Some Form (EMRT)",
    }  # fmt: skip
    code, params = _refused(saved_complete(tmp_path, "emrt_1.3", cells=cells))

    assert (code, params["cell"]) == ("columns_shifted", "Smelter List!AA3")


def test_sheets_in_another_order_and_case_are_found(tmp_path: Path) -> None:
    path = saved_complete(tmp_path)
    book = load_workbook(path)
    book._sheets.reverse()  # type: ignore[attr-defined]
    for name in ("Smelter List", "Declaration"):
        sheet = book[name]
        sheet.title = "between"  # a new title must differ in more than its case
        sheet.title = name.upper()
    book.save(path)

    declaration = read_declaration(path)

    assert len(declaration.smelters) == 4
    assert declaration.company["scope"].cell == "Declaration!D9"


@pytest.mark.parametrize(
    ("layout", "sheet"),
    [
        ("cmrt_6.5", "Declaration"),
        ("cmrt_6.5", "Smelter List"),
        ("cmrt_6.5", "Smelter Look-up"),
        ("cmrt_6.5", "Product List"),
        ("amrt_1.3", "Minerals Scope"),
        ("amrt_1.3", "Mine List"),
    ],
)
def test_a_missing_sheet_is_named(tmp_path: Path, layout: str, sheet: str) -> None:
    path = saved_complete(
        tmp_path, layout, without_sheets=[sheet], cells={"Revision!B3": "Conflict mineral (demo)"}
    )

    assert _refused(path) == ("sheet_missing", {"sheet": sheet})


def test_a_missing_mine_list_of_the_emrt_is_named(tmp_path: Path) -> None:
    path = saved_complete(tmp_path, "emrt_2.1", without_sheets=["Mine List"], cached=True)

    assert _refused(path) == ("sheet_missing", {"sheet": "Mine List"})


@pytest.mark.parametrize(
    ("insert", "cell", "found"),
    [
        ("column A", "Declaration!P9", "Declaration!Q9"),
        ("row 2", "Declaration!P9", "Declaration!P10"),
        ("row 30", "Declaration!B100", "Declaration!B101"),
        ("smelter column", "Smelter List!W3", "Smelter List!X3"),
    ],
)
def test_shifted_rows_and_columns_are_refused_with_their_cell(
    tmp_path: Path, insert: str, cell: str, found: str
) -> None:
    path = saved_complete(tmp_path)
    book = load_workbook(path)
    sheet: Any = book["Smelter List" if "smelter" in insert else "Declaration"]
    if "column" in insert:
        sheet.insert_cols(1)
    else:
        sheet.insert_rows(int(insert.split()[1]))
    book.save(path)

    assert _refused(path) == ("columns_shifted", {"cell": cell, "found": found})


def test_other_workbooks_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "budget.xlsx"
    book = Workbook()
    book.save(path)
    assert _refused(path) == ("not_an_rmi_template", {})

    book.create_sheet("Declaration")["D8"] = "We declare nothing"
    book.save(path)
    assert _refused(path) == ("not_an_rmi_template", {})


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04 cut off"])
def test_files_that_are_no_workbooks_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(content)

    assert _refused(path)[0] == "not_a_workbook"


def test_revisions_sort_as_rmi_counts_them() -> None:
    versions = ["2.03a", "6.5", "6.01", "2.03", "6.22", "6.1", "6.4", "6.31", "3.01"]

    assert sorted(versions, key=version_key) == [
        "2.03", "2.03a", "3.01", "6.01", "6.1", "6.22", "6.31", "6.4", "6.5",
    ]  # fmt: skip


def test_the_look_up_of_a_form_can_be_taken_as_a_list(tmp_path: Path) -> None:
    official = read_declaration(saved(tmp_path, "cmrt_6.4"))

    assert (official.family, official.version, official.layout) == ("CMRT", "6.4", "cmrt_6.4")
    bright = [entry for entry in official.lookup if entry.cid == "CID900001"]
    assert [entry.name for entry in bright] == [
        "Bright Tin (demo)", "Bright Tin Smelting Co. (demo)", "PT Bright Tin Demo",
    ]  # fmt: skip
    assert {entry.standard_name for entry in bright} == {"Bright Tin Smelting Co. (demo)"}


@pytest.mark.parametrize(
    ("template", "entries", "cids"),
    [("CMRT_6.5", 637, 349), ("CMRT_6.1", 606, 337), ("EMRT_2.1", 491, 305), ("CRT_2.21", 90, 64)],
)
def test_official_look_ups_are_read_whole(
    rmi: Path, template: str, entries: int, cids: int
) -> None:
    official = read_declaration(rmi / "templates" / f"RMI_{template}.xlsx")

    assert len(official.lookup) == entries
    assert len({entry.cid for entry in official.lookup if entry.cid}) == cids


@pytest.mark.parametrize(
    ("file", "version"),
    [
        ("templates/RMI_CRT_2.2.xlsx", "2.2"),
        ("templates/RMI_CRT_2.21.xlsx", "2.21"),
        ("cases/uncached/crt_2.21_complete.xlsx", "2.21"),
        ("cases/cached/crt_2.21_complete.xlsx", "2.21"),
    ],
)
def test_the_later_crt_is_told_by_its_formulas(rmi: Path, file: str, version: str) -> None:
    """Both call themselves 2.2."""
    assert read_declaration(rmi / file).version == version
