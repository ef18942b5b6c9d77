"""Turns domain errors that a view did not handle into a calm answer."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.errors import DomainError, NotFound


class DomainErrorMiddleware:
    """A page with the code, what is wrong and the way back; never a traceback for the user."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        template = "404.html" if isinstance(exception, NotFound) else "domain_error.html"
        return render(request, template, {"error": exception}, status=exception.status)
