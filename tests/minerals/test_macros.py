"""A workbook without its macros: nothing of them left, everything else byte for byte."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from core.uploads import UploadLimits, UploadRejected, inspect_upload
from minerals.excel.macros import strip_macros
from tests.workbooks import hostile


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_project_and_what_belongs_to_it_is_gone(tmp_path: Path) -> None:
    source = hostile.macro_workbook(tmp_path / "a.xlsm")
    strip_macros(source, tmp_path / "b.xlsx")
    before, after = parts(source), parts(tmp_path / "b.xlsx")
    assert set(before) - set(after) == {
        "xl/vbaProject.bin",
        "xl/vbaProjectSignature.bin",
        "xl/_rels/vbaProject.bin.rels",
    }
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"[Content_Types].xml", "xl/_rels/workbook.xml.rels"}
    for name in changed:
        assert b"vba" not in after[name].lower()
    facts = inspect_upload(tmp_path / "b.xlsx", "b.xlsx", UploadLimits())
    assert (facts.kind, facts.has_macros) == ("xlsx", False)
    assert load_workbook(tmp_path / "b.xlsx")["Declaration"]["D8"].value == "Bright Tin Co. (demo)"


def test_content_types_stay_complete(tmp_path: Path) -> None:
    """The default type of .bin also serves the printer settings that stay."""
    strip_macros(hostile.macro_workbook(tmp_path / "a.xlsm"), tmp_path / "b.xlsx")
    types = parts(tmp_path / "b.xlsx")["[Content_Types].xml"].decode()
    assert '<Default Extension="bin" ContentType="application/vnd.openxml' in types
    assert "spreadsheetml.printerSettings" in types
    assert "spreadsheetml.sheet.main+xml" in types
    assert "macroEnabled" not in types


def test_macro_sheet_becomes_an_empty_worksheet(tmp_path: Path) -> None:
    source = hostile.macro_sheet_workbook(tmp_path / "a.xlsm")
    strip_macros(source, tmp_path / "b.xlsx")
    assert not inspect_upload(tmp_path / "b.xlsx", "b.xlsx", UploadLimits()).has_macros
    names = set(parts(tmp_path / "b.xlsx"))
    assert names - set(parts(source)) == {"xl/worksheets/macro_sheet1.xml"}
    assert CalamineWorkbook.from_path(tmp_path / "b.xlsx").sheet_names[-1] == "Macro1"
    book = load_workbook(tmp_path / "b.xlsx")
    assert book["Macro1"]["A1"].value is None
    assert book["Declaration"]["D8"].value == "Bright Tin Co. (demo)"


def test_plain_workbook_stays_as_it_is(tmp_path: Path) -> None:
    source = hostile.good_workbook(tmp_path / "a.xlsx")
    strip_macros(source, tmp_path / "b.xlsx")
    assert parts(tmp_path / "b.xlsx") == parts(source)


@pytest.mark.parametrize(
    ("build", "code"),
    [
        (hostile.truncated, "damaged_archive"),
        (hostile.broken_part, "damaged_archive"),
        (hostile.plausible_lying_bomb, "zip_bomb"),
    ],
)
def test_bad_file_leaves_no_copy(tmp_path: Path, build: Callable[[Path], Path], code: str) -> None:
    with pytest.raises(UploadRejected) as caught:
        strip_macros(build(tmp_path / "a.xlsm"), tmp_path / "b.xlsx")
    assert caught.value.code == code
    assert not (tmp_path / "b.xlsx").exists()
