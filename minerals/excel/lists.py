"""The lists of a workbook: smelters, look-up, products, mines, minerals scope."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any, TypeVar

from minerals.excel.addresses import column_index, join_cell
from minerals.excel.entries import Cleaner
from minerals.excel.grid import Grid
from minerals.rules.declaration import (
    LookupEntry,
    MineRow,
    Note,
    ProductRow,
    ScopeReason,
    SmelterRow,
)
from minerals.rules.tables import Table

Record = TypeVar("Record")
_ROWS_BEYOND = 5_000  # as many rows below the form's last one are kept
SMELTER_FIELDS = tuple(item.name for item in fields(SmelterRow) if item.name != "row")


def smelter_rows(grid: Grid, table: Table, cleaner: Cleaner) -> tuple[SmelterRow, ...]:
    """Every row that says something; gaps between rows are legal and skipped.

    Rows below the last one of the form are kept too: they are noted, not dropped.
    """
    longer = replace(table, last_row=table.last_row + _ROWS_BEYOND)
    return tuple(_records(grid, longer, cleaner, SmelterRow))


def product_rows(grid: Grid, table: Table, cleaner: Cleaner) -> tuple[ProductRow, ...]:
    """Products by row; a product may be called 0, unlike anything in the other lists.

    The copyright line below the last row of the form is no product.
    """
    rows = _records(grid, table, cleaner, ProductRow, {"number": ""}, zeros=True)
    return tuple(row for row in rows if row.name or not row.number.startswith("©"))


def mine_rows(grid: Grid, table: Table, cleaner: Cleaner) -> tuple[MineRow, ...]:
    return tuple(_records(grid, table, cleaner, MineRow))


def scope_reasons(grid: Grid, table: Table, cleaner: Cleaner) -> tuple[ScopeReason, ...]:
    empty = {"mineral": "", "reason": ""}
    return tuple(_records(grid, table, cleaner, ScopeReason, empty))


def lookup_entries(grid: Grid, table: Table, cleaner: Cleaner) -> tuple[LookupEntry, ...]:
    """The look-up rows that name a metal; the AMRT leaves it empty for unused "Other" slots."""
    fields = ("metal", "name", "standard_name", "country", "cid", "source", "city", "state")
    empty = dict.fromkeys(fields, "")
    return tuple(
        entry
        for entry in _records(grid, table, cleaner, LookupEntry, empty)
        if entry.metal and entry.name
    )


def rows_beyond(grid: Grid, table: Table) -> Note | None:
    """Rows below the last one the form knows: nothing in the form looks at them."""
    indexes = [column_index(letters) for letters in table.columns.values()]
    beyond = [
        number
        for number in range(table.last_row, len(grid.rows))
        if any(grid.at(number, column) not in ("", 0) for column in indexes)
    ]
    if not beyond:
        return None
    cell = join_cell(grid.name, beyond[0], min(indexes))
    return Note("rows_beyond_form", cell, {"count": str(len(beyond)), "last": str(table.last_row)})


def _records(
    grid: Grid,
    table: Table,
    cleaner: Cleaner,
    make: Callable[..., Record],
    defaults: dict[str, str] | None = None,
    zeros: bool = False,
) -> Iterator[Record]:
    columns = [(name, column_index(letters)) for name, letters in table.columns.items()]
    first = table.first_row - 1
    for number, row in enumerate(grid.rows[first : table.last_row], start=first):
        if values := _values(grid, number, row, columns, cleaner, zeros):
            yield make(row=number + 1, **({**defaults, **values} if defaults else values))


def _values(
    grid: Grid,
    number: int,
    row: list[Any],
    columns: list[tuple[str, int]],
    cleaner: Cleaner,
    zeros: bool,
) -> dict[str, str]:
    """The texts of one row by field, without the empty ones.

    Empty cells of the look-up show as the number 0 in the columns the form fills itself.
    """
    width = len(row)
    values: dict[str, str] = {}
    for name, column in columns:
        if column < width and ((value := row[column]) or (zeros and value == 0)):
            if type(value) is str and len(value) < 1000 and value.isprintable():
                values[name] = value
            elif text := cleaner.text(join_cell(grid.name, number, column), value):
                values[name] = text
    return values
