"""Lists handed out as files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from tempfile import TemporaryFile

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django_filters import FilterSet

from accounts.web.requests import SignedInRequest
from core import clock
from core.downloads import attachment
from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column
from core.templatetags.filter_chips import filter_chips
from minerals.services.export import csv_bytes, write_workbook


def export_response(
    request: SignedInRequest,
    title: str,
    filters: FilterSet,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
) -> HttpResponseBase:
    """The filtered list as .xlsx, or as CSV with ``?format=csv``."""
    name = f"{title}-{clock.today().isoformat()}"
    if request.GET.get("format") == "csv":
        response = StreamingHttpResponse(csv_bytes(columns, rows), content_type="text/csv")
        response["Content-Disposition"] = content_disposition_header(True, f"{name}.csv") or ""
        return response
    target = TemporaryFile()  # noqa: SIM115 - closed by the response when it has been sent
    write_workbook(target, title, columns, rows, _filter_words(request, filters))
    target.seek(0)
    return attachment(target, name + ".xlsx", "xlsx")


def _filter_words(request: SignedInRequest, filters: FilterSet) -> list[tuple[str, str]]:
    chips = filter_chips(filters.form, request.GET.copy(), frozenset({"sort", "page"}))
    return [(chip.label, chip.value) for chip in chips]
