"""Cell addresses: ``Smelter List!C9`` for people, zero-based (row, column) for the reader."""

from __future__ import annotations

import re
from functools import lru_cache

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_MAX_ROW = 1_048_576
_MAX_COLUMN = 16_384


@lru_cache(maxsize=4096)
def position(address: str) -> tuple[int, int]:
    """``D26`` as zero-based (row, column); ValueError when it is no address."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise ValueError(f"{address!r} is not a cell address")
    row = int(found[2])
    if row > _MAX_ROW:
        raise ValueError(f"{address!r} is below the last row")
    return row - 1, column_index(found[1])


@lru_cache(maxsize=256)
def column_index(letters: str) -> int:
    """``A`` is 0, ``AB`` is 27; ValueError when there is no such column."""
    if not re.fullmatch("[A-Z]{1,3}", letters):
        raise ValueError(f"{letters!r} is not a column")
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    if number > _MAX_COLUMN:
        raise ValueError(f"{letters!r} is right of the last column")
    return number - 1


@lru_cache(maxsize=256)
def column_letters(index: int) -> str:
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def split_cell(cell: str) -> tuple[str, str]:
    """``Smelter List!C9`` as (sheet, address)."""
    sheet, separator, address = cell.rpartition("!")
    if not separator or not sheet:
        raise ValueError(f"{cell!r} names no sheet")
    position(address)
    return sheet, address


def join_cell(sheet: str, row: int, column: int) -> str:
    """The address for people of the zero-based (row, column)."""
    return f"{sheet}!{column_letters(column)}{row + 1}"
