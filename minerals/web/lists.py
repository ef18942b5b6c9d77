"""Pages of smelter lists: all of them, the upload, the preview and what is in force."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.web.requests import SignedInRequest
from core import clock
from core.downloads import attachment
from core.errors import DomainError
from core.uploads.contract import MEGABYTE
from core.web.errors import form_page, show_in_form, tell_error
from core.web.exports import export_response
from core.web.htmx import page_part, part_wanted
from core.web.paging import page_of
from minerals.enums import ListState
from minerals.filters.lists import SmelterListFilter
from minerals.models import SmelterList
from minerals.policies.lists import can_import_lists, require_import_lists
from minerals.selectors.list_effect import effect_of
from minerals.selectors.list_problems import problem_text
from minerals.selectors.smelter_lists import list_for, lists_for, newest_job
from minerals.selectors.status_words import open_words
from minerals.services.list_files import ENDINGS
from minerals.services.smelter_lists import (
    choose_columns,
    confirm_list,
    discard_list,
    receive_list,
)
from minerals.web.list_detail import detail_context
from minerals.web.list_forms import ColumnsForm, ListUploadForm
from minerals.web.list_words import (
    STATE_TONES,
    list_columns,
    list_rows,
    verdict_of,
)


@require_safe
def list_list(request: SignedInRequest) -> HttpResponse:
    filters = _filters(request)
    page = page_of(request, filters.qs)
    words = open_words()
    context = {
        "form": filters.form,
        "page_obj": page,
        "rows": [(one, *STATE_TONES[one.state]) for one in page],
        "may_import": can_import_lists(request.user),
        "export_url": reverse("minerals:list-export"),
        "words_note": ngettext(
            "%(count)s status word waits for somebody to say what it means.",
            "%(count)s status words wait for somebody to say what they mean.",
            len(words),
        )
        % {"count": len(words)}
        if words
        else "",
    }
    return render(request, "minerals/list_list.html", context)


@require_safe
def list_export(request: SignedInRequest) -> HttpResponseBase:
    """What the list shows with the same filters."""
    filters = _filters(request)
    rows = list_rows(filters.qs)
    return export_response(request, _("Smelter lists"), filters.form, list_columns(), rows)


def _filters(request: SignedInRequest) -> SmelterListFilter:
    return SmelterListFilter(request.GET, lists_for(request.user), request=request)


@require_http_methods(["GET", "HEAD", "POST"])
def list_upload(request: SignedInRequest) -> HttpResponse:
    require_import_lists(request.user)
    sent = request.method == "POST"
    form = (
        ListUploadForm(request.POST, request.FILES)
        if sent
        else ListUploadForm(initial={"listed_on": clock.today()})
    )
    if sent and form.is_valid():
        made = _received(request, form)
        if made is not None:
            return redirect(made)
    context = {
        "form": form,
        "endings": ",".join(ENDINGS),
        "max_mb": settings.UPLOAD_MAX_BYTES // MEGABYTE,
    }
    return form_page(request, "minerals/list_upload.html", context)


def _received(request: SignedInRequest, form: ListUploadForm) -> SmelterList | None:
    file: TemporaryUploadedFile = form.cleaned_data["file"]
    source, listed_on = form.cleaned_data["source"], form.cleaned_data["listed_on"]
    path = Path(file.temporary_file_path())
    try:
        return receive_list(request.user, source, listed_on, path, file.name or "")[0]
    except DomainError as error:
        show_in_form(form, error)
        remedy = problem_text(error.code).remedy if error.field == "file" else ""
        if remedy:
            form.add_error("file", _(remedy))
        return None


@require_safe
def list_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    smelter_list = list_for(request.user, pk)
    waiting = smelter_list.state == ListState.READING
    context: dict[str, Any] = {
        "list": smelter_list,
        "job": newest_job(smelter_list),
        "waiting": waiting,
        "verdict": verdict_of(smelter_list),
    }
    if part_wanted(request, "list-state"):
        if not waiting:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return page_part(request, "minerals/_list_state.html", context)
    context["effect"] = effect_of(request.user, smelter_list)
    if part_wanted(request, "list-effect"):
        return page_part(request, "minerals/_list_effect.html", context)
    if not waiting:
        context |= detail_context(request, smelter_list)
    return render(request, "minerals/list_detail.html", context)


@require_safe
def list_original(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The file as it was uploaded."""
    smelter_list = list_for(request.user, pk)
    workbook = smelter_list.workbook
    assert workbook is not None
    return attachment(workbook.content.open("rb"), smelter_list.file_name, workbook.kind)


@require_POST
def list_columns_choose(request: SignedInRequest, pk: int) -> HttpResponse:
    require_import_lists(request.user)
    form = ColumnsForm(list_for(request.user, pk), request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose columns of the file."))
        return redirect("minerals:list-detail", pk)
    return _act(request, pk, lambda: choose_columns(request.user, pk, form.chosen))


class ConfirmForm(forms.Form):
    knowing = forms.BooleanField(required=False)


@require_POST
def list_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    form = ConfirmForm(request.POST)
    knowing = form.is_valid() and form.cleaned_data["knowing"]
    return _act(
        request,
        pk,
        lambda: confirm_list(request.user, pk, knowing=knowing),
        _("Imported. The declarations are held against it now."),
    )


@require_POST
def list_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    return _act(
        request,
        pk,
        lambda: discard_list(request.user, pk),
        _("The list is discarded; nothing was changed."),
    )


def _act(request: SignedInRequest, pk: int, act: Any, done: str = "") -> HttpResponse:
    try:
        act()
    except DomainError as error:
        tell_error(request, error)
    else:
        if done:
            messages.success(request, done)
    return redirect("minerals:list-detail", pk)
