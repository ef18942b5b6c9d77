"""The process that reads spreadsheets: its limits, and what it says when they are reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.spreadsheets.grid import TableLimits, UnreadableTable
from core.spreadsheets.odd_cells import odd_cells
from core.spreadsheets.reading import read_spreadsheet

WORDS = {"code": "code", "name": "name"}


def written(folder: Path, text: str) -> Path:
    path = folder / "a.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_memory_and_time_end_the_reading_not_the_worker(tmp_path: Path) -> None:
    path = written(tmp_path, "code,name\n" + "A,Some name of a company\n" * 400_000)
    with pytest.raises(UnreadableTable) as stopped:
        read_spreadsheet(
            path, "csv", WORDS, TableLimits(rows=500_000, memory_bytes=90 * 1024 * 1024)
        )
    assert stopped.value.code in ("reading_memory", "reading_failed")
    with pytest.raises(UnreadableTable) as late:
        read_spreadsheet(path, "csv", WORDS, TableLimits(rows=500_000, seconds=0.05))
    assert late.value.code == "reading_timeout"


def test_too_much_text(tmp_path: Path) -> None:
    path = written(tmp_path, "code,name\n" + f"A,{'x' * 1000}\n" * 100)
    with pytest.raises(UnreadableTable) as stopped:
        read_spreadsheet(path, "csv", WORDS, TableLimits(characters=50_000))
    assert stopped.value.code == "table_too_large"


def test_rows_keep_their_numbers_and_signs(tmp_path: Path) -> None:
    path = written(tmp_path, 'title\n\ncode,name\n\nA,"two\nlines"\nB,\'=1+1\n')
    grid = read_spreadsheet(path, "csv", WORDS, TableLimits())
    assert (grid.header_row, grid.rows) == (3, [(5, ["A", "two\nlines"]), (6, ["B", "=1+1"])])


@pytest.mark.parametrize("cut", range(0, 60, 7))
def test_odd_cells_are_found_across_pieces(cut: int) -> None:
    xml = (
        b'<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1"><f>1+1</f><v>2</v></c></row>'
        b'<row r="2"><c r="C2" t="s"><v>1</v></c><c r="ABC2" s="1"/><c r="ABD2"><v>1</v></c></row>'
    )
    found = odd_cells([xml[:cut], xml[cut:]])
    assert (found.errors, found.formulas) == ({"A1": "#N/A"}, {"B1": "=1+1"})
    assert (found.far, found.rows) == ("ABD2", 2)


def test_formulas_are_told_as_their_author_sees_them() -> None:
    xml = (
        b'<c r="B2"><f t="shared" ref="B2:B4" si="0">A2&amp;$C$1</f><v>x</v></c>'
        b'<c r="B3"><f t="shared" si="0"/><v>y</v></c>'
        b'<x:c r="B4"><x:f t="shared" si="0"></x:f><x:v>z</x:v></x:c>'
        b'<c r="C4"><f>_xlfn.XLOOKUP(A1,B:B,C:C)</f><v>1</v></c>'
        b'<c r="D4" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        b'<c r="E4"><font/><v>1</v></c>'
    )
    found = odd_cells([xml])
    assert found.formulas == {
        "B2": "=A2&$C$1",
        "B3": "=A3&$C$1",
        "B4": "=A4&$C$1",
        "C4": "=XLOOKUP(A1,B:B,C:C)",
        "D4": "=1/0",
    }
    assert found.errors == {"D4": "#DIV/0!"}


def test_thousands_of_formulas_are_all_named() -> None:
    pieces = [f'<c r="A{n}"><f>B{n}</f><v>1</v></c>'.encode() for n in range(1, 20_001)]
    found = odd_cells([b"".join(pieces[start : start + 500]) for start in range(0, 20_000, 500)])
    assert len(found.formulas) == 20_000
    assert found.formulas["A20000"] == "=B20000"
