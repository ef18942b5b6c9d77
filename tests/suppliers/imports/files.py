"""Small spreadsheets for the tests of imports, and the worker's part done at once."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from accounts.models import User
from core.models import Job, JobState
from suppliers.models import ImportBatch
from suppliers.services.import_apply import apply_import
from suppliers.services.import_check import check_import
from suppliers.services.import_undo import undo_applied
from suppliers.services.imports import (
    APPLY_JOB,
    CHECK_JOB,
    UNDO_JOB,
    confirm_import,
    receive_import,
    undo_import,
)

Table = Sequence[Sequence[Any]]
WORK = {CHECK_JOB: check_import, APPLY_JOB: apply_import, UNDO_JOB: undo_applied}


def workbook(table: Table, title: str = "Data") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in table:
        sheet.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def csv_text(table: Table, separator: str = ",") -> str:
    target = io.StringIO()
    csv.writer(target, delimiter=separator).writerows(table)
    return target.getvalue()


def received(
    actor: User, content: bytes, name: str = "file.xlsx", kind: str = "suppliers"
) -> ImportBatch:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload"
        path.write_bytes(content)
        return receive_import(actor, kind, path, name)


def worked_off(batch: ImportBatch) -> ImportBatch:
    """Do what the worker would do."""
    for job in Job.objects.about(batch).filter(state=JobState.QUEUED):
        WORK[job.kind](batch.pk, job.pk)
    batch.refresh_from_db()
    return batch


def checked(
    actor: User, content: bytes, name: str = "file.xlsx", kind: str = "suppliers"
) -> ImportBatch:
    return worked_off(received(actor, content, name, kind))


def imported(
    actor: User, content: bytes, name: str = "file.xlsx", kind: str = "suppliers"
) -> ImportBatch:
    batch = checked(actor, content, name, kind)
    return worked_off(confirm_import(actor, batch.pk))


def undone(actor: User, batch: ImportBatch) -> ImportBatch:
    return worked_off(undo_import(actor, batch.pk))


def found(batch: ImportBatch) -> list[tuple[Any, ...]]:
    """Every problem as (row, column letter or cell, code)."""
    of_file = [(each.get("row"), each.get("cell", ""), each["code"]) for each in batch.problems]
    rows = batch.rows.exclude(problems=[]).order_by("number")
    return of_file + [
        (row.number, each["column"], each["code"]) for row in rows for each in row.problems
    ]
