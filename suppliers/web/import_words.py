"""Imports in words: where one stands, and what a row changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from suppliers.enums import ContactRole, ImportState, Metal, RowAction, SupplierKind
from suppliers.excel.import_columns import columns_of
from suppliers.models import ImportBatch, ImportRow
from suppliers.rules.import_problems import WARNINGS
from suppliers.rules.import_titles import PROBLEM_TITLES
from suppliers.selectors.import_layout import label_of
from suppliers.selectors.imports import row_problems

_TONES = {
    ImportState.CHECKING: ("progress", "hourglass"),
    ImportState.IMPORTING: ("progress", "hourglass"),
    ImportState.UNDOING: ("progress", "hourglass"),
    ImportState.READY: ("info", "info-circle"),
    ImportState.FAULTY: ("now", "alert-octagon"),
    ImportState.UNREADABLE: ("now", "alert-octagon"),
    ImportState.IMPORTED: ("verified", "circle-check"),
    ImportState.UNDONE: ("unknown", "arrow-back-up"),
    ImportState.DISCARDED: ("unknown", "trash"),
    ImportState.EXPIRED: ("unknown", "clock-exclamation"),
}
ROW_TONES = {
    RowAction.CREATE: ("info", "plus"),
    RowAction.CHANGE: ("soon", "pencil"),
    RowAction.SAME: ("quiet", "minus"),
    RowAction.FAULTY: ("now", "alert-octagon"),
}
_CHOICES = {
    "kind": SupplierKind.choices,
    "role": ContactRole.choices,
    "minerals": Metal.choices,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    tone: str
    icon: str
    heading: str
    text: str


def state_tone(batch: ImportBatch) -> tuple[str, str]:
    return _TONES[ImportState(batch.state)]


def verdict_of(batch: ImportBatch) -> Verdict:
    tone, icon = state_tone(batch)
    heading, text = _words(batch)
    if batch.state == ImportState.IMPORTED and batch.problems and _has_faults(batch):
        tone, icon = "soon", "alert-triangle"
    return Verdict(tone, icon, heading, text)


def _has_faults(batch: ImportBatch) -> bool:
    return any(problem["code"] not in WARNINGS for problem in batch.problems)


def _words(batch: ImportBatch) -> tuple[str, str]:
    state = batch.state
    if state == ImportState.READY:
        return _ready(batch)
    if state == ImportState.FAULTY:
        return _faulty(batch)
    if state == ImportState.IMPORTED and batch.problems and _has_faults(batch):
        return (
            _("Imported, and it cannot be undone"),
            _("Later changes would be lost. They are listed below; nothing was changed."),
        )
    return {
        ImportState.CHECKING: (
            _("The file is being checked"),
            _("Nothing changes. You may leave this page; the work goes on."),
        ),
        ImportState.IMPORTING: (
            _("The rows are being imported"),
            _("All of them at once, or none. You may leave this page; the work goes on."),
        ),
        ImportState.UNDOING: (
            _("The import is being undone"),
            _("All of it at once, or nothing. You may leave this page; the work goes on."),
        ),
        ImportState.UNREADABLE: (_("The file cannot be read"), _("Nothing was changed.")),
        ImportState.IMPORTED: (_("Imported"), _summary(batch)),
        ImportState.UNDONE: (
            _("The import was undone"),
            _("Every record is as it was before. The same file can be imported again."),
        ),
        ImportState.DISCARDED: (_("Discarded"), _("Nothing was changed.")),
        ImportState.EXPIRED: (
            pgettext("of an import", "Expired"),
            _("Nobody imported it in time, so file and preview were removed. Nothing was changed."),
        ),
    }[ImportState(state)]


def _ready(batch: ImportBatch) -> tuple[str, str]:
    if not change_count(batch):
        return (
            _("Everything stays as it is"),
            _("The records already say what the file says; there is nothing to import."),
        )
    return (
        _("Ready to import"),
        _("Nothing was changed yet. Look at what would happen, then import it."),
    )


def _faulty(batch: ImportBatch) -> tuple[str, str]:
    if any(problem["code"] == "changed_meanwhile" for problem in batch.problems):
        return (
            _("Records were changed after the check"),
            _("Nothing was imported. Check the file again to see what would happen now."),
        )
    count = fault_count(batch)
    return (
        ngettext("%(count)s problem to correct", "%(count)s problems to correct", count)
        % {"count": f"{count:,}"},
        _("Nothing was changed. Correct them in the file and upload it again.") + _warned(batch),
    )


def _warned(batch: ImportBatch) -> str:
    """That the list below is longer than the number above it."""
    count = warning_count(batch)
    if not count:
        return ""
    text = ngettext(
        "%(count)s warning below needs no correction.",
        "%(count)s warnings below need no correction.",
        count,
    )
    return f" {text}" % {"count": f"{count:,}"}


def _summary(batch: ImportBatch) -> str:
    create, change = (batch.counts.get(name, 0) for name in ("create", "change"))
    return _("%(create)s created, %(change)s changed.") % {
        "create": f"{create:,}",
        "change": f"{change:,}",
    }


def fault_count(batch: ImportBatch) -> int:
    problems: dict[str, int] = batch.counts.get("problems", {})
    return sum(count for code, count in problems.items() if code not in WARNINGS)


def warning_count(batch: ImportBatch) -> int:
    problems: dict[str, int] = batch.counts.get("problems", {})
    return sum(count for code, count in problems.items() if code in WARNINGS)


def change_count(batch: ImportBatch) -> int:
    return int(batch.counts.get("create", 0)) + int(batch.counts.get("change", 0))


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    code: str
    title: str
    count: int
    is_warning: bool


def problem_groups(batch: ImportBatch) -> list[ProblemGroup]:
    """Errors first, then the most frequent."""
    counts: dict[str, int] = batch.counts.get("problems", {})
    groups = [
        ProblemGroup(code, _(PROBLEM_TITLES.get(code, code)), count, code in WARNINGS)
        for code, count in counts.items()
    ]
    return sorted(groups, key=lambda group: (group.is_warning, -group.count, group.title))


def action_words(batch: ImportBatch) -> dict[str, str]:
    """What happens to rows: a plan before the import, a report after it."""
    words = {str(action): str(action.label) for action in RowAction}
    if batch.state in (ImportState.IMPORTED, ImportState.UNDOING, ImportState.UNDONE):
        words[RowAction.CREATE] = pgettext("records", "Created")
        words[RowAction.CHANGE] = pgettext("records", "Changed")
        words[RowAction.SAME] = pgettext("records", "Left as it was")
    return words


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a row. ``before`` is None for a new record."""

    label: str
    before: str | None
    after: str


@dataclass(frozen=True, slots=True)
class RowView:
    row: ImportRow
    tone: str
    icon: str
    label: str
    changes: list[Change]
    faults: list[str]


def row_view(batch: ImportBatch, row: ImportRow) -> RowView:
    columns = columns_of(batch.kind)
    tone, icon = ROW_TONES[RowAction(row.action)]
    new = row.action == RowAction.CREATE
    changes = [
        Change(
            label_of(columns, name),
            None if new else shown_value(name, row.before.get(name)),
            shown_value(name, value),
        )
        for name, value in row.after.items()
    ]
    faults = [line.message for line in row_problems(batch, row) if not line.is_warning]
    return RowView(row, tone, icon, action_words(batch)[row.action], changes, faults)


def shown_value(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "; ".join(shown_value(name, each) for each in value) or "–"
    words = dict(_CHOICES.get(name, ()))
    return str(words.get(value, value)) if value not in ("", None) else "–"
