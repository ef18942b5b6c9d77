"""Sheets as grids of values, read with python-calamine (values only)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import python_calamine

from core.uploads.compound import DamagedCompound, is_encrypted_stream, read_compound
from minerals.excel.addresses import column_index, position
from minerals.excel.blank_cells import Blanks, blank_cells, has_macros
from minerals.excel.errors import UnreadableWorkbook

_DAMAGED = (
    python_calamine.CalamineError,
    python_calamine.PasswordError,
    python_calamine.ZipError,
    python_calamine.XmlError,
    OSError,
    ValueError,
)


class Grid:
    """One sheet; rows and columns are zero-based, anything outside is empty (``""``)."""

    def __init__(
        self, name: str, rows: list[list[Any]], blanks: dict[tuple[int, int], str] | None = None
    ) -> None:
        self.name = name
        self.rows = rows
        for (row, column), text in (blanks or {}).items():
            if row < len(rows) and column < len(rows[row]):
                rows[row][column] = rows[row][column] or text
            elif row < 10_000 and column < 100:
                self._extend(row, column)
                rows[row][column] = text

    def _extend(self, row: int, column: int) -> None:
        """Blanks right of and below the last value lie outside the grid of the library."""
        while len(self.rows) <= row:
            self.rows.append([])
        line = self.rows[row]
        line.extend([""] * (column + 1 - len(line)))

    def at(self, row: int, column: int) -> Any:
        if 0 <= row < len(self.rows):
            line = self.rows[row]
            if column < len(line):
                return line[column]
        return ""

    def value(self, address: str) -> Any:
        return self.at(*position(address))

    def text(self, address: str) -> str:
        """Trimmed text of a cell, ``""`` when it holds no text."""
        value = self.value(address)
        return value.strip() if isinstance(value, str) else ""

    def column(self, letters: str) -> int:
        return column_index(letters)


class Book:
    """An open workbook; sheets are read when asked for, once, by name in any case."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._workbook = _open(path)
        self._names = {name.strip().lower(): name for name in self._workbook.sheet_names}
        self._grids: dict[str, Grid] = {}
        self._blanks: Blanks = {}

    @property
    def names(self) -> list[str]:
        return list(self._workbook.sheet_names)

    def has(self, name: str) -> bool:
        return name.lower() in self._names

    def find_blanks(self, names: list[str]) -> None:
        """Look up the cells of these sheets that hold only blanks; call before reading them."""
        real = [self._names[name.lower()] for name in names if self.has(name)]
        self._blanks = blank_cells(self.path, real)
        for name in real:
            if name in self._blanks:
                self._grids.pop(name, None)

    def sheet(self, name: str) -> Grid:
        """The sheet; UnreadableWorkbook ``sheet_missing`` when there is none of that name."""
        real = self._names.get(name.lower())
        if real is None:
            raise UnreadableWorkbook("sheet_missing", {"sheet": name})
        if real not in self._grids:
            try:
                rows = self._workbook.get_sheet_by_name(real).to_python(skip_empty_area=False)
            except _DAMAGED as problem:
                raise UnreadableWorkbook("not_a_workbook", {"detail": real}) from problem
            self._grids[real] = Grid(name, rows, self._blanks.get(real))
        return self._grids[real]

    def has_macros(self) -> bool:
        return has_macros(self.path)


def _open(path: Path) -> python_calamine.CalamineWorkbook:
    try:
        return python_calamine.CalamineWorkbook.from_object(path.open("rb"))
    except _DAMAGED as problem:
        raise UnreadableWorkbook(_reason(path)) from problem


def _reason(path: Path) -> str:
    """Why a workbook does not open; the library does not tell when it has to guess the format.

    Old .xls files with a protected structure are encrypted too, but Excel needs no password.
    """
    try:
        names, head = read_compound(path)
    except DamagedCompound:
        return "not_a_workbook"
    if "EncryptedPackage" in names:
        return "encrypted_workbook"
    return "protected_legacy_workbook" if is_encrypted_stream(head) else "not_a_workbook"
