"""Files handed out: the original, the correction workbook, blank forms, exports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from tempfile import TemporaryFile
from typing import IO

from django.core.files import File
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django_filters import FilterSet

from core import clock
from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column
from core.templatetags.filter_chips import filter_chips
from minerals.services.export import csv_bytes, write_workbook
from minerals.web.requests import PortalRequest

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONTENT_TYPES = {"xlsx": XLSX, "xls": "application/vnd.ms-excel"}
UNSAFE = frozenset('\\/:*?"<>|')


def safe_name(name: str, ending: str) -> str:
    """``name`` without folders and signs that file systems refuse, with the true ending."""
    stem = PurePath(name.replace("\\", "/")).stem or "file"
    clean = "".join("_" if sign in UNSAFE or not sign.isprintable() else sign for sign in stem)
    return f"{clean.strip('. ')[:150] or 'file'}.{ending}"


def attachment(stream: IO[bytes] | File[bytes], name: str, kind: str) -> FileResponse:
    """Always saved, never shown: what came from outside must not run in the browser."""
    response = FileResponse(
        stream,
        as_attachment=True,
        filename=safe_name(name, kind),
        content_type=CONTENT_TYPES.get(kind, "application/octet-stream"),
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def export_response(
    request: PortalRequest,
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


def _filter_words(request: PortalRequest, filters: FilterSet) -> list[tuple[str, str]]:
    chips = filter_chips(filters.form, request.GET.copy(), frozenset({"sort", "page"}))
    return [(chip.label, chip.value) for chip in chips]
