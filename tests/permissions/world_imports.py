"""Imports: things of the small world."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile

from accounts.models import User
from suppliers.enums import ImportState, RowAction
from suppliers.models import ImportBatch, ImportRow, Supplier


def build(supplier: Supplier, contact: User, specialist: User, other: Supplier) -> dict[str, Any]:
    """Keys by the names that rows of the table use. The imports are those of the specialist."""
    spend = supplier.spend.create(year=2024, currency="CNY", amount="1.00")
    return {
        "ready_import": _batch(specialist, ImportState.READY),
        "faulty_import": _batch(specialist, ImportState.FAULTY, {"column_unknown": 1}),
        "done_import": _batch(specialist, ImportState.IMPORTED),
        "supplier_code": supplier.code,
        "spend_year": spend.year,
        "spend_currency": spend.currency,
    }


def _batch(owner: User, state: ImportState, problems: dict[str, int] | None = None) -> int:
    counts = {"create": 1, "change": 0, "same": 0, "faulty": 0, "problems": problems or {}}
    batch = ImportBatch(
        kind="suppliers", state=state, file_name="list.csv", sha256="a" * 64, owner=owner
    )
    batch.counts, batch.columns = counts, ["code", "name"]
    batch.file.save("a.csv", ContentFile(b"code,name"), save=False)
    batch.save()
    after = {"code": "N-1", "name": "New Co."}
    ImportRow.objects.create(batch=batch, number=2, action=RowAction.CREATE, key="N-1", after=after)
    return batch.pk
