"""Pages of imports: the list, the upload, the preview and what follows from it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.web.requests import SignedInRequest
from core import clock
from core.downloads import attachment
from core.errors import DomainError, NotFound
from core.uploads.contract import MEGABYTE
from core.web.errors import form_page, show_in_form, tell_error
from core.web.exports import export_response
from core.web.htmx import page_part, part_wanted
from core.web.paging import page_of
from suppliers import policies
from suppliers.enums import ImportKind, ImportState, RowAction
from suppliers.filters.suppliers import supplier_filter
from suppliers.models import ImportBatch, Supplier
from suppliers.policies.imports import can_import, require_import
from suppliers.rules.import_problems import text_of_problem
from suppliers.selectors.import_problem_list import problem_columns, problem_lines
from suppliers.selectors.imports import (
    can_be_undone,
    file_problems,
    import_for,
    newest_job,
    row_problems,
    rows_of,
    rows_with_problems,
    undo_ends_at,
)
from suppliers.services.import_files import ENDINGS
from suppliers.services.import_marked import can_be_marked, write_marked_file
from suppliers.services.imports import (
    check_again,
    confirm_import,
    discard_import,
    receive_import,
    undo_import,
)
from suppliers.web.import_template import write_import_template
from suppliers.web.import_words import (
    action_words,
    change_count,
    fault_count,
    problem_groups,
    row_view,
    verdict_of,
    warning_count,
)
from suppliers.web.record_exports import record_columns, record_rows

PER_PAGE = 50
Act = Callable[[User, int], ImportBatch]


class ImportForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What is in the file?"),
        choices=ImportKind.choices,
        initial=ImportKind.SUPPLIERS,
        widget=forms.RadioSelect,
    )
    # Empty files are let through: the service says what is wrong and what to do.
    file = forms.FileField(label=gettext_lazy("File"), allow_empty_file=True, max_length=255)


@require_http_methods(["GET", "HEAD", "POST"])
def import_upload(request: SignedInRequest) -> HttpResponse:
    require_import(request.user)
    sent = request.method == "POST"
    chosen = request.GET.get("kind", "")
    initial = {"kind": chosen} if chosen in ImportKind.values else {}
    form = ImportForm(request.POST, request.FILES) if sent else ImportForm(initial=initial)
    if sent and form.is_valid():
        file: TemporaryUploadedFile = form.cleaned_data["file"]
        path = Path(file.temporary_file_path())
        try:
            batch = receive_import(request.user, form.cleaned_data["kind"], path, file.name or "")
        except DomainError as error:
            show_in_form(form, error)
            remedy = text_of_problem(error.code).remedy
            if remedy:
                form.add_error("file", _(remedy))
        else:
            return redirect("suppliers:import-detail", batch.pk)
    context = {
        "form": form,
        "kinds": ImportKind.choices,
        "endings": ",".join(ENDINGS),
        "max_mb": settings.UPLOAD_MAX_BYTES // MEGABYTE,
        "max_rows": settings.IMPORT_MAX_ROWS,
    }
    return form_page(request, "suppliers/import_upload.html", context)


@require_safe
def import_detail(request: SignedInRequest, batch_id: int) -> HttpResponse:
    batch = import_for(request.user, batch_id)
    job = newest_job(batch)
    waiting = batch.state in (ImportState.CHECKING, ImportState.IMPORTING, ImportState.UNDOING)
    if part_wanted(request, "import-state"):
        if not waiting:
            return HttpResponse(headers={"HX-Refresh": "true"})
        context: dict[str, Any] = {
            "batch": batch,
            "job": job,
            "verdict": verdict_of(batch),
            "waiting": True,
        }
        return page_part(request, "suppliers/_import_state.html", context)
    context = {
        "batch": batch,
        "job": job,
        "waiting": waiting,
        "verdict": verdict_of(batch),
        "change_count": change_count(batch),
        "fault_count": fault_count(batch),
        "may_import": can_import(request.user),
        "can_be_marked": can_be_marked(batch),
        "can_be_undone": can_be_undone(batch, clock.now()),
        "undo_ends_at": undo_ends_at(batch),
        "rows_removed": bool(batch.imported_at) and not batch.rows.exists(),
    }
    if not waiting:
        context |= {"words": action_words(batch), **_tab(request, batch)}
    return render(request, "suppliers/import_detail.html", context)


def _tab(request: SignedInRequest, batch: ImportBatch) -> dict[str, Any]:
    groups = problem_groups(batch)
    asked = request.GET.get("tab", "")
    tab = asked if asked in ("problems", "rows") else "problems" if groups else "rows"
    here = reverse("suppliers:import-detail", args=[batch.pk])
    total = sum(batch.counts.get(name, 0) for name in RowAction.values)
    count = sum(group.count for group in groups)
    context: dict[str, Any] = {
        "tab": tab,
        "tabs": [
            {
                "label": _("Problems and warnings") if warning_count(batch) else _("Problems"),
                "url": f"{here}?tab=problems",
                "here": tab == "problems",
                "count": count,
            },
            {
                "label": pgettext("of a file", "Rows"),
                "url": f"{here}?tab=rows",
                "here": tab == "rows",
                "count": total,
            },
        ],
        "of_file": file_problems(batch),
        "groups": groups,
    }
    if tab == "problems":
        code = request.GET.get("code", "")
        page = page_of(request, rows_with_problems(batch, code), PER_PAGE)
        lines = [
            line
            for row in page
            for line in row_problems(batch, row)
            if not code or line.code == code
        ]
        return context | {"code": code, "page_obj": page, "lines": lines}
    words = action_words(batch)
    action, search = request.GET.get("action", ""), request.GET.get("search", "").strip()
    page = page_of(request, rows_of(batch, action, search), PER_PAGE)
    return context | {
        "action": action,
        "search": search,
        "actions": [(value, label, batch.counts.get(value, 0)) for value, label in words.items()],
        "page_obj": page,
        "views": [row_view(batch, row) for row in page],
    }


@require_safe
def import_problems(request: SignedInRequest, batch_id: int) -> HttpResponseBase:
    """All problems as a list, for whoever corrects the file."""
    batch = import_for(request.user, batch_id)
    rows = (values for _line, values in problem_lines(batch))
    return export_response(request, _("Problems"), forms.Form({}), problem_columns(), rows)


@require_safe
def import_marked(request: SignedInRequest, batch_id: int) -> HttpResponseBase:
    """The file with its problems at their cells, to be corrected and uploaded again."""
    target = TemporaryFile()  # noqa: SIM115 - closed by the response when it has been sent
    try:
        name = write_marked_file(request.user, batch_id, target)
    except DomainError as error:
        if isinstance(error, NotFound):
            raise
        tell_error(request, error)
        return redirect("suppliers:import-detail", batch_id)
    target.seek(0)
    return attachment(target, name, "xlsx")


@require_POST
def import_confirm(request: SignedInRequest, batch_id: int) -> HttpResponse:
    return _act(request, confirm_import, batch_id)


@require_POST
def import_check_again(request: SignedInRequest, batch_id: int) -> HttpResponse:
    return _act(request, check_again, batch_id)


@require_POST
def import_undo(request: SignedInRequest, batch_id: int) -> HttpResponse:
    return _act(request, undo_import, batch_id)


@require_POST
def import_discard(request: SignedInRequest, batch_id: int) -> HttpResponse:
    response = _act(request, discard_import, batch_id)
    if import_for(request.user, batch_id).state == ImportState.DISCARDED:
        messages.success(request, _("The file is discarded; nothing was changed."))
        return redirect("suppliers:import-list")
    return response


def _act(request: SignedInRequest, act: Act, batch_id: int) -> HttpResponse:
    try:
        act(request.user, batch_id)
    except DomainError as error:
        tell_error(request, error)
    return redirect("suppliers:import-detail", batch_id)


@require_safe
def import_template(request: SignedInRequest) -> HttpResponseBase:
    """The workbook to fill in, or (``format=csv``) its headings alone."""
    require_import(request.user)
    kind = request.GET.get("kind", ImportKind.SUPPLIERS)
    if kind not in ImportKind.values:
        raise Http404
    title = f"{ImportKind(kind).label}-{_('template')}"
    if request.GET.get("format") == "csv":
        return export_response(request, title, forms.Form({}), record_columns(kind), [])
    target = TemporaryFile()  # noqa: SIM115 - closed by the response when it has been sent
    write_import_template(target, kind)
    target.seek(0)
    return attachment(target, f"{title}.xlsx", "xlsx")


@require_safe
def import_export(request: SignedInRequest, kind: str) -> HttpResponseBase:
    """What belongs to the suppliers that the list shows with the same filters, in the layout in
    which it can be imported again."""
    policies.require_view_suppliers(request.user)
    if kind not in ImportKind.values:
        raise Http404
    visible = Supplier.objects.visible_to(request.user)
    filters = supplier_filter(request.GET, visible, request)
    title = str(ImportKind(kind).label)
    rows = record_rows(request.user, kind, filters.qs)
    return export_response(request, title, filters.form, record_columns(kind), rows)
