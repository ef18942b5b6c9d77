"""An import from the upload to its end: received, checked, confirmed, undone or discarded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput
from core.models import Job
from core.services.activity import record_activity
from core.services.jobs import create_job, enqueue_job
from suppliers.enums import ImportKind, ImportState
from suppliers.models import ImportBatch
from suppliers.policies.imports import require_import
from suppliers.selectors.imports import can_be_undone, import_for
from suppliers.services.import_files import inspect_table

if TYPE_CHECKING:
    from accounts.models import User

CHECK_JOB = "suppliers.import_check"
APPLY_JOB = "suppliers.import_apply"
UNDO_JOB = "suppliers.import_undo"
UNCONFIRMED = (ImportState.READY, ImportState.FAULTY, ImportState.UNREADABLE)


def receive_import(actor: User, kind: str, path: Path, name: str) -> ImportBatch:
    """Keep the file at ``path`` and have it checked; nothing else changes.

    Errors: may_not_import, import_kind_unknown, and those of ``import_files.inspect_table``.
    """
    require_import(actor)
    if kind not in ImportKind.values:
        raise InvalidInput(
            "import_kind_unknown",
            N_("“%(value)s” cannot be imported."),
            {"value": kind},
            field="kind",
        )
    facts = inspect_table(path, name)
    batch = ImportBatch(
        kind=kind, owner=actor, file_name=" ".join(name.split())[-255:], sha256=facts.sha256
    )
    with path.open("rb") as stream:
        # The name in the store says nothing and cannot leave its folder.
        batch.file.save(f"{facts.sha256}.{facts.kind}", File(stream), save=False)
    with transaction.atomic():
        batch.save()
        record_activity(actor, "import.received", batch, file=batch.file_name, kind=kind)
        _begin(actor, batch, CHECK_JOB)
    return batch


@transaction.atomic
def check_again(actor: User, batch_id: int) -> ImportBatch:
    """Look at the same file again, because the records or lists have changed.

    Errors: may_not_import, import_not_found, import_state.
    """
    batch = _locked(actor, batch_id, UNCONFIRMED)
    _enter(batch, ImportState.CHECKING)
    _begin(actor, batch, CHECK_JOB)
    return batch


@transaction.atomic
def confirm_import(actor: User, batch_id: int) -> ImportBatch:
    """Have the checked rows imported. Errors: may_not_import, import_not_found, import_state,
    import_changes_nothing."""
    batch = _locked(actor, batch_id, (ImportState.READY,))
    if not batch.counts.get("create") and not batch.counts.get("change"):
        raise DomainError("import_changes_nothing", N_("Every row stays as it is."))
    _enter(batch, ImportState.IMPORTING)
    record_activity(actor, "import.confirmed", batch)
    _begin(actor, batch, APPLY_JOB)
    return batch


@transaction.atomic
def undo_import(actor: User, batch_id: int) -> ImportBatch:
    """Have the whole import taken back.

    Errors: may_not_import, import_not_found, import_state, import_too_old.
    """
    batch = _locked(actor, batch_id, (ImportState.IMPORTED,))
    if not can_be_undone(batch, clock.now()):
        raise DomainError(
            "import_too_old",
            N_("Imports can be undone for %(days)s days; this one is older."),
            {"days": settings.IMPORT_UNDO_DAYS},
        )
    batch.problems = []
    _enter(batch, ImportState.UNDOING)
    record_activity(actor, "import.undo_asked", batch)
    _begin(actor, batch, UNDO_JOB)
    return batch


@transaction.atomic
def discard_import(actor: User, batch_id: int) -> ImportBatch:
    """Forget a file that was not imported: its rows and the file go, the entry stays.

    Errors: may_not_import, import_not_found, import_state.
    """
    batch = _locked(actor, batch_id, UNCONFIRMED)
    forget_file(batch, ImportState.DISCARDED)
    record_activity(actor, "import.discarded", batch)
    return batch


def forget_file(batch: ImportBatch, state: ImportState) -> None:
    """Rows and file go, in the transaction of the caller; the batch stays, in ``state``."""
    batch.rows.all().delete()
    name, storage = str(batch.file.name), batch.file.storage
    _enter(batch, state)
    transaction.on_commit(lambda: storage.delete(name))


def _locked(actor: User, batch_id: int, states: tuple[ImportState, ...]) -> ImportBatch:
    require_import(actor)
    batch = import_for(actor, batch_id, locked=True)
    if batch.state not in states:
        raise DomainError(
            "import_state",
            N_("This is not possible now: the import is in the state “%(state)s”."),
            {"state": batch.get_state_display()},
        )
    return batch


def _enter(batch: ImportBatch, state: ImportState) -> None:
    batch.state = state
    batch.save(update_fields=["state", "problems"])


def _begin(actor: User, batch: ImportBatch, kind: str) -> Job:
    job = create_job(kind, batch.file_name, owner=actor, subject=batch, total=100)
    enqueue_job(job)
    return job
