"""What is kept of imports, and for how long. Run by the worker, every day."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from core.services.activity import record_activity
from suppliers.enums import ImportState
from suppliers.models import ImportBatch, ImportRow
from suppliers.services.imports import UNCONFIRMED, forget_file

# What was imported, whether it was undone since or not.
_CONFIRMED = (ImportState.IMPORTED, ImportState.UNDONE)


def expire_imports(now: dt.datetime) -> int:
    """Remove what nobody can use any more; the number of imports. Safe to run twice.

    Files that nobody confirmed within ``IMPORT_KEEP_DAYS`` of their check: rows and file. Imports
    older than ``IMPORT_UNDO_DAYS``: their rows, without which they cannot be undone.
    """
    return _expire_unconfirmed(now) + _drop_rows(now)


def _expire_unconfirmed(now: dt.datetime) -> int:
    limit = now - dt.timedelta(days=settings.IMPORT_KEEP_DAYS)
    found = ImportBatch.objects.alias(since=Coalesce("checked_at", "created_at")).filter(
        state__in=UNCONFIRMED, since__lt=limit
    )
    return sum(_expire(pk) for pk in found.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _expire(batch_id: int) -> bool:
    """False where somebody confirmed it, or had it checked again, in the same moment."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    if batch.state not in UNCONFIRMED:
        return False
    forget_file(batch, ImportState.EXPIRED)
    record_activity(None, "import.expired", batch)
    return True


def _drop_rows(now: dt.datetime) -> int:
    limit = now - dt.timedelta(days=settings.IMPORT_UNDO_DAYS)
    rows = ImportRow.objects.filter(batch=OuterRef("pk"))
    found = ImportBatch.objects.filter(Exists(rows), state__in=_CONFIRMED, imported_at__lt=limit)
    return sum(_drop(pk) for pk in found.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _drop(batch_id: int) -> bool:
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    if batch.state not in _CONFIRMED:
        return False
    batch.rows.all().delete()
    record_activity(None, "import.rows_removed", batch)
    return True
