"""Old CMRTs as strangers filled them: read as far as possible, or refused with the cause."""

from __future__ import annotations

from pathlib import Path

import pytest

from minerals.excel.errors import UnreadableWorkbook
from minerals.excel.layout_loader import layout
from minerals.excel.reader import read_declaration
from minerals.rules.completeness import open_items


@pytest.mark.parametrize(
    ("file", "version", "form", "questions"),
    [
        ("cmrt_2.03a_filled.xlsx", "2.03a", "cmrt_2.02", 6),
        ("cmrt_3.01_filled.xlsx", "3.01", "cmrt_3.01", 7),
    ],
)
def test_filled_old_forms_are_read(
    rmi: Path, file: str, version: str, form: str, questions: int
) -> None:
    declaration = read_declaration(rmi / "legacy" / file)

    assert (declaration.family, declaration.version) == ("CMRT", version)
    assert (declaration.layout, declaration.outdated) == (form, True)
    assert declaration.notes == ()
    assert declaration.effective_on == "2014-05-31"
    assert declaration.company["authorizer_email"].text.startswith("leo.denevi@")
    assert declaration.scope_letter() == "A"
    assert len(declaration.answers) == 4 * questions
    first = declaration.answer("Q1", "Gold")
    assert first is not None
    assert first.value == "Yes"
    assert [answer.question for answer in declaration.company_answers] == list("ABCDEFGHIJ")
    assert [(row.row, row.metal, row.country) for row in declaration.smelters] == [
        (5, "Gold", "GERMANY"),
        (6, "Tin", "UNITED STATES"),
        (7, "Tantalum", "UNITED STATES"),
        (8, "Tungsten", "CHINA"),
    ]
    assert open_items(declaration, layout(form).checker) == ()


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("cmrt_2.03_encrypted.xlsx", "encrypted_workbook"),
        ("cmrt_2.02_column_shift.xls", "protected_legacy_workbook"),
        ("cmrt_3.01_protected.xls", "protected_legacy_workbook"),
        ("picture_named.xls", "not_a_workbook"),
    ],
)
def test_files_that_do_not_open_say_why(rmi: Path, file: str, code: str) -> None:
    with pytest.raises(UnreadableWorkbook) as raised:
        read_declaration(rmi / "legacy" / file)

    assert raised.value.code == code


@pytest.mark.parametrize("version", ["6.01", "6.1", "6.22", "6.31", "6.4", "6.5"])
def test_blank_templates_are_read(rmi: Path, version: str) -> None:
    declaration = read_declaration(rmi / "templates" / f"RMI_CMRT_{version}.xlsx")

    assert (declaration.version, declaration.layout) == (version, f"cmrt_{version}")
    assert declaration.notes == ()
    assert declaration.company["company_name"].missing
