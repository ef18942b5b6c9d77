"""The headings of an imported file: which columns they are, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from django.utils.translation import gettext

from core.spreadsheets.grid import Grid
from core.spreadsheets.headings import column_letters, heading_key
from suppliers.excel.import_cells import PlacedColumn
from suppliers.excel.import_columns import COLUMNS, ImportColumn
from suppliers.rules.heading_resemblance import resembling
from suppliers.rules.import_plan import Values
from suppliers.selectors.import_layout import known_headings


@dataclass(slots=True)
class Headings:
    """``placed``: the known columns of the file; ``unknown``: other headings by their index."""

    kind: str
    grid: Grid
    placed: list[PlacedColumn] = field(default_factory=list)
    unknown: dict[int, str] = field(default_factory=dict)
    twice: list[Values] = field(default_factory=list)

    @property
    def present(self) -> set[str]:
        return {item.column.code for item in self.placed}

    @property
    def cannot_name_records(self) -> list[ImportColumn]:
        """Columns that are missing and without which no row says what it is about."""
        return [one for one in COLUMNS[self.kind] if one.names_record and self._lacks(one)]

    @property
    def lacking(self) -> frozenset[str]:
        """Columns that are missing and that new records need."""
        return frozenset(
            one.code for one in COLUMNS[self.kind] if one.required and self._lacks(one)
        )

    def _lacks(self, column: ImportColumn) -> bool:
        return column.code not in self.present


def read_headings(kind: str, grid: Grid) -> Headings:
    known = known_headings(kind)
    found = Headings(kind, grid)
    places: dict[str, int] = {}
    for index, heading in enumerate(grid.header):
        column = known.get(heading_key(heading))
        if column is None:
            if heading:
                found.unknown[index] = heading[:60]
        elif column.code in places:
            found.twice.append(_twice(grid, column, places[column.code], index))
        else:
            places[column.code] = index
            found.placed.append(PlacedColumn(index, column))
    return found


def problems_of(headings: Headings, needed: Collection[str]) -> list[Values]:
    """Each missing column once, with the heading that may be meant by it, then the others that
    are not known. ``needed``: columns that rows could not do without."""
    missing = [one for one in COLUMNS[headings.kind] if one.code in needed]
    missing = [*headings.cannot_name_records, *missing]
    meant = _meant(headings, dict.fromkeys(one.code for one in missing))
    wrong = {code: index for index, code in meant.items()}
    problems = [_missing(headings, column, wrong.get(column.code)) for column in missing]
    others = _resembling(headings, headings.unknown.keys() - meant.keys())
    problems += [
        _unknown(headings, index, heading, others.get(index))
        for index, heading in headings.unknown.items()
        if index not in meant
    ]
    return [*headings.twice, *problems]


def _meant(headings: Headings, missing: Collection[str]) -> dict[int, str]:
    """Unknown headings that stand for a missing column: by their words, else by standing where
    the template has it."""
    found: dict[int, str] = {}
    for index, code in _resembling(headings, headings.unknown).items():
        if code in missing and code not in found.values():
            found[index] = code
    order = [column.code for column in COLUMNS[headings.kind]]
    for code in missing:
        place = order.index(code)
        if code not in found.values() and place in headings.unknown and place not in found:
            found[place] = code
    return found


def _resembling(headings: Headings, places: Collection[int]) -> dict[int, str]:
    """The code of the column, not in the file yet, that each of the unknown headings is like."""
    absent = {
        key: column.code
        for key, column in known_headings(headings.kind).items()
        if column.code not in headings.present
    }
    alike = {place: resembling(heading_key(headings.unknown[place]), absent) for place in places}
    return {place: absent[key] for place, key in alike.items() if key is not None}


def _missing(headings: Headings, column: ImportColumn, wrong: int | None) -> Values:
    params: Values = {"column": gettext(column.label)}
    if wrong is None:
        code = "column_missing" if column.names_record else "column_needed"
        return _problem(headings.grid, code, params) | {"field": column.code}
    letter = column_letters(wrong)
    params |= {
        "heading": headings.unknown[wrong],
        "cell": f"{letter}{headings.grid.header_row}",
    }
    return _problem(headings.grid, "column_misnamed", params, letter) | {"field": column.code}


def _unknown(headings: Headings, index: int, heading: str, like: str | None) -> Values:
    letter = column_letters(index)
    if like is None:
        return _problem(headings.grid, "column_unknown", {"column": heading}, letter)
    label = next(one.label for one in COLUMNS[headings.kind] if one.code == like)
    params = {"column": gettext(label), "heading": heading}
    return _problem(headings.grid, "column_resembles", params, letter) | {"field": like}


def _twice(grid: Grid, column: ImportColumn, first: int, second: int) -> Values:
    letter = column_letters(second)
    params = {
        "column": gettext(column.label),
        "first": column_letters(first),
        "second": letter,
    }
    return _problem(grid, "column_twice", params, letter) | {"field": column.code}


def _problem(grid: Grid, code: str, params: Values, letter: str = "") -> Values:
    cell = f"{letter}{grid.header_row}" if letter else ""
    return {"code": code, "params": params, "sheet": grid.sheet, "cell": cell}
