"""The supplier list as a file."""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import TemporaryFile

from django.db.models import QuerySet
from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _

from core import clock
from core.downloads import attachment
from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column, csv_chunks, write_table
from suppliers.models import Supplier


def export_response(suppliers: QuerySet[Supplier], *, as_csv: bool) -> HttpResponseBase:
    name = f"suppliers-{clock.today().isoformat()}"
    if as_csv:
        response = StreamingHttpResponse(csv_chunks(_columns(), _rows(suppliers)), "text/csv")
        response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return response
    stream = TemporaryFile()  # noqa: SIM115 - the response closes it
    write_table(stream, _("Suppliers"), _columns(), _rows(suppliers))
    stream.seek(0)
    return attachment(stream, f"{name}.xlsx", "xlsx")


def _columns() -> list[Column]:
    return [
        Column(_("Supplier code"), 16),
        Column(_("Name"), 40),
        Column(_("Name in the local language"), 32),
        Column(_("Country code"), 14),
        Column(_("Country or region"), 24),
        Column(_("Changed"), 18),
    ]


def _rows(suppliers: QuerySet[Supplier]) -> Iterator[list[Value]]:
    for supplier in suppliers.iterator(chunk_size=500):
        yield [
            supplier.code,
            supplier.name,
            supplier.local_name,
            str(supplier.country or ""),
            supplier.country.name if supplier.country else "",
            supplier.updated_at,
        ]
