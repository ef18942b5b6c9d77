"""Checking a file without an account: a public page, nothing stored, the same rules."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.web.addresses import client_address
from core.rates import one_of, within_rate
from core.uploads.contract import MEGABYTE
from minerals.selectors.reference import snapshots_in_force
from minerals.services.precheck import PreChecked, precheck
from surveys.web.files import ENDINGS, FileForm, sent_file

HOUR = 60 * 60
# Reading runs in a process of its own; more at once would slow down everybody else.
AT_ONCE = 2
LONGEST = 120


@require_http_methods(["GET", "HEAD", "POST"])
def check_page(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    file = sent_file(request)
    if file is None:
        messages.error(request, _("Choose a file first."))
        return _page(request, status=422)
    if not within_rate("check", client_address(request), settings.CHECKS_PER_HOUR, HOUR):
        messages.error(request, _("That was often enough for now. Please try again in an hour."))
        return _page(request, status=429)
    with one_of("check", AT_ONCE, LONGEST) as free:
        if not free:
            messages.error(
                request, _("Others are checking files right now. Please try again in a minute.")
            )
            return _page(request, status=429)
        result = precheck(file.path, file.name)
    return _page(request, result, 422 if result.declaration.error else 200)


def _page(
    request: HttpRequest, result: PreChecked | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "form": FileForm(),
        "result": result,
        "sections": result.sections if result else [],
        "verdict": result.verdict if result else None,
        "declaration": result.declaration if result else None,
        "blanks": snapshots_in_force(),
        "endings": ENDINGS,
        "max_mb": settings.UPLOAD_MAX_BYTES // MEGABYTE,
        "internal": False,
    }
    response = render(request, "surveys/check.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response
