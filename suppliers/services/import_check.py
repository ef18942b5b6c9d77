"""Checks an imported file: every problem at once, and what would happen. Run by the worker."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_noop as N_

from core import clock
from core.bulk_insert import insert_rows
from core.services.activity import record_activity
from core.services.jobs import fail_job, finish_job, report_progress, start_job
from core.spreadsheets.grid import Grid, UnreadableTable
from core.spreadsheets.headings import column_index
from suppliers.enums import ImportState
from suppliers.excel.import_cells import PlacedColumn, RowReader
from suppliers.excel.import_columns import SUPPLIERS, ImportColumn
from suppliers.models import ImportBatch, ImportRow
from suppliers.rules.cleaning import shown
from suppliers.rules.import_plan import PlannedRow, Values
from suppliers.rules.import_problems import WARNINGS
from suppliers.selectors.import_layout import choice_words
from suppliers.services.import_bulk import collection_paused
from suppliers.services.import_files import kind_of_stored, read_grid
from suppliers.services.import_headings import Headings, problems_of, read_headings
from suppliers.services.import_related_rows import plan_related
from suppliers.services.import_rows import Sheet
from suppliers.services.import_supplier_rows import plan_suppliers

PORTION = 5_000
READ, PLANNED = 25, 60
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d+)")


def check_import(batch_id: int, job_id: UUID) -> None:
    """Read the file and store what each row would do. Safe to run twice."""
    job = start_job(job_id)
    if job is None:
        return
    batch = ImportBatch.objects.select_related("owner").get(pk=batch_id)
    if batch.state != ImportState.CHECKING:
        finish_job(job_id)
        return
    # Words that are kept with a problem are those of the person who will read them.
    with translation.override(batch.owner.language or "en"):
        report_progress(job_id, 2, N_("Reading the file"), total=100)
        try:
            grid = read_grid(batch)
        except UnreadableTable as error:
            _end_unreadable(batch, job_id, error)
            return
        report_progress(job_id, READ, N_("Checking the rows"))
        with collection_paused():
            _check(batch, grid, job_id)
    finish_job(job_id, **batch.counts)


def give_up_check(batch_id: int, job_id: UUID) -> None:
    """Something failed that nobody foresaw; the file can be checked again."""
    problem = {"code": "reading_failed", "params": {}}
    with transaction.atomic():
        found = ImportBatch.objects.filter(pk=batch_id, state=ImportState.CHECKING)
        if found.update(state=ImportState.UNREADABLE, problems=[problem]):
            fail_job(job_id, "import_check_failed", N_("The file could not be checked."))


def _end_unreadable(batch: ImportBatch, job_id: UUID, error: UnreadableTable) -> None:
    problem = {
        "code": error.code,
        "params": error.params,
        "sheet": error.params.get("sheet", ""),
        "cell": error.params.get("cell", ""),
    }
    batch.problems, batch.counts = [problem], {}
    _end(batch, ImportState.UNREADABLE)
    finish_job(job_id)


def _check(batch: ImportBatch, grid: Grid, job_id: UUID) -> None:
    headings = read_headings(batch.kind, grid)
    batch.sheet = grid.sheet[:64]
    batch.columns = [item.column.code for item in headings.placed]
    rows, needed = _plan(batch, grid, headings)
    report_progress(job_id, PLANNED, N_("Keeping the result"))
    _store(batch, rows, job_id)
    problems = [*problems_of(headings, needed), *_of_sheet(grid)]
    batch.problems = problems
    batch.counts = _counts(rows, problems)
    faulty = batch.counts["faulty"] or any(each["code"] not in WARNINGS for each in problems)
    _end(batch, ImportState.FAULTY if faulty else ImportState.READY)


def _end(batch: ImportBatch, state: ImportState) -> None:
    batch.state, batch.checked_at = state, clock.now()
    with transaction.atomic():
        batch.save()
        record_activity(batch.owner, "import.checked", batch, state=str(state))


def _plan(
    batch: ImportBatch, grid: Grid, headings: Headings
) -> tuple[list[PlannedRow], Collection[str]]:
    """What the rows do, and the missing columns that they need. No rows where it cannot be told
    which records they are about."""
    if headings.cannot_name_records:
        return [], ()
    placed = headings.placed
    reader = RowReader(
        placed, choice_words(batch.kind), serial_dates=kind_of_stored(batch) != "csv"
    )
    sheet = Sheet(placed, grid.rows, reader, _odd(grid, placed), headings.lacking)
    if batch.kind == SUPPLIERS:
        return plan_suppliers(batch.owner, sheet), sheet.needed
    return plan_related(batch.kind, batch.owner, sheet), sheet.needed


def _of_sheet(grid: Grid) -> list[Values]:
    problems = [
        {"code": "merged_cells", "params": {}, "sheet": grid.sheet, "cell": area}
        for area in grid.merged
    ]
    if grid.stray:
        problems.append(
            {
                "code": "column_without_heading",
                "params": {},
                "sheet": grid.sheet,
                "cell": next(iter(grid.stray)),
            }
        )
    problems += [
        {"code": "other_sheet_left_out", "params": {"sheet": name}, "sheet": name, "cell": ""}
        for name in grid.other_sheets
    ]
    if not grid.rows and not grid.formulas and not grid.errors:
        problems.append({"code": "empty_sheet", "params": {}, "sheet": grid.sheet, "cell": ""})
    return problems


def _odd(grid: Grid, placed: Iterable[PlacedColumn]) -> dict[int, list[Values]]:
    """Formulas and errors below the headings, in columns that are taken in."""
    columns: dict[int, ImportColumn] = {item.index: item.column for item in placed}
    found: dict[int, list[Values]] = defaultdict(list)
    for code, cells in (("formula_cell", grid.formulas), ("error_cell", grid.errors)):
        for address, text in cells.items():
            match = _ADDRESS.fullmatch(address)
            if match is None or int(match[2]) <= grid.header_row:
                continue
            column = columns.get(column_index(match[1]))
            if column is not None:
                problem: dict[str, Any] = {"code": code, "params": {}, "field": column.code}
                found[int(match[2])].append(problem | {"column": match[1], "value": shown(text)})
    return found


def _store(batch: ImportBatch, rows: list[PlannedRow], job_id: UUID) -> None:
    """In portions, so that the database is never held for long."""
    batch.rows.all().delete()
    for start in range(0, len(rows), PORTION):
        part = rows[start : start + PORTION]
        insert_rows(
            ImportRow,
            ("batch", "number", "action", "key", "target", "before", "after", "problems"),
            (
                (
                    batch.pk,
                    row.number,
                    row.action,
                    row.key[:120],
                    row.target,
                    row.before,
                    row.after,
                    row.problems,
                )
                for row in part
            ),
        )
        done = PLANNED + (100 - PLANNED) * (start + len(part)) // (len(rows) + 1)
        report_progress(job_id, done, N_("Keeping the result"))


def _counts(rows: list[PlannedRow], problems: list[Values]) -> dict[str, Any]:
    actions = Counter(row.action for row in rows)
    codes = Counter(problem["code"] for row in rows for problem in row.problems)
    codes.update(problem["code"] for problem in problems)
    return {
        **{action: actions.get(action, 0) for action in ("create", "change", "same", "faulty")},
        "problems": dict(codes.most_common()),
    }
