"""Where the lists of a form stand: filled from its layout, so that rules name the right cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# Old forms have fewer columns: what is missing is written, and corrected, in these instead.
_INSTEAD = {"cid_input": "cid", "cid": "cid_input", "lookup": "name"}


@dataclass(frozen=True, slots=True)
class Table:
    """A list on a sheet of its own: worksheet rows (from 1) and the column of each field."""

    sheet: str = ""
    first_row: int = 1
    columns: Mapping[str, str] = field(default_factory=dict)
    last_row: int = 1_048_576

    def cell(self, name: str, row: int | None = None) -> str:
        """The cell of a field like ``Smelter List!C9``; without ``row`` in the first row.

        The sheet alone where the form has no such column.
        """
        column = self.columns.get(name) or self.columns.get(_INSTEAD.get(name, ""), "")
        return f"{self.sheet}!{column}{row or self.first_row}" if column else self.sheet


@dataclass(frozen=True, slots=True)
class Tables:
    """The lists of one form; an empty table for one it does not have."""

    smelters: Table = Table()
    products: Table = Table()
    mines: Table = Table()
