"""The scan of a sheet gives the same answer however the data is cut into pieces."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from minerals.excel.sheet_scan import (
    Oversize,
    ScanTimeout,
    claims_too_much,
    column_number,
    find_oversize,
    find_text_user,
)


def cut(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


def later() -> float:
    return time.monotonic() + 60


SIZES = [1, 7, 1000, 65536]
FAR = b'<sheetData><row r="5"><c r="A5"><v>1</v></c><c t="s" r="ZZZ5"><v>1</v></c></row>'
COUNTED = b"<row/>" * 100_000 + b"<row><c/><c><v>1</v></c></row>"
BLANK = b'<row r="1048576"><c r="XFD1048576" s="3"/><c r="XFE1" s="1"></c></row>'
PREFIXED = b"<x:row r='9'><x:c r='BZZ9'><x:is><x:t>a</x:t></x:is></x:c></x:row>"
COLUMNS = b'<cols><col min="1" max="16384"/></cols><row r="2"><c r="B2"><v>1</v></c></row>'


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (FAR, Oversize("sheet", "ZZZ5")),
        (PREFIXED, Oversize("sheet", "BZZ9")),
        (BLANK, None),
        (COLUMNS, None),
        (b"<v>" + b"a" * 900_000, None),
        (b"", None),
    ],
)
def test_far_cells(data: bytes, expected: Oversize | None, size: int) -> None:
    # Room behind the tag, as any real sheet has.
    assert find_oversize(cut(data + b"<x/>" * 10, size), later()) == expected


@pytest.mark.parametrize("size", [7, 65536])
def test_rows_without_references_are_counted(size: int) -> None:
    assert find_oversize(cut(COUNTED, size), later()) == Oversize("sheet", "A100001")


@pytest.mark.parametrize("size", [1000, 65536])
def test_long_text_is_told_by_its_place(size: int) -> None:
    texts = b"<sst><si><t>a</t></si><si><t>b</t></si><si><t>" + b"x" * 1_200_000 + b"</t></si>"
    assert find_oversize(cut(texts, size), later()) == Oversize("cell", "", 2)
    sheet = b'<row r="3"><c r="C3" t="inlineStr"><is><t>' + b"x" * 1_200_000 + b"</t></is></c>"
    assert find_oversize(cut(sheet, size), later()) == Oversize("cell", "C3", -1)


@pytest.mark.parametrize("size", SIZES)
def test_user_of_a_shared_text(size: int) -> None:
    sheet = (
        b'<c r="A1"><v>12</v></c><c r="B2" t="s"><v>1</v></c><c t="s" r="C3"><f>x</f><v>12</v></c>'
    )
    assert find_text_user(cut(sheet, size), 12, later()) == "C3"
    assert find_text_user(cut(sheet, size), 2, later()) == ""


def test_deadline() -> None:
    with pytest.raises(ScanTimeout):
        find_oversize(iter([b"<row>"]), time.monotonic() - 1)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b'<dimension ref="A1:XFD1048576"/>', True),
        (b'<dimension ref="A1:Z2504"/>', False),
        (b'<x:dimension ref="A1:CV100001"/>', True),
        (b'<dimension ref="A1:ALL90000"/>', True),
        (b'<dimension ref="A1"/>', False),
        (b'<dimension ref=""/>', False),
        (b"<sheetData>", False),
    ],
)
def test_claimed_dimension(head: bytes, expected: bool) -> None:
    assert claims_too_much(head) is expected


@pytest.mark.parametrize(
    ("letters", "number"), [("A", 1), ("Z", 26), ("AA", 27), ("XFD", 16384), ("", 0)]
)
def test_columns(letters: str, number: int) -> None:
    assert column_number(letters) == number
