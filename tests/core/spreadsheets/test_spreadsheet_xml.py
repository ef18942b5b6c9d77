"""SpreadsheetML 2003: gaps, missing data, and everything an honest file does not have."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.spreadsheets.grid import Grid, TableLimits, UnreadableTable
from core.spreadsheets.reading import read_spreadsheet

WORDS = {"code": "code", "name": "name", "day": "day"}
SPACE = "urn:schemas-microsoft-com:office:spreadsheet"


def book(*sheets: str, prolog: str = '<?xml version="1.0"?>') -> str:
    body = "".join(
        f'<Worksheet ss:Name="S{number}"><Table>{rows}</Table></Worksheet>'
        for number, rows in enumerate(sheets, start=1)
    )
    return f'{prolog}<Workbook xmlns="{SPACE}" xmlns:ss="{SPACE}">{body}</Workbook>'


def row(*cells: str, index: int = 0) -> str:
    place = f' ss:Index="{index}"' if index else ""
    return f"<Row{place}>{''.join(cells)}</Row>"


def cell(text: str, index: int = 0, kind: str = "String") -> str:
    place = f' ss:Index="{index}"' if index else ""
    return f'<Cell{place}><Data ss:Type="{kind}">{text}</Data></Cell>'


HEADER = row(cell("Code"), cell("Name"), cell("Day"))


def read(folder: Path, text: str, encoding: str = "utf-8", **limits: int) -> Grid:
    path = folder / "a.xml"
    path.write_bytes(text.encode(encoding))
    return read_spreadsheet(path, "xml", WORDS, TableLimits(**limits))


def refused(folder: Path, text: str, encoding: str = "utf-8", **limits: int) -> str:
    with pytest.raises(UnreadableTable) as stopped:
        read(folder, text, encoding, **limits)
    return stopped.value.code


def test_cells_and_rows_left_out_shift_nothing(tmp_path: Path) -> None:
    grid = read(
        tmp_path,
        book(
            HEADER
            + row(cell("A"), cell("2025-03-01", index=3))
            + row(cell("only a name", index=2), index=7)
            + row("<Cell/>", "<Cell ss:StyleID='s1'></Cell>", cell("late"))
            + row(cell("last"), "<Cell ss:MergeAcross='1'/>", cell("outside"))
        ),
    )
    assert grid.header == ["Code", "Name", "Day"]
    assert grid.rows == [
        (2, ["A", "", "2025-03-01"]),
        (7, ["", "only a name", ""]),
        (8, ["", "", "late"]),
        (9, ["last", "", ""]),
    ]
    assert grid.stray == {"D9": "outside"}


def test_texts_in_pieces_dates_and_notes(tmp_path: Path) -> None:
    note = '<Comment ss:Author="x"><ss:Data>not this</ss:Data></Comment>'
    rich = (
        '<Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">Tin &amp; '
        f"<B>Lead</B></ss:Data>{note}</Cell>"
    )
    grid = read(
        tmp_path,
        book(HEADER + row(cell("A"), rich, cell("2025-03-01T00:00:00.000", kind="DateTime"))),
    )
    assert grid.rows == [(2, ["A", "Tin & Lead", "2025-03-01"])]


def test_first_sheet_with_known_headings(tmp_path: Path) -> None:
    about = row(cell("About this list")) + row(cell("made"), cell("today"))
    grid = read(tmp_path, book(about, row(cell("A title")) + HEADER + row(cell("A")), HEADER))
    assert (grid.sheet, grid.header_row, grid.rows) == ("S2", 2, [(3, ["A", "", ""])])
    assert grid.other_sheets == ["S3"]


def test_without_known_words_the_first_full_row_is_the_heading(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(book(row(cell("Title")) + row(cell("Foo"), cell("Bar")) + row(cell("1"))))
    grid = read_spreadsheet(path, "xml", {}, TableLimits())
    assert (grid.header, grid.rows) == (["Foo", "Bar"], [(3, ["1", ""])])


@pytest.mark.parametrize(
    "prolog",
    [
        '<?xml version="1.0"?><!DOCTYPE Workbook>',
        '<?xml version="1.0"?><!DOCTYPE Workbook SYSTEM "http://example.test/a.dtd">',
        '<!DOCTYPE W [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE W [<!ENTITY f SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_document_types_end_the_reading(tmp_path: Path, prolog: str) -> None:
    text = book(HEADER + row(cell("A")), prolog=prolog)
    assert refused(tmp_path, text) == "xml_entities"


def test_an_entity_that_nobody_declared(tmp_path: Path) -> None:
    assert refused(tmp_path, book(HEADER + row(cell("&secret;")))) == "xml_broken"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (book(HEADER)[:-20], "xml_broken"),
        ("<html><body><table/></body></html>", "not_spreadsheet_xml"),
        ("<Workbook><Worksheet/></Workbook>", "not_spreadsheet_xml"),
        (book(""), "empty_sheet"),
        (book(row(cell("x"), cell("y"))), "header_missing"),
        (book(HEADER + row(cell("far", index=5000))), "cell_far_out"),
        (book(HEADER + row(cell("deep"), index=9_000_000)), "too_many_rows"),
        ('<?xml version="1.0" encoding="klingon"?>' + book(HEADER, prolog=""), "encoding_unknown"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, text: str, code: str) -> None:
    assert refused(tmp_path, text) == code


def test_limits(tmp_path: Path) -> None:
    text = book(HEADER + "".join(row(cell(f"A{number}")) for number in range(60)))
    assert refused(tmp_path, text, rows=20) == "too_many_rows"
    assert refused(tmp_path, text, characters=30) == "table_too_large"
    assert len(read(tmp_path, text).rows) == 60


def test_other_encodings(tmp_path: Path) -> None:
    text = book(HEADER + row(cell("锡")), prolog="")
    assert read(tmp_path, text, "utf-16").rows == [(2, ["锡", "", ""])]
    prolog = '<?xml version="1.0" encoding="iso-8859-1"?>'
    western = book(HEADER + row(cell("Größe")), prolog=prolog)
    assert read(tmp_path, western, "latin-1").rows == [(2, ["Größe", "", ""])]
