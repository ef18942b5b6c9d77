"""The imported file given back with its problems at their cells, to be mended and brought again."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator
from operator import attrgetter
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from django.utils.translation import ngettext

from core.errors import DomainError
from core.spreadsheets.grid import Grid, UnreadableTable
from core.spreadsheets.headings import column_index
from core.spreadsheets.marked import (
    MOST_COMMENTS,
    ListLine,
    Remark,
    RemarkList,
    write_marked,
)
from suppliers.enums import ImportState
from suppliers.models import ImportBatch
from suppliers.rules.import_problems import WARNINGS, text_of_problem
from suppliers.selectors.import_layout import known_columns
from suppliers.selectors.import_problem_list import CELL, address_of, problem_columns, problem_lines
from suppliers.selectors.imports import (
    import_for,
    problem_line,
    rows_with_problems,
)
from suppliers.services.import_files import read_grid

if TYPE_CHECKING:
    from accounts.models import User

# A mended file comes as a new import; after that the old one is history.
MARKED_IN = (ImportState.READY, ImportState.FAULTY)
_FIRST_CELL = re.compile(r"([A-Z]{1,3})(\d+)")
_WIDEST, _NARROWEST = 60.0, 10.0


def can_be_marked(batch: ImportBatch) -> bool:
    """Whether the file could be read and something in it is to be mended or looked at."""
    return batch.state in MARKED_IN and bool(batch.counts.get("problems"))


def write_marked_file(actor: User, batch_id: int, target: IO[bytes]) -> str:
    """Write the file as an .xlsx with coloured cells, comments and a list; its name.

    In the language that is active. Errors: import_not_found, import_state, and what
    ``UnreadableTable`` says if the file cannot be read any more.
    """
    batch = import_for(actor, batch_id)
    if not can_be_marked(batch):
        raise DomainError(
            "import_state",
            N_("This is not possible now: the import is in the state “%(state)s”."),
            {"state": batch.get_state_display()},
        )
    try:
        grid = read_grid(batch)
    except UnreadableTable as error:
        raise DomainError(error.code, text_of_problem(error.code).message, error.params) from error
    remarks = heapq.merge(_of_file(batch), _of_rows(batch), key=attrgetter("row"))
    write_marked(target, grid, remarks, _list(batch), _widths(batch, grid))
    return _("%(name)s-to-correct.xlsx") % {"name": PurePath(batch.file_name).stem}


def _of_file(batch: ImportBatch) -> list[Remark]:
    """At their cell, areas at their first one; what has none stands in the list alone."""
    found = []
    for problem in batch.problems:
        place = _FIRST_CELL.match(problem.get("cell", ""))
        if place is not None and problem.get("sheet", "") in ("", batch.sheet):
            found.append(_remark(batch, problem, int(place[2]), place[1]))
    return sorted(found, key=attrgetter("row"))


def _of_rows(batch: ImportBatch) -> Iterator[Remark]:
    for row in rows_with_problems(batch).iterator(chunk_size=1_000):
        for problem in row.problems:
            yield _remark(batch, problem, row.number, problem.get("column") or "A")


def _remark(batch: ImportBatch, problem: dict[str, Any], row: int, letter: str) -> Remark:
    line = problem_line(batch, problem, row)
    parts = [line.message, line.remedy]
    if line.code == "formula_cell" and line.value:
        parts.append(_("The formula was %(formula)s.") % {"formula": line.value})
    text = "\n".join(part for part in parts if part)
    tone = "warning" if problem["code"] in WARNINGS else "error"
    return Remark(row, column_index(letter), tone, text)  # type: ignore[arg-type]


def _list(batch: ImportBatch) -> RemarkList:
    lines = (
        ListLine(address_of(line).partition(":")[0], values)
        for line, values in problem_lines(batch)
    )
    return RemarkList(
        title=_("Problems"),
        author=_("Supplier portal"),
        sentences=_sentences(batch),
        columns=problem_columns(),
        link=CELL,
        lines=lines,
    )


def _sentences(batch: ImportBatch) -> list[str]:
    counts: dict[str, int] = batch.counts.get("problems", {})
    warnings = sum(count for code, count in counts.items() if code in WARNINGS)
    errors = sum(counts.values()) - warnings
    problems = ngettext("%(count)s problem to correct", "%(count)s problems to correct", errors)
    hints = ngettext("%(count)s warning to look at", "%(count)s warnings to look at", warnings)
    sentences = [
        batch.file_name,
        f"{problems % {'count': errors}}; {hints % {'count': warnings}}",
        _("Correct the coloured cells, save the workbook and upload it again."),
        _("This sheet may stay in the file; it is not read."),
    ]
    if "formula_cell" in counts:
        sentences.append(
            _("Formulas are replaced by the value they showed last. Please look at each.")
        )
    if errors + warnings > MOST_COMMENTS:
        sentences.append(
            _("The first %(count)s coloured cells have a comment; the list names all.")
            % {"count": f"{MOST_COMMENTS:,}"}
        )
    return sentences


def _widths(batch: ImportBatch, grid: Grid) -> list[float]:
    """Those of the template; of unknown columns, what their heading needs."""
    known = known_columns(batch.kind, grid.header)
    return [
        column.width if column else min(_WIDEST, max(_NARROWEST, len(heading) + 2.0))
        for heading, column in zip(grid.header, known, strict=True)
    ]
