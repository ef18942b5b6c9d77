"""What planning rows of every kind has in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.spreadsheets.headings import column_letters
from suppliers.excel.import_cells import PlacedColumn, RowReader
from suppliers.rules.cleaning import shown
from suppliers.rules.import_plan import PlannedRow, Values
from suppliers.rules.import_problems import WARNINGS
from suppliers.rules.problems import Problem

Cells = Sequence[str]
Rows = Sequence[tuple[int, Cells]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a file with the columns that are known. ``odd``: problems that the cells
    themselves have (formulas, errors), by the number of their row. ``lacking``: columns that new
    records need and the file does not have; those that a row wanted are kept in ``needed``."""

    placed: Sequence[PlacedColumn]
    rows: Rows
    reader: RowReader
    odd: Mapping[int, list[Values]] = field(default_factory=dict)
    lacking: frozenset[str] = frozenset()
    needed: set[str] = field(default_factory=set)

    @property
    def present(self) -> frozenset[str]:
        return frozenset(item.column.code for item in self.placed)

    @property
    def places(self) -> dict[str, int]:
        return {item.column.code: item.index for item in self.placed}


@dataclass(slots=True)
class ReadRow:
    """A row taken apart: ``values`` by the codes of the columns."""

    planned: PlannedRow
    cells: Cells
    values: Values
    problems: list[Problem]


def read_rows(sheet: Sheet) -> Iterator[ReadRow]:
    for number, cells in sheet.rows:
        values, problems = sheet.reader.read(cells)
        yield ReadRow(PlannedRow(number), cells, values, problems)


def add_problems(row: ReadRow, problems: Iterable[Problem], places: Mapping[str, int]) -> None:
    """With the letter of the column and what is in the cell. A cell that could not be read says
    nothing more: what follows from its missing value is no other mistake."""
    unread = {problem.field for problem in row.problems}
    for problem in problems:
        if problem.field in unread and problem not in row.problems:
            continue
        place = places.get(problem.field)
        written = "" if place is None else shown(row.cells[place].strip())
        row.planned.problems.append(
            {
                "code": problem.code,
                "params": _as_written(problem, written),
                "field": problem.field,
                "column": "" if place is None else column_letters(place),
                "value": written,
            }
        )


def _as_written(problem: Problem, written: str) -> Values:
    """The params with the value as the cell spells it: codes are compared in capitals."""
    params = dict(problem.params)
    if str(params.get("value", "")).casefold() == written.casefold() != "":
        params["value"] = written
    return params


def has_faults(planned: PlannedRow) -> bool:
    """Whether one of its problems is more than a warning."""
    return any(problem["code"] not in WARNINGS for problem in planned.problems)


def name_twins(rows: Sequence[ReadRow], keys: Sequence[Any], field_name: str, sheet: Sheet) -> None:
    """Rows about the same record name each other; ``keys`` of the rows, None for none."""
    by_key: dict[Any, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        if key is not None:
            by_key[key].append(place)
    for places in by_key.values():
        if len(places) < 2:
            continue
        first = rows[places[0]].planned.number
        for place in places:
            number = rows[place].planned.number
            other = number if place != places[0] else rows[places[1]].planned.number
            problem = Problem("row_twice", field_name, {"first": first, "second": other})
            add_problems(rows[place], [problem], sheet.places)


def settle(rows: Iterable[ReadRow], sheet: Sheet) -> list[PlannedRow]:
    """The plan: rows with a fault change nothing, odd cells are faults of their rows. That the
    file lacks a column is said once for the file, not in each row."""
    planned = [row.planned for row in rows]
    numbers = {row.number for row in planned}
    planned += [PlannedRow(number) for number in sheet.odd if number not in numbers]
    for row in planned:
        if sheet.lacking:
            _leave_out_lacking(row, sheet)
        odd = sheet.odd.get(row.number, [])
        if odd:
            fields = {problem["field"] for problem in odd}
            row.problems = [each for each in row.problems if each["field"] not in fields] + odd
        if row.problems and has_faults(row):
            row.action, row.before, row.after = "faulty", {}, {}
    return sorted(planned, key=lambda row: row.number)


def _leave_out_lacking(row: PlannedRow, sheet: Sheet) -> None:
    said = [
        problem
        for problem in row.problems
        if problem["field"] in sheet.lacking and problem["code"].endswith("_missing")
    ]
    sheet.needed.update(problem["field"] for problem in said)
    row.problems = [problem for problem in row.problems if problem not in said]
