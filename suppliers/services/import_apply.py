"""Carries out a confirmed import: everything or nothing. Run by the worker."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from core import clock
from core.services.activity import record_activity
from core.services.jobs import fail_job, finish_job, report_progress, start_job
from suppliers.enums import ImportState
from suppliers.excel.import_columns import SUPPLIERS
from suppliers.models import ImportBatch
from suppliers.policies.imports import require_import
from suppliers.services.import_bulk import (
    RowsChanged,
    StoredRow,
    collection_paused,
    row_problem,
    stored_rows,
)
from suppliers.services.import_related_writing import RelatedWriting
from suppliers.services.import_supplier_writing import SupplierWriting

MOST_NAMED = 200


def apply_import(batch_id: int, job_id: UUID) -> None:
    """Store what the preview showed. Safe to run twice: the state tells that it is done.

    Where a record was changed after the check nothing is stored; the import goes back to its
    preview, names the rows, and asks to be checked again.
    """
    job = start_job(job_id)
    if job is None:
        return
    batch = ImportBatch.objects.select_related("owner").get(pk=batch_id)
    actor = job.owner or batch.owner
    if batch.state != ImportState.IMPORTING:
        finish_job(job_id)
        return
    report_progress(job_id, 5, N_("Reading the rows"), total=100)
    rows = stored_rows(batch)
    # Within the transaction nobody would see how far it is.
    report_progress(job_id, 20, N_("Storing all rows at once"))
    try:
        with collection_paused(), transaction.atomic():
            _write(actor, batch_id, rows)
    except RowsChanged as changed:
        _back_to_preview(batch_id, changed)
    except IntegrityError:
        # The same records came in by another door within the same moment.
        _back_to_preview(batch_id, RowsChanged([{"code": "changed_meanwhile", "params": {}}]))
    finish_job(job_id)


def give_up_apply(batch_id: int, job_id: UUID) -> None:
    """Something failed that nobody foresaw, and nothing was stored; it can be tried again."""
    with transaction.atomic():
        found = ImportBatch.objects.filter(pk=batch_id, state=ImportState.IMPORTING)
        if found.update(state=ImportState.READY):
            fail_job(job_id, "import_failed", N_("The import failed; nothing was changed."))


def _write(actor: User, batch_id: int, rows: list[StoredRow]) -> None:
    require_import(actor)
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    kind = SupplierWriting if batch.kind == SUPPLIERS else RelatedWriting
    writing = kind(actor, batch, rows)
    stale = writing.stale()
    if stale:
        unique = {row.number: row for row in stale}
        problems = [row_problem(row, "changed_meanwhile") for row in unique.values()]
        raise RowsChanged(problems)
    writing.write()
    batch.state, batch.imported_at = ImportState.IMPORTED, clock.now()
    batch.save(update_fields=["state", "imported_at"])
    counts = {name: batch.counts.get(name, 0) for name in ("create", "change")}
    record_activity(actor, "import.applied", batch, kind=batch.kind, **counts)


def _back_to_preview(batch_id: int, changed: RowsChanged) -> None:
    ImportBatch.objects.filter(pk=batch_id, state=ImportState.IMPORTING).update(
        state=ImportState.FAULTY, problems=changed.problems[:MOST_NAMED]
    )
