"""Lists handed out as files, exactly as they are filtered on screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from tempfile import TemporaryFile

from django.forms import Form
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from core import clock
from core.downloads import attachment, keep_nowhere
from core.filter_forms import require_right_filters
from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column, Notes, csv_chunks, write_table
from core.templatetags.filter_chips import filter_chips


def export_response(
    request: HttpRequest,
    title: str,
    form: Form | None,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
) -> HttpResponseBase:
    """The filtered list as .xlsx, or as CSV with ``?format=csv``; ``form`` is the filter's, None
    where the rows were chosen one by one. Errors: filter_invalid."""
    if form is not None:
        require_right_filters(form)
    name = f"{title}-{clock.today().isoformat()}"
    if request.GET.get("format") == "csv":
        response = StreamingHttpResponse(csv_chunks(columns, rows), content_type="text/csv")
        response["Content-Disposition"] = content_disposition_header(True, f"{name}.csv") or ""
        keep_nowhere(response)
        return response
    target = TemporaryFile()  # noqa: SIM115 - closed by the response when it has been sent
    write_table(target, title, columns, rows, notes=_notes(request, form))
    target.seek(0)
    return attachment(target, f"{name}.xlsx", "xlsx")


def _notes(request: HttpRequest, form: Form | None) -> Notes:
    """How the list was filtered, and when."""
    made = timezone.localtime(clock.now()).strftime("%Y-%m-%d %H:%M")
    return Notes(_("About"), [(_("Made on"), made), *_filter_notes(request, form)])


def _filter_notes(request: HttpRequest, form: Form | None) -> list[tuple[str, Value]]:
    if form is None:
        return [(_("Filters"), _("none: rows chosen one by one"))]
    skip = frozenset({"sort", "page"})
    chips = filter_chips(form, request.GET.copy(), skip, with_hidden=True)
    filters: list[tuple[str, Value]] = [(chip.label, chip.value) for chip in chips]
    return filters or [(_("Filters"), _("none: the whole list"))]
