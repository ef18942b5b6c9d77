"""Reads of imports shared by pages, API and tasks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as N_

from core.errors import NotFound
from core.models import Job
from suppliers.enums import ImportState, RegistrationKind
from suppliers.excel.import_columns import columns_of
from suppliers.models import ImportBatch, ImportRow
from suppliers.rules.import_problems import WARNINGS, text_of_problem
from suppliers.selectors.day_words import day_words
from suppliers.selectors.import_layout import label_of

if TYPE_CHECKING:
    from accounts.models import User
    from suppliers.models.imports import ImportBatchQuerySet


def imports_for(actor: User) -> ImportBatchQuerySet:
    """One's own, newest first; administrators see all."""
    return ImportBatch.objects.visible_to(actor)


def import_for(actor: User, batch_id: int, *, locked: bool = False) -> ImportBatch:
    """NotFound when there is none or the actor may not see it."""
    rows = imports_for(actor).filter(pk=batch_id)
    found = (rows.select_for_update() if locked else rows.select_related("owner")).first()
    if found is None:
        raise NotFound("import_not_found", N_("There is no such import."))
    return found


def newest_job(batch: ImportBatch) -> Job | None:
    """The job that checks, imports or undoes it, or did so last."""
    return Job.objects.about(batch).order_by("-created_at").first()


def can_be_undone(batch: ImportBatch, now: dt.datetime) -> bool:
    """Whether it is recent enough and what was there before is still kept."""
    if batch.state != ImportState.IMPORTED or now > undo_ends_at(batch):
        return False
    return batch.rows.exists()


def undo_ends_at(batch: ImportBatch) -> dt.datetime:
    """The last moment at which an import can be undone."""
    begin = batch.imported_at or batch.created_at
    return begin + dt.timedelta(days=settings.IMPORT_UNDO_DAYS)


def rows_with_problems(batch: ImportBatch, code: str = "") -> QuerySet[ImportRow]:
    """Rows with any problem or warning; ``code``: with that one."""
    rows = batch.rows.exclude(problems=[]).order_by("number")
    if not code:
        return rows
    # Both databases write a space behind the colon when they show JSON as text.
    wanted = f'"code": "{code}"'
    return rows.annotate(as_text=Cast("problems", TextField())).filter(as_text__contains=wanted)


def rows_of(batch: ImportBatch, action: str = "", search: str = "") -> QuerySet[ImportRow]:
    rows = batch.rows.order_by("number")
    if action:
        rows = rows.filter(action=action)
    if search:
        rows = rows.annotate(as_text=Cast("after", TextField())).filter(
            Q(key__icontains=search) | Q(as_text__icontains=search)
        )
    return rows


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One problem for people. ``place``: ``Sheet1!C7``, as far as it has one."""

    code: str
    row: int | None
    place: str
    column: str
    value: str
    message: str
    remedy: str
    is_warning: bool


def problem_line(
    batch: ImportBatch, problem: dict[str, Any], row: int | None = None
) -> ProblemLine:
    """A stored problem in the language that is active now; ``row`` None: one of the file."""
    text = text_of_problem(problem["code"])
    params = _in_words(batch, problem)
    letter = problem.get("column", "")
    cell = problem.get("cell") or (f"{letter}{row}" if letter and row else "")
    sheet = problem.get("sheet") or (batch.sheet if cell or row else "")
    return ProblemLine(
        code=problem["code"],
        row=row,
        place="!".join(part for part in (sheet, cell) if part),
        column=label_of(columns_of(batch.kind), problem.get("field", "")),
        value=problem.get("value", ""),
        message=gettext(text.message) % params if params else gettext(text.message),
        remedy=(gettext(text.remedy) % params if params else gettext(text.remedy))
        if text.remedy
        else "",
        is_warning=problem["code"] in WARNINGS,
    )


def _in_words(batch: ImportBatch, problem: dict[str, Any]) -> dict[str, Any]:
    """The params with names of columns and numbers in the language that is active now."""
    params = dict(problem.get("params") or {})
    if "when" in params:
        params["when"] = _moment_words(params["when"])
    code = problem.get("field", "")
    if code and "kind" in params and code in RegistrationKind.values:
        params["kind"] = str(RegistrationKind(code).label)
    for name in ("column", "field"):
        if code and name in params:
            params[name] = label_of(columns_of(batch.kind), code)
    return params


def _moment_words(text: str) -> str:
    """A stored moment as the reader writes it; what is none stays as it is."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return text
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return f"{day_words(local.date())} {local:%H:%M}"


def file_problems(batch: ImportBatch) -> list[ProblemLine]:
    return [problem_line(batch, problem, problem.get("row")) for problem in batch.problems]


def row_problems(batch: ImportBatch, row: ImportRow) -> list[ProblemLine]:
    return [problem_line(batch, problem, row.number) for problem in row.problems]
