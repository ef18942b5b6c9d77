"""What was read from a spreadsheet: one table of texts, and what was odd in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

TableKind = Literal["xlsx", "xlsm", "csv", "xml"]


@dataclass(slots=True)
class Grid:
    """``header_row`` and the numbers of rows count from 1; ``above``: the rows before the
    headings; ``rows``: number and cells, without rows that are empty; ``formulas`` and ``errors``:
    what cells show by their address; ``merged``: areas; ``stray``: cells with content right of the
    last heading, by address; ``encoding`` of CSV."""

    sheet: str
    header_row: int
    header: list[str]
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    above: list[list[str]] = field(default_factory=list)
    formulas: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    other_sheets: list[str] = field(default_factory=list)
    stray: dict[str, str] = field(default_factory=dict)
    encoding: str = ""


class UnreadableTable(Exception):
    """The file holds no table that can be read. ``code``: empty_sheet, header_missing,
    too_many_rows, cell_far_out, encoding_unknown, csv_broken, table_too_large, reading_timeout,
    reading_memory, reading_failed, damaged_archive, encrypted_workbook, and for XML xml_entities,
    xml_broken, not_spreadsheet_xml."""

    def __init__(self, code: str, params: dict[str, str] | None = None) -> None:
        self.code = code
        self.params = params or {}
        super().__init__(code, self.params)


@dataclass(frozen=True, slots=True)
class TableLimits:
    """``rows`` of data; bytes of address space and seconds of the reading process; all
    characters of the table together."""

    rows: int = 60_000
    memory_bytes: int = 1200 * 1024 * 1024
    seconds: float = 60.0
    characters: int = 100_000_000
