"""The correction workbook, on workbooks made by hand: needs no file of anybody else."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from minerals.excel.correction import (
    CorrectionRow,
    CorrectionSheet,
    Remark,
    write_correction_workbook,
)
from minerals.excel.correction.findings_workbook import write_findings_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ROWS = (
    CorrectionRow("error", "Error", "Declaration!D16", "No e-mail address.", "=Add one"),
    CorrectionRow("warning", "Warning", "Smelter List!C9", "+Unknown name.", "@Check it"),
    CorrectionRow("info", "Info", "Nowhere!A1", "-A remark.", "Nothing to do"),
)
LIST = CorrectionSheet(
    name="Corrections",
    title="What to correct",
    headings=("Severity", "Cell", "What we found", "How to fix it"),
    rows=ROWS,
    author="Supplier portal",
    intro=("Bright Tin Co. (demo)",),
    note="Send the file back the way it came.",
)
REMARKS = (
    Remark("Declaration!D16", "Give a second address.", "info"),
    Remark("Declaration!D16", "No e-mail address.", "error"),
    Remark("'Smelter List'!C9", "Unknown name.", "warning"),
    Remark("Nowhere!A1", "A remark.", "info"),
)
OURS = "Supplier portal"
OLD = "― Supplier portal ―\n"


@pytest.fixture
def supplied(tmp_path: Path) -> Path:
    """A workbook with what must survive: names, validation, a table, comments, a formula."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    cover, declaration = workbook.create_sheet("Revision"), workbook.create_sheet("Declaration")
    smelters = workbook.create_sheet("Smelter List")
    cover["A1"] = "Invented form"
    declaration["D8"], declaration["D9"] = "Bright Tin Co. (demo)", "=D8&1"
    declaration["D8"].comment = Comment("Our legal name", "Jane")
    declaration["B2"].comment = Comment("Do not touch", "Jane")
    declaration.add_data_validation(DataValidation("list", formula1='"Yes,No"', sqref="D26"))
    declaration.print_area = "A1:J90"
    smelters.append(["Metal", "Name"])
    smelters.append(["Tin", "Bright Tin Works (demo)"])
    smelters.add_table(Table(displayName="Smelters", ref="A1:B2"))
    smelters.protection.enable()
    smelters.defined_names["Metals"] = DefinedName("Metals", attr_text="'Smelter List'!$A$2")
    workbook.defined_names["Company"] = DefinedName("Company", attr_text="Declaration!$D$8")
    workbook.active = 1
    declaration.sheet_view.tabSelected = True
    path = tmp_path / "supplied.xlsx"
    workbook.save(path)
    return path


def corrected(
    source: Path, sheet: CorrectionSheet = LIST, remarks: tuple[Remark, ...] = REMARKS
) -> Path:
    target = source.with_name(f"corrected-{source.name}")
    write_correction_workbook(source, target, sheet, remarks)
    return target


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def rebuilt(path: Path, change: Callable[[str, bytes], bytes], **more: bytes) -> Path:
    """``path`` with every part changed by ``change``, in a new file."""
    target = path.with_name("rebuilt.xlsx")
    contents = {name: change(name, data) for name, data in parts(path).items()}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**contents, **more}.items():
            archive.writestr(name, data)
    return target


def comments(sheet: Worksheet) -> dict[str, tuple[str, str]]:
    cells = (cell for row in sheet.iter_rows() for cell in row)
    return {
        cell.coordinate: (cell.comment.author, cell.comment.text) for cell in cells if cell.comment
    }


def test_first_sheet_lists_the_findings_as_text(supplied: Path) -> None:
    workbook = openpyxl.load_workbook(corrected(supplied))
    page = workbook.worksheets[0]
    assert workbook.sheetnames == ["Corrections", "Revision", "Declaration", "Smelter List"]
    assert workbook.active is page
    values = [[cell.value for cell in row] for row in page.iter_rows(min_row=5)]
    assert values == [
        list(LIST.headings),
        ["Error", "Declaration!D16", "No e-mail address.", "=Add one"],
        ["Warning", "Smelter List!C9", "+Unknown name.", "@Check it"],
        ["Info", "Nowhere!A1", "-A remark.", "Nothing to do"],
    ]
    assert {cell.data_type for row in page.iter_rows(min_row=5) for cell in row} == {"s"}
    assert [page.cell(row, 1).value for row in (1, 2, 3)] == [LIST.title, *LIST.intro, LIST.note]


def test_first_sheet_links_frozen_wrapped_and_wide(supplied: Path) -> None:
    page = openpyxl.load_workbook(corrected(supplied)).worksheets[0]
    links = [page.cell(row, 2).hyperlink for row in (6, 7, 8)]
    assert [link.location if link else None for link in links] == [
        "'Declaration'!D16",
        "'Smelter List'!C9",
        None,
    ]
    assert page.freeze_panes == "A6"
    assert [page.column_dimensions[letter].width for letter in "ABCD"] == [13, 24, 62, 62]
    assert all(page.cell(6, column).alignment.wrap_text for column in range(1, 5))
    assert page["A5"].font.b is True
    assert page["A5"].fill.fgColor.rgb == "FF1F3A5F"
    assert [page.cell(row, 1).fill.fgColor.rgb for row in (6, 7, 8)] == [
        "FFFDECEA",
        "FFFFF6DD",
        "FFEAF2FB",
    ]


def test_remarks_become_one_comment_per_cell_gravest_first(supplied: Path) -> None:
    workbook = openpyxl.load_workbook(corrected(supplied))
    assert comments(workbook["Declaration"]) == {
        "B2": ("Jane", "Do not touch"),
        "D8": ("Jane", "Our legal name"),
        "D16": (OURS, f"{OLD}No e-mail address.\n\nGive a second address."),
    }
    assert comments(workbook["Smelter List"]) == {"C9": (OURS, f"{OLD}Unknown name.")}
    assert comments(workbook["Revision"]) == {}


def test_a_remark_joins_the_comment_that_is_there(supplied: Path) -> None:
    path = corrected(supplied, remarks=(Remark("Declaration!D8", "Not the legal name.", "error"),))
    expected = {
        "B2": ("Jane", "Do not touch"),
        "D8": ("Jane", f"Our legal name\n\n{OLD}Not the legal name."),
    }
    assert comments(openpyxl.load_workbook(path)["Declaration"]) == expected
    drawing = parts(path)["xl/drawings/commentsDrawing1.vml"].decode()
    notes = re.findall(r"Row>(\d+)</\w+:Row><\w+:Column>(\d+)<", drawing)
    assert sorted(notes) == [("1", "1"), ("7", "3")]


def test_second_round_replaces_list_and_remarks(supplied: Path) -> None:
    first = corrected(supplied, remarks=(*REMARKS, Remark("Declaration!D8", "Wrong.", "error")))
    again = replace(LIST, name="更正清单", rows=ROWS[:1])
    workbook = openpyxl.load_workbook(
        corrected(first, again, (Remark("Declaration!D8", "Still wrong.", "error"),))
    )
    assert workbook.sheetnames == ["Corrections", "Revision", "Declaration", "Smelter List"]
    assert workbook.worksheets[0].max_row == 6
    assert comments(workbook["Smelter List"]) == {}
    assert comments(workbook["Declaration"]) == {
        "B2": ("Jane", "Do not touch"),
        "D8": ("Jane", f"Our legal name\n\n{OLD}Still wrong."),
    }
    for name, data in parts(first.with_name(f"corrected-{first.name}")).items():
        if name.endswith(".vml"):
            notes = re.findall(rb"Row>(\d+)</\w+:Row><\w+:Column>(\d+)<", data)
            assert sorted(notes) in ([(b"1", b"1"), (b"7", b"3")], [])


def test_a_deleted_list_is_written_anew(supplied: Path) -> None:
    first = openpyxl.load_workbook(corrected(supplied))
    first.remove(first.worksheets[0])
    without = supplied.with_name("without.xlsx")
    first.save(without)
    workbook = openpyxl.load_workbook(corrected(without))
    assert workbook.sheetnames == ["Corrections", "Revision", "Declaration", "Smelter List"]
    assert workbook.defined_names["_correction_list"].attr_text == "'Corrections'!$A$1"


def test_names_views_and_validations_stay_with_their_sheets(supplied: Path) -> None:
    path = corrected(supplied)
    workbook = openpyxl.load_workbook(path)
    assert workbook["Declaration"].print_area == "'Declaration'!$A$1:$J$90"
    assert workbook["Smelter List"].defined_names["Metals"].attr_text == "'Smelter List'!$A$2"
    assert workbook.defined_names["Company"].attr_text == "Declaration!$D$8"
    assert len(workbook["Declaration"].data_validations.dataValidation) == 1
    assert workbook["Smelter List"].tables["Smelters"].ref == "A1:B2"
    assert workbook["Smelter List"].protection.sheet is True
    assert workbook["Declaration"]["D9"].value == "=D8&1"
    selected = [sheet.sheet_view.tabSelected for sheet in workbook.worksheets]
    assert [bool(value) for value in selected] == [True, False, False, False]


def test_only_what_must_change_changes(supplied: Path) -> None:
    before, after = parts(supplied), parts(corrected(supplied))
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/worksheets/sheet2.xml",
        "xl/worksheets/sheet3.xml",
        "xl/worksheets/_rels/sheet3.xml.rels",
        "xl/comments/comment1.xml",
        "xl/drawings/commentsDrawing1.vml",
    }
    assert after.keys() - before.keys() == {
        "xl/worksheets/sheet4.xml",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
    }
    for name in ("xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"):
        cells = re.compile(rb"<sheetData>.*</sheetData>", re.DOTALL)
        assert cells.findall(before[name]) == cells.findall(after[name])


def test_the_drawing_stands_where_the_schema_wants_it(supplied: Path) -> None:
    root = ElementTree.fromstring(parts(corrected(supplied))["xl/worksheets/sheet3.xml"])
    names = [child.tag.removeprefix(f"{{{MAIN}}}") for child in root]
    assert names[-3:] == ["pageMargins", "legacyDrawing", "tableParts"]


def test_prefixes_that_only_attributes_name_stay_declared(supplied: Path) -> None:
    ignorable = (
        b' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        b' xmlns:x15ac="urn:example:x15ac" mc:Ignorable="x15ac"'
    )

    def add(name: str, data: bytes) -> bytes:
        return re.sub(rb"<workbook ", b"<workbook" + ignorable + b" ", data)

    after = parts(corrected(rebuilt(supplied, add)))["xl/workbook.xml"]
    assert ignorable in after


def test_files_that_write_every_element_with_a_prefix(supplied: Path) -> None:
    ElementTree.register_namespace("x", MAIN)

    def prefixed(name: str, data: bytes) -> bytes:
        if b"spreadsheetml/2006/main" not in data or not name.endswith(".xml"):
            return data
        return bytes(ElementTree.tostring(ElementTree.fromstring(data), "UTF-8"))

    source = rebuilt(supplied, prefixed)
    assert b"<x:sheetData" in parts(source)["xl/worksheets/sheet3.xml"]
    workbook = openpyxl.load_workbook(corrected(source))
    assert workbook.sheetnames[0] == "Corrections"
    assert comments(workbook["Declaration"])["D16"][0] == OURS
    assert comments(workbook["Smelter List"]) == {"C9": (OURS, f"{OLD}Unknown name.")}
    assert workbook["Declaration"].print_area == "'Declaration'!$A$1:$J$90"


def test_values_read_the_same_before_and_after(supplied: Path) -> None:
    before = CalamineWorkbook.from_path(str(supplied))
    after = CalamineWorkbook.from_path(str(corrected(supplied)))
    assert after.sheet_names == ["Corrections", *before.sheet_names]
    for name in before.sheet_names:
        rows = before.get_sheet_by_name(name).to_python(skip_empty_area=False)
        assert after.get_sheet_by_name(name).to_python(skip_empty_area=False) == rows


def test_awkward_texts(supplied: Path) -> None:
    remark = Remark("Declaration!D16", "a\x00b\ud800<&>\"'\r\nnext " + "x" * 5000, "error")
    row = CorrectionRow("error", "Error", "Declaration!D16", "a\x0bb]]>&", "y" * 40_000)
    sheet = replace(LIST, name="a/b:[c]*?'" * 5, rows=(row,), intro=("z" * 2000,) * 9)
    workbook = openpyxl.load_workbook(corrected(supplied, sheet, (remark,)))
    text = comments(workbook["Declaration"])["D16"][1]
    assert text.startswith(OLD + "a b <&>\"'\nnext xxx")
    assert (len(text), text[-1]) == (2000 - 1, "…")
    page = workbook.worksheets[0]
    assert page.title == "a b  c   'a b  c   'a b  c   'a"
    assert page.freeze_panes is None  # a head as tall as the screen would leave nothing to scroll
    assert page.cell(page.max_row, 3).value == "a b]]>&"
    assert page.cell(page.max_row, 4).value == "y" * 32_000


def test_a_taken_sheet_name_gets_a_number(supplied: Path) -> None:
    workbook = openpyxl.load_workbook(corrected(supplied, replace(LIST, name="REVISION")))
    assert workbook.sheetnames[0] == "REVISION (2)"


def test_findings_alone(tmp_path: Path) -> None:
    target = tmp_path / "findings.xlsx"
    write_findings_workbook(target, LIST)
    page = openpyxl.load_workbook(target).worksheets[0]
    assert page.title == "Corrections"
    assert [cell.value for cell in page[6]] == [
        "Error",
        "Declaration!D16",
        "No e-mail address.",
        "=Add one",
    ]
    assert {cell.data_type for cell in page[6]} == {"s"}
    assert page.freeze_panes == "A6"
