"""What Django shows when no view answered: a calm page, or JSON in the shape of the API."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import defaults

from core.api.errors import API_PREFIX, plain_answer
from core.uploads.contract import megabytes

MULTIPART = "multipart/form-data"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        return _too_much(request)
    if _for_program(request):
        return plain_answer(400, "bad_request", _("The request could not be understood"))
    return defaults.bad_request(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _for_program(request):
        return plain_answer(404, "not_found", _("There is no such address."))
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    if _for_program(request):
        text = _("Something went wrong on our side. It has been written down.")
        return plain_answer(500, "server_error", text)
    return defaults.server_error(request)


def _too_much(request: HttpRequest) -> HttpResponse:
    text = _upload_limits() if request.content_type == MULTIPART else _plain_limit()
    if _for_program(request):
        return plain_answer(413, "request_too_large", text)
    return render(request, "413.html", {"text": text}, status=413)


def _upload_limits() -> str:
    text = _(
        "One upload may have %(files)s files and %(megabytes)s MB. Hand them in in several rounds."
    )
    size = megabytes(settings.UPLOAD_MAX_REQUEST_BYTES)
    return text % {"files": settings.UPLOAD_MAX_MEMBERS, "megabytes": size}


def _plain_limit() -> str:
    text = _(
        "The request is larger than the %(megabytes)s MB it may have. Shorten the texts in it."
    )
    return text % {"megabytes": megabytes(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)}


def _for_program(request: HttpRequest) -> bool:
    return request.path_info.startswith(API_PREFIX)
