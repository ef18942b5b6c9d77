"""What the door says to each kind of file: the exact code and parameters."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from core.uploads import UploadLimits, UploadRejected, inspect_upload
from core.uploads.contract import megabytes
from tests.workbooks import hostile
from tests.workbooks.compound import biff_stream, compound_file
from tests.workbooks.plain import GOOD_CMRT, parts_of, write_parts

LIMITS = UploadLimits()
Refusal = tuple[str, dict[str, str]]


def refusal(path: Path, filename: str = "answers.xlsx", limits: UploadLimits = LIMITS) -> Refusal:
    with pytest.raises(UploadRejected) as caught:
        inspect_upload(path, filename, limits)
    return caught.value.code, caught.value.params


def test_good_workbook_is_let_in_with_its_hash(tmp_path: Path) -> None:
    path = hostile.good_workbook(tmp_path / "f")
    facts = inspect_upload(path, "answers.xlsx", LIMITS)
    assert facts.kind == "xlsx"
    assert facts.size == path.stat().st_size
    assert facts.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (facts.has_macros, facts.has_external_links) == (False, False)


def test_name_does_not_matter_for_a_workbook(tmp_path: Path) -> None:
    path = hostile.good_workbook(tmp_path / "f")
    assert inspect_upload(path, "answers.bin", LIMITS).kind == "xlsx"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", ("empty_file", {})),
        (hostile.PNG, ("not_a_spreadsheet", {"found": "PNG"})),
        (hostile.PDF, ("not_a_spreadsheet", {"found": "PDF"})),
        (hostile.HTML, ("not_a_spreadsheet", {"found": "HTML"})),
        (hostile.EXE, ("not_a_spreadsheet", {"found": "EXE"})),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", ("not_a_spreadsheet", {"found": "JPEG"})),
        (b'<?xml version="1.0"?><Workbook/>', ("not_a_spreadsheet", {"found": "XML"})),
        (b"Company;Tin\nBright Tin;Yes\n", ("not_a_spreadsheet", {"found": "TXT"})),
        ("公司,锡\n".encode(), ("not_a_spreadsheet", {"found": "TXT"})),
        (b"\x09\x08\x08\x00\x00\x05", ("not_a_spreadsheet", {"found": "XLS 5.0"})),
        (b"\x00\x9c\x01\xf7\x00", ("not_a_spreadsheet", {"found": "?"})),
        (b"PK\x03\x04", ("damaged_archive", {})),
        (b"PK\x05\x06" + bytes(18), ("empty_archive", {})),
    ],
)
@pytest.mark.parametrize("filename", ["answers.xlsx", "answers.xls"])
def test_other_content_is_named(
    tmp_path: Path, content: bytes, expected: Refusal, filename: str
) -> None:
    path = hostile.raw_file(tmp_path / "f", content)
    if expected[0] == "empty_archive":
        expected = ("not_a_spreadsheet", {"found": "ZIP"})
    assert refusal(path, filename) == expected


def test_zip_without_files(tmp_path: Path) -> None:
    path = hostile.raw_file(tmp_path / "f", b"PK\x05\x06" + bytes(18))
    assert refusal(path, "many.zip") == ("empty_archive", {})


@pytest.mark.parametrize(
    ("build", "expected"),
    [
        (hostile.truncated, ("damaged_archive", {})),
        (hostile.damaged_directory, ("damaged_archive", {})),
        (hostile.encrypted_xlsx, ("encrypted_workbook", {})),
        (hostile.protected_xls, ("protected_legacy_workbook", {})),
        (hostile.looping_compound, ("damaged_archive", {})),
        (hostile.word_document, ("not_a_spreadsheet", {"found": "DOCX"})),
        (hostile.presentation, ("not_a_spreadsheet", {"found": "PPTX"})),
        (hostile.open_document, ("unsupported_spreadsheet", {"found": "ODS"})),
        (hostile.bomb, ("zip_bomb", {"part": hostile.SMELTER_PART})),
        (hostile.lying_bomb, ("zip_bomb", {"part": hostile.SMELTER_PART})),
        (hostile.half_lying_bomb, ("zip_bomb", {"part": "[Content_Types].xml"})),
        (hostile.overlapping_bomb, ("zip_bomb", {"part": "[Content_Types].xml"})),
    ],
)
def test_bad_containers(tmp_path: Path, build: Callable[[Path], Path], expected: Refusal) -> None:
    assert refusal(build(tmp_path / "f")) == expected


@pytest.mark.parametrize(
    ("stream", "kind"), [("WordDocument", "DOC"), ("__properties_version1.0", "MSG"), ("X", "OLE")]
)
def test_other_compound_files(tmp_path: Path, stream: str, kind: str) -> None:
    path = compound_file(tmp_path / "f", {stream: b"x"})
    assert refusal(path, "answers.xls") == ("not_a_spreadsheet", {"found": kind})


def test_plain_old_workbook_is_let_in(tmp_path: Path) -> None:
    stream = biff_stream((0x0809, bytes(16)), (0x0085, bytes(20)))
    path = compound_file(tmp_path / "f", {"Workbook": stream})
    facts = inspect_upload(path, "answers.xls", LIMITS)
    assert (facts.kind, facts.has_macros) == ("xls", False)


def test_macros_of_an_old_workbook_cannot_be_taken_out(tmp_path: Path) -> None:
    stream = biff_stream((0x0809, bytes(16)), (0x0085, bytes(20)))
    path = compound_file(tmp_path / "f", {"Workbook": stream, "_VBA_PROJECT_CUR": b""})
    assert refusal(path, "answers.xls") == ("macros_in_old_workbook", {})


@pytest.mark.parametrize("build", [hostile.macro_workbook, hostile.macro_sheet_workbook])
def test_macros_are_flagged(tmp_path: Path, build: Callable[[Path], Path]) -> None:
    facts = inspect_upload(build(tmp_path / "f"), "answers.xlsm", LIMITS)
    assert (facts.kind, facts.has_macros) == ("xlsm", True)


def test_external_links_are_flagged(tmp_path: Path) -> None:
    path = hostile.with_parts(tmp_path / "f", {"xl/externalLinks/externalLink1.xml": "<x/>"})
    facts = inspect_upload(path, "answers.xlsx", LIMITS)
    assert (facts.kind, facts.has_external_links) == ("xlsx", True)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "[Content_Types].xml", "_rels/.rels"])
def test_entities_in_any_part(tmp_path: Path, part: str) -> None:
    path = hostile.laughing_workbook(tmp_path / "f", part)
    assert refusal(path) == ("xml_entities", {"part": part})


@pytest.mark.parametrize(
    "before", ["<!-- " + "x" * 3000 + " -->", " " * 5000, "<?pi ?>", "<!--" + "x" * 200_000 + "-->"]
)
def test_entities_behind_a_long_beginning(tmp_path: Path, before: str) -> None:
    path = hostile.laughing_workbook(tmp_path / "f", before=before)
    assert refusal(path) == ("xml_entities", {"part": "xl/workbook.xml"})


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_entities_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    path = hostile.wide_laughing_workbook(tmp_path / "f", encoding)
    assert refusal(path) == ("xml_entities", {"part": "xl/workbook.xml"})


@pytest.mark.parametrize(
    "content",
    ['<?xml version="1.0" encoding="cp037"?><x/>', '<?xml version="1.0"?>'.encode("cp037")],
)
def test_encodings_that_could_hide_something(tmp_path: Path, content: str | bytes) -> None:
    path = hostile.with_parts(tmp_path / "f", {"xl/styles.xml": content})
    assert refusal(path) == ("xml_entities", {"part": "xl/styles.xml"})


def test_a_picture_or_an_empty_part_is_no_xml(tmp_path: Path) -> None:
    parts = {"xl/media/image1.png": hostile.PNG, "customXml/item1.xml": b"", "xl/a.xml": b" "}
    path = hostile.with_parts(tmp_path / "f", parts)
    assert inspect_upload(path, "answers.xlsx", LIMITS).kind == "xlsx"


@pytest.mark.parametrize("name", ["../evil.xml", "xl/../../evil.xml", "/etc/x.xml", "C:\\x.xml"])
def test_parts_that_point_outside(tmp_path: Path, name: str) -> None:
    path = hostile.with_parts(tmp_path / "f", {name: "<x/>"})
    assert refusal(path) == ("path_traversal", {"part": name})


def test_too_many_parts(tmp_path: Path) -> None:
    path = hostile.with_parts(tmp_path / "f", {f"xl/p{n}.xml": "" for n in range(2000)})
    count = str(2000 + len(parts_of(GOOD_CMRT)))
    assert refusal(path) == ("too_many_members", {"count": count, "limit": "2000"})


def test_size_limit_applies_before_anything_is_read(tmp_path: Path) -> None:
    path = hostile.good_workbook(tmp_path / "f")
    with path.open("r+b") as handle:
        handle.truncate(301 * hostile.MEGABYTE)
    assert refusal(path) == ("file_too_large", {"size": "301", "limit": "300"})


def test_size_limit_of_a_workbook(tmp_path: Path) -> None:
    size = hostile.good_workbook(tmp_path / "f").stat().st_size
    limits = UploadLimits(max_file_bytes=size - 1)
    expected = {"size": megabytes(size), "limit": megabytes(size - 1)}
    assert refusal(tmp_path / "f", limits=limits) == ("file_too_large", expected)
    assert inspect_upload(tmp_path / "f", "a.xlsx", UploadLimits(max_file_bytes=size)).size == size


def test_dense_data_is_fine_below_the_floor(tmp_path: Path) -> None:
    path = hostile.bomb(tmp_path / "f", 60 * hostile.MEGABYTE)
    assert inspect_upload(path, "a.xlsx", LIMITS).kind == "xlsx"
    path = hostile.bomb(tmp_path / "g", 70 * hostile.MEGABYTE)
    assert refusal(path) == ("zip_bomb", {"part": hostile.SMELTER_PART})


def test_zip_of_workbooks(tmp_path: Path) -> None:
    path = hostile.archive_of(tmp_path / "f", [("a.xlsx", hostile.good_bytes())])
    assert inspect_upload(path, "many.zip", LIMITS).kind == "zip"
    assert refusal(path, "many.xlsx") == ("not_a_spreadsheet", {"found": "ZIP"})


def test_zip_with_a_thousand_members(tmp_path: Path) -> None:
    path = hostile.archive_of(tmp_path / "f", [(f"{n}.xlsx", b"x") for n in range(1000)])
    expected = ("too_many_members", {"count": "1000", "limit": "200"})
    assert refusal(path, "many.zip") == expected


def test_huge_directory_is_refused_before_it_is_loaded(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "f", {f"{n}": "" for n in range(2500)})
    expected = ("too_many_members", {"count": "2500", "limit": "2000"})
    assert refusal(path, "many.zip") == expected


def test_real_old_files(rmi: Path) -> None:
    found = {
        path.name: refusal(path, path.name)
        for path in (rmi / "legacy").iterdir()
        if "filled" not in path.name
    }
    assert found == {
        "cmrt_2.02_column_shift.xls": ("protected_legacy_workbook", {}),
        "cmrt_2.03_encrypted.xlsx": ("encrypted_workbook", {}),
        "cmrt_3.01_protected.xls": ("protected_legacy_workbook", {}),
        "picture_named.xls": ("not_a_spreadsheet", {"found": "JPEG"}),
    }


def test_every_real_template_is_let_in(rmi: Path) -> None:
    files = [*(rmi / "templates").iterdir(), *(rmi / "cases" / "uncached").iterdir()]
    assert {inspect_upload(path, path.name, LIMITS).kind for path in files} == {"xlsx"}
