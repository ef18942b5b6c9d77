"""The supplier list as columns and rows of a file."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column
from suppliers.models import Supplier


def supplier_columns() -> list[Column]:
    return [
        Column(_("Supplier code"), 16),
        Column(_("Name"), 40),
        Column(_("Name in the local language"), 32),
        Column(_("Country code"), 14),
        Column(_("Country or region"), 24),
        Column(_("Changed"), 18),
    ]


def supplier_table_rows(suppliers: QuerySet[Supplier]) -> Iterator[list[Value]]:
    for supplier in suppliers.iterator(chunk_size=500):
        yield [
            supplier.code,
            supplier.name,
            supplier.local_name,
            str(supplier.country or ""),
            supplier.country.name if supplier.country else "",
            timezone.localtime(supplier.updated_at),
        ]
