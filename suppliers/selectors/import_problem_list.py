"""The problems of an import as columns and rows of a file."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column
from suppliers.models import ImportBatch
from suppliers.selectors.imports import (
    ProblemLine,
    file_problems,
    row_problems,
    rows_with_problems,
)

# The column with the address of the cell.
CELL = 3


def problem_columns() -> list[Column]:
    return [
        Column(_("Kind"), 12),
        Column(_("Sheet"), 18),
        Column(_("Row"), 8),
        Column(_("Cell"), 10),
        Column(_("Column"), 24),
        Column(_("Value"), 30),
        Column(_("What is wrong"), 50),
        Column(_("What to do"), 50),
    ]


def problem_lines(batch: ImportBatch) -> Iterator[tuple[ProblemLine, list[Value]]]:
    """Each problem with its row of ``problem_columns``: those of the file first."""
    for line in file_problems(batch):
        yield line, _row(batch, line)
    for row in rows_with_problems(batch).iterator(chunk_size=1_000):
        for line in row_problems(batch, row):
            yield line, _row(batch, line)


def address_of(line: ProblemLine) -> str:
    """``C7`` or ``C7:D9``; empty for what has no cell."""
    return line.place.rpartition("!")[2] if "!" in line.place else ""


def _row(batch: ImportBatch, line: ProblemLine) -> list[Value]:
    return [
        _("Warning") if line.is_warning else _("Error"),
        batch.sheet,
        line.row,
        address_of(line),
        line.column,
        line.value,
        line.message,
        line.remedy,
    ]
