"""Takes an import back as one batch, unless a later change would be lost. Run by the worker."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import translation
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from core import clock
from core.services.activity import record_activity
from core.services.jobs import fail_job, finish_job, report_progress, start_job
from suppliers.enums import ImportState
from suppliers.excel.import_columns import SUPPLIERS
from suppliers.models import ImportBatch
from suppliers.policies.imports import require_import
from suppliers.services.import_apply import MOST_NAMED
from suppliers.services.import_bulk import (
    RowsChanged,
    StoredRow,
    collection_paused,
    stored_rows,
)
from suppliers.services.import_related_undoing import RelatedUndoing
from suppliers.services.import_supplier_undoing import SupplierUndoing


def undo_applied(batch_id: int, job_id: UUID) -> None:
    """Put every record back as it was before the import, or nothing. Safe to run twice.

    Where a later change would be lost, the import stays and its problems name record, field, who
    and when.
    """
    job = start_job(job_id)
    if job is None:
        return
    batch = ImportBatch.objects.select_related("owner").get(pk=batch_id)
    actor = job.owner or batch.owner
    if batch.state != ImportState.UNDOING:
        finish_job(job_id)
        return
    report_progress(job_id, 5, N_("Looking for later changes"), total=100)
    rows = stored_rows(batch)
    report_progress(job_id, 20, N_("Putting all records back at once"))
    with translation.override(actor.language or "en"):
        try:
            with collection_paused(), transaction.atomic():
                _undo(actor, batch_id, rows)
        except RowsChanged as changed:
            _stay(batch_id, changed.problems[:MOST_NAMED])
        except (IntegrityError, ProtectedError):
            _stay(batch_id, [{"code": "changed_meanwhile", "params": {}}])
    finish_job(job_id)


def give_up_undo(batch_id: int, job_id: UUID) -> None:
    """Something failed that nobody foresaw, and nothing was taken back."""
    with transaction.atomic():
        found = ImportBatch.objects.filter(pk=batch_id, state=ImportState.UNDOING)
        if found.update(state=ImportState.IMPORTED):
            fail_job(job_id, "import_undo_failed", N_("Undoing failed; nothing was changed."))


def _undo(actor: User, batch_id: int, rows: list[StoredRow]) -> None:
    require_import(actor)
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    kind: Any = SupplierUndoing if batch.kind == SUPPLIERS else RelatedUndoing
    undoing = kind(actor, batch, rows)
    problems = undoing.obstacles()
    if problems:
        raise RowsChanged(problems)
    undoing.undo()
    batch.state, batch.undone_at, batch.undone_by = ImportState.UNDONE, clock.now(), actor
    batch.save(update_fields=["state", "undone_at", "undone_by"])
    record_activity(actor, "import.undone", batch, kind=batch.kind)


def _stay(batch_id: int, problems: list[dict[str, Any]]) -> None:
    ImportBatch.objects.filter(pk=batch_id, state=ImportState.UNDOING).update(
        state=ImportState.IMPORTED, problems=problems
    )
