"""The correction workbook of real declarations: nothing of the supplier's file is lost."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from minerals.excel.correction import (
    CorrectionRow,
    CorrectionSheet,
    Remark,
    write_correction_workbook,
)
from minerals.excel.reader import read_declaration

CASES = (
    "cases/uncached/cmrt_6.5_big_mixed.xlsx",
    "cases/cached/cmrt_6.5_complete_zh.xlsx",
    "cases/cached/emrt_2.1_complete.xlsx",
    "templates/RMI_AMRT_1.3.xlsx",
    "templates/RMI_CMRT_6.5.xlsx",
    "templates/RMI_EMRT_1.1.xlsx",
    "legacy/cmrt_3.01_filled.xlsx",
)
REMARKS = (
    Remark("Declaration!D8", "名称不完整。", "error"),
    Remark("Declaration!P3", "Joins a comment where there is one.", "warning"),
    *(Remark(f"Smelter List!C{row}", f"Row {row}.", "warning") for row in range(5, 205)),
)
LIST = CorrectionSheet(
    name="更正清单",
    title="需要更正的内容",
    headings=("级别", "单元格", "发现的问题", "如何更正"),
    rows=tuple(CorrectionRow("error", "错误", item.cell, item.text, "=1") for item in REMARKS),
    author="Supplier portal",
)
CELLS = re.compile(rb"<sheetData.*</sheetData>", re.DOTALL)
SIGNED = "― Supplier portal ―\n"
STYLE = re.compile(rb' s="\d+"')
NOTE = re.compile(rb"Row>\s*(\d+)\s*</\w+:Row>\s*<\w+:Column>\s*(\d+)")
RULES = re.compile(rb"<(?:\w+:)?dataValidation ")


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name[-1] != "/"}


@pytest.fixture(params=CASES)
def pair(request: pytest.FixtureRequest, rmi: Path, tmp_path: Path) -> tuple[Path, Path]:
    source, target = rmi / request.param, tmp_path / "corrected.xlsx"
    write_correction_workbook(source, target, LIST, REMARKS)
    return source, target


def changed_parts(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {name for name in before if before[name] != after[name]}


def test_parts_cells_and_rules_stay(pair: tuple[Path, Path]) -> None:
    before, after = parts(pair[0]), parts(pair[1])
    general = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
    changed = changed_parts(before, after) - general - {"xl/styles.xml"}
    kinds = {re.sub(r"\d+(?=\.)", "", Path(name).name) for name in changed}
    assert kinds <= {
        "sheet.xml",
        "sheet.xml.rels",
        "comments.xml",
        "comment.xml",
        "vmlDrawing.vml",
        "commentsDrawing.vml",
    }
    assert len([name for name in changed if name.startswith("xl/worksheets/sheet")]) <= 3
    for name in changed:
        assert CELLS.findall(after[name]) == CELLS.findall(before[name])
        assert len(RULES.findall(after[name])) == len(RULES.findall(before[name]))


def test_the_declaration_reads_the_same(pair: tuple[Path, Path]) -> None:
    assert read_declaration(pair[1]) == read_declaration(pair[0])


def test_values_and_list(pair: tuple[Path, Path]) -> None:
    source, target = pair
    before, after = CalamineWorkbook.from_path(str(source)), CalamineWorkbook.from_path(str(target))
    assert after.sheet_names == ["更正清单", *before.sheet_names]
    for name in before.sheet_names:
        expected = before.get_sheet_by_name(name).to_python(skip_empty_area=False)
        assert after.get_sheet_by_name(name).to_python(skip_empty_area=False) == expected
    first = after.get_sheet_by_index(0).to_python()
    assert first[-1] == ["错误", "Smelter List!C204", "Row 204.", "=1"]


@pytest.mark.parametrize("case", [CASES[0], CASES[1], CASES[5]])
def test_names_and_comments_as_another_program_reads_them(
    rmi: Path, tmp_path: Path, case: str
) -> None:
    target = tmp_path / "corrected.xlsx"
    write_correction_workbook(rmi / case, target, LIST, REMARKS)
    before, after = openpyxl.load_workbook(rmi / case), openpyxl.load_workbook(target)
    assert after.sheetnames == ["更正清单", *before.sheetnames]
    for sheet in before.worksheets:
        twin = after[sheet.title]
        assert {key: name.attr_text for key, name in twin.defined_names.items()} == {
            key: name.attr_text for key, name in sheet.defined_names.items()
        }
        assert twin.print_title_rows == sheet.print_title_rows
        assert twin.sheet_state == sheet.sheet_state
    smelters = after["Smelter List"]
    texts = [smelters.cell(row, 3).comment for row in range(5, 205)]
    assert [item.text if item else "" for item in texts] == [
        f"{SIGNED}Row {row}." for row in range(5, 205)
    ]
    assert after["Declaration"]["D8"].comment.text == f"{SIGNED}名称不完整。"
    joined, alone = after["Declaration"]["P3"].comment.text, REMARKS[1].text
    earlier = before["Declaration"]["P3"].comment
    assert joined == (f"{earlier.text}\n\n" if earlier else "") + SIGNED + alone


def test_two_rounds_leave_the_same_file_as_one(pair: tuple[Path, Path], tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    write_correction_workbook(pair[1], again, LIST, REMARKS)
    once, twice = parts(pair[1]), parts(again)
    assert twice.keys() == once.keys()
    changed = changed_parts(once, twice)
    lists = [name for name in changed if name.startswith("xl/worksheets/sheet")]
    assert len(lists) == 1  # only the numbers of its formats
    assert STYLE.sub(b"", twice[lists[0]]) == STYLE.sub(b"", once[lists[0]])
    for name in changed - {"xl/styles.xml", *lists}:
        if name.endswith(".vml"):
            assert sorted(NOTE.findall(twice[name])) == sorted(NOTE.findall(once[name]))
        else:
            assert len(twice[name]) == len(once[name])
            assert sorted(twice[name].split(b"<comment ")) == sorted(once[name].split(b"<comment "))
