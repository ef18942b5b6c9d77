"""Every bad file of the kinds suppliers and attackers send: the exact code, its texts complete,
and the reader answers a good file right afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from core.uploads import UploadLimits, UploadRejected, inspect_upload
from minerals.excel.errors import UnreadableWorkbook
from minerals.excel.isolated import ReaderLimits, ReaderProcess
from minerals.rules.catalogue.texts import finding_text
from minerals.rules.declaration import Declaration
from minerals.rules.judgement import Finding
from tests.workbooks import hostile
from tests.workbooks.plain import GOOD_CMRT, write_workbook

Build = Callable[[Path], Path]
Refusal = tuple[str, dict[str, str]]


@pytest.fixture(scope="module")
def reader() -> Iterator[ReaderProcess]:
    process = ReaderProcess(ReaderLimits())
    yield process
    process.close()


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return hostile.good_workbook(tmp_path / "good.xlsx")


def take_in(reader: ReaderProcess, path: Path, filename: str) -> Declaration:
    """The way of every upload: guard first, then the reader."""
    inspect_upload(path, filename, UploadLimits())
    return reader.read(path)


def refusal(reader: ReaderProcess, path: Path, filename: str = "answers.xlsx") -> Refusal:
    try:
        take_in(reader, path, filename)
    except (UploadRejected, UnreadableWorkbook) as error:
        return error.code, error.params
    pytest.fail("the file was let in")


def require_texts(code: str, params: dict[str, str]) -> None:
    """Message and remedy exist and every placeholder is filled."""
    text = finding_text(Finding(code, "error", params=params), str)
    for part in (text.title, text.message, text.why, text.remedy):
        assert part
        assert "…" not in part
        assert "%(" not in part


def require_alive(reader: ReaderProcess, good: Path) -> None:
    assert reader.read(good).company["company_name"].raw == "Bright Tin Co. (demo)"


def raw(content: bytes) -> Build:
    return lambda path: hostile.raw_file(path, content)


def sheets(change: Callable[[dict[str, Any]], None]) -> Build:
    def build(path: Path) -> Path:
        changed = dict(GOOD_CMRT)
        change(changed)
        return write_workbook(path, changed)

    return build


def renamed(old: str, new: str) -> Build:
    def build(path: Path) -> Path:
        names = {new if name == old else name: cells for name, cells in GOOD_CMRT.items()}
        return write_workbook(path, names)

    return build


def shifted(cells: dict[str, Any]) -> dict[str, Any]:
    """One column inserted before D."""
    return {
        chr(ord(address[0]) + 1) + address[1:] if address[0] >= "D" else address: value
        for address, value in cells.items()
    }


SMELTERS, DECLARATION = hostile.SMELTER_PART, hostile.DECLARATION_PART
CASES: list[tuple[str, Build, str, Refusal]] = [
    ("empty", raw(b""), "a.xlsx", ("empty_file", {})),
    ("picture", raw(hostile.PNG), "a.xlsx", ("not_a_spreadsheet", {"found": "PNG"})),
    ("picture as xls", raw(hostile.PNG), "a.xls", ("not_a_spreadsheet", {"found": "PNG"})),
    ("pdf", raw(hostile.PDF), "a.xlsx", ("not_a_spreadsheet", {"found": "PDF"})),
    ("pdf as xls", raw(hostile.PDF), "a.xls", ("not_a_spreadsheet", {"found": "PDF"})),
    ("program", raw(hostile.EXE), "a.xlsx", ("not_a_spreadsheet", {"found": "EXE"})),
    ("truncated", hostile.truncated, "a.xlsx", ("damaged_archive", {})),
    ("encrypted", hostile.encrypted_xlsx, "a.xlsx", ("encrypted_workbook", {})),
    ("protected", hostile.protected_xls, "a.xls", ("protected_legacy_workbook", {})),
    ("macro sheet", hostile.macro_sheet_workbook, "a.xlsm", ("macro_sheets_present", {})),
    (
        "wrong workbook",
        lambda path: write_workbook(path, {"Sheet1": {"A1": "Budget"}}),
        "a.xlsx",
        ("not_an_rmi_template", {}),
    ),
    (
        "missing sheet",
        sheets(lambda found: found.pop("Declaration")),
        "a.xlsx",
        ("sheet_missing", {"sheet": "Declaration"}),
    ),
    (
        "renamed sheet",
        renamed("Smelter List", "Smelters 2025"),
        "a.xlsx",
        ("sheet_missing", {"sheet": "Smelter List"}),
    ),
    ("bomb", hostile.bomb, "a.xlsx", ("zip_bomb", {"part": SMELTERS})),
    ("lying bomb", hostile.lying_bomb, "a.xlsx", ("zip_bomb", {"part": SMELTERS})),
    ("sly bomb", hostile.plausible_lying_bomb, "a.xlsx", ("zip_bomb", {"part": SMELTERS})),
    (
        "entities",
        hostile.laughing_workbook,
        "a.xlsx",
        ("xml_entities", {"part": "xl/workbook.xml"}),
    ),
    (
        "far corner",
        hostile.far_corner,
        "a.xlsx",
        ("sheet_too_large", {"sheet": "Smelter List", "cell": "XFD1048576"}),
    ),
    (
        "far corner, claimed",
        lambda path: hostile.far_corner(path, DECLARATION, '<dimension ref="A1:XFD1048576"/>'),
        "a.xlsx",
        ("sheet_too_large", {"sheet": "Declaration", "cell": "XFD1048576"}),
    ),
    (
        "far corner that ends the process",
        lambda path: hostile.sparse_rectangle(path, "XFD1048576", padding=4000),
        "a.xlsx",
        ("sheet_too_large", {"sheet": "Smelter List", "cell": "XFD1048576"}),
    ),
    (
        "large rectangle",
        lambda path: hostile.sparse_rectangle(path, "ALL90000", padding=4000),
        "a.xlsx",
        ("sheet_too_large", {"sheet": "Smelter List", "cell": "ALL90000"}),
    ),
    (
        "million rows",
        hostile.million_rows,
        "a.xlsx",
        ("sheet_too_large", {"sheet": "Smelter List", "cell": "A100001"}),
    ),
    (
        "million rows without references",
        lambda path: hostile.million_rows(path, references=False),
        "a.xlsx",
        ("sheet_too_large", {"sheet": "Smelter List", "cell": "A100001"}),
    ),
    (
        "long shared text",
        hostile.huge_shared_text,
        "a.xlsx",
        ("cell_too_long", {"cell": "Declaration!D8"}),
    ),
    (
        "long text in the cell",
        hostile.huge_inline_cell,
        "a.xlsx",
        ("cell_too_long", {"cell": "Declaration!D8", "length": str(10 * hostile.MEGABYTE)}),
    ),
    (
        "longer text in the cell",
        lambda path: hostile.huge_inline_cell(path, 20 * hostile.MEGABYTE),
        "a.xlsx",
        ("cell_too_long", {"cell": "Declaration!D8"}),
    ),
    (
        "broken sheet",
        hostile.broken_sheet,
        "a.xlsx",
        ("damaged_sheet", {"sheet": "Declaration"}),
    ),
]


@pytest.mark.parametrize(
    ("build", "filename", "expected"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_bad_file(
    reader: ReaderProcess,
    tmp_path: Path,
    good: Path,
    build: Build,
    filename: str,
    expected: Refusal,
) -> None:
    assert refusal(reader, build(tmp_path / "bad"), filename) == expected
    require_texts(*expected)
    require_alive(reader, good)


def test_shifted_columns(reader: ReaderProcess, tmp_path: Path, good: Path) -> None:
    changed = GOOD_CMRT | {"Declaration": shifted(dict(GOOD_CMRT["Declaration"]))}
    code, params = refusal(reader, write_workbook(tmp_path / "bad", changed))
    assert (code, params["cell"]) == ("columns_shifted", "Declaration!P9")
    require_texts(code, params)
    require_alive(reader, good)


def test_macro_workbook_is_read_and_flagged(reader: ReaderProcess, tmp_path: Path) -> None:
    path = hostile.macro_workbook(tmp_path / "a.xlsm")
    assert inspect_upload(path, "a.xlsm", UploadLimits()).has_macros
    declaration = reader.read(path)
    assert declaration.company["company_name"].raw == "Bright Tin Co. (demo)"
    assert "macros_present" in {note.code for note in declaration.notes}


def test_control_characters_are_taken_out(reader: ReaderProcess, tmp_path: Path) -> None:
    path = hostile.control_characters(tmp_path / "a.xlsx")
    declaration = take_in(reader, path, "a.xlsx")
    assert declaration.company["company_name"].raw == "BrightTin Co. (demo)"
    assert ("control_characters", "Declaration!D8") in {
        (note.code, note.cell) for note in declaration.notes
    }


def test_coloured_far_corner_is_harmless(reader: ReaderProcess, tmp_path: Path) -> None:
    path = hostile.formatted_far_corner(tmp_path / "a.xlsx")
    assert take_in(reader, path, "a.xlsx").version == "6.5"


def test_a_huge_sheet_of_his_own_does_not_matter(reader: ReaderProcess, tmp_path: Path) -> None:
    changed = {**GOOD_CMRT, "My notes": {"A1": "x", "XFD1048576": "y"}}
    path = write_workbook(tmp_path / "a.xlsx", changed)
    assert take_in(reader, path, "a.xlsx").version == "6.5"


def test_a_large_but_possible_sheet_says_how_much_memory_is_missing(
    tmp_path: Path, good: Path
) -> None:
    reader = ReaderProcess(ReaderLimits(memory_bytes=60 * hostile.MEGABYTE))
    path = hostile.sparse_rectangle(tmp_path / "bad", "CU90000", padding=4000)
    expected = ("reading_memory", {"limit": "60"})
    assert refusal(reader, path) == expected
    require_texts(*expected)
    require_alive(reader, good)
    reader.close()


def test_an_answer_out_of_proportion_is_not_taken(good: Path) -> None:
    reader = ReaderProcess(ReaderLimits(answer_bytes=100))
    assert refusal(reader, good) == ("reading_memory", {"limit": "700"})
    assert reader.pid is None


def test_time_limit(good: Path) -> None:
    reader = ReaderProcess(ReaderLimits(seconds=0.005))
    expected = ("reading_timeout", {"seconds": "0.005"})
    assert refusal(reader, good) == expected
    require_texts(*expected)
    assert reader.pid is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("cmrt_2.02_column_shift.xls", "protected_legacy_workbook"),
        ("cmrt_2.03_encrypted.xlsx", "encrypted_workbook"),
        ("cmrt_3.01_protected.xls", "protected_legacy_workbook"),
        ("picture_named.xls", "not_a_spreadsheet"),
    ],
)
def test_real_old_files(reader: ReaderProcess, rmi: Path, good: Path, name: str, code: str) -> None:
    path = rmi / "legacy" / name
    assert refusal(reader, path, name)[0] == code
    with pytest.raises(UnreadableWorkbook) as caught:
        reader.read(path)
    assert caught.value.code == code
    require_alive(reader, good)
