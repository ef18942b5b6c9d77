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
    assert (found.errors, found.formulas, found.far, found.rows) == (["A1"], ["B1"], "ABD2", 2)
