"""What stands around every view: odd requests stay out, domain errors get a calm answer."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from core.errors import NotFound, as_domain_error


class PlainRequestMiddleware:
    """Refuses what no person and no program of good will sends, before anything reads it.

    PostgreSQL stores no text with a NUL character and answers a question about one with an error;
    forms refuse it by themselves, addresses, cookies and tokens do not.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request.META.get("HTTP_AUTHORIZATION", "")
        if not token.isascii() or any("\0" in text for text in _texts(request, token)):
            raise BadRequest("A character that no address, cookie or token has.")
        return self.get_response(request)


def _texts(request: HttpRequest, token: str) -> list[str]:
    """Parameters of the address are looked at as sent: reading them takes them apart."""
    query = request.META.get("QUERY_STRING", "").replace("%00", "\0")
    return [request.path_info, query, token, *request.COOKIES.values()]


class DomainErrorMiddleware:
    """A page with the code, what is wrong and the way back; never a traceback or a blank page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed):
            return response
        page = render(request, "405.html", status=response.status_code)
        page["Allow"] = response["Allow"]
        return page

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        error = as_domain_error(exception)
        if error is None:
            return None
        template = "404.html" if isinstance(error, NotFound) else "domain_error.html"
        return render(request, template, {"error": error}, status=error.status)
