"""Status words of smelter lists: those nobody has explained yet, and what was said of others."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.web.requests import SignedInRequest
from core.errors import DomainError
from core.web.errors import tell_error
from core.web.exports import export_response
from core.web.paging import page_of
from minerals.filters.lists import StatusWordFilter
from minerals.policies.lists import can_import_lists, require_import_lists
from minerals.selectors.status_words import open_words, status_words_for
from minerals.services.status_words import explain_status_word
from minerals.web.list_forms import StatusWordForm
from minerals.web.list_words import status_tone, word_columns, word_rows


@require_http_methods(["GET", "HEAD", "POST"])
def status_word_list(request: SignedInRequest) -> HttpResponse:
    """POST says what a word means."""
    if request.method == "POST":
        return _explain(request)
    filters = _filters(request)
    page = page_of(request, filters.qs)
    may_explain = can_import_lists(request.user)
    context = {
        "form": filters.form,
        "page_obj": page,
        "rows": [
            (word, *status_tone(word.status), _form(word.text, f"said-{word.pk}")) for word in page
        ],
        "waiting": [
            (word, _form(word.text, f"open-{number}")) for number, word in enumerate(open_words())
        ],
        "may_explain": may_explain,
        "export_url": reverse("minerals:status-word-export"),
    }
    return render(request, "minerals/status_word_list.html", context)


def _form(text: str, name: str) -> StatusWordForm:
    return StatusWordForm(initial={"text": text}, auto_id=f"{name}-%s")


def _explain(request: SignedInRequest) -> HttpResponse:
    require_import_lists(request.user)
    form = StatusWordForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose what the word means."))
        return redirect("minerals:status-word-list")
    try:
        word = explain_status_word(
            request.user, form.cleaned_data["text"], form.cleaned_data["status"]
        )
    except DomainError as error:
        tell_error(request, error)
    else:
        told = {"text": word.text, "status": word.get_status_display()}
        messages.success(request, _("“%(text)s” means “%(status)s” from now on.") % told)
    return redirect("minerals:status-word-list")


@require_safe
def status_word_export(request: SignedInRequest) -> HttpResponseBase:
    filters = _filters(request)
    rows = word_rows(filters.qs)
    return export_response(request, _("Status words"), filters.form, word_columns(), rows)


def _filters(request: SignedInRequest) -> StatusWordFilter:
    return StatusWordFilter(request.GET, status_words_for(request.user), request=request)
