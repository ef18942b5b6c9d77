"""What every minerals view needs: the signed-in person, paging, the frame, messages to htmx."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails

from accounts.models import User
from core.errors import DomainError, NotAllowed, NotFound

PAGE_SIZE = 50
Row = TypeVar("Row", bound=Model)


class PortalRequest(HttpRequest):
    """A request behind ``SignInRequiredMiddleware``: there is always a user."""

    user: User
    htmx: HtmxDetails


def frame(actor: User) -> dict[str, Any]:
    """The frame of the page: dense with a rail for staff, calm for a supplier's contact."""
    internal = actor.is_internal
    return {"layout": "base.html" if internal else "base_supplier.html", "internal": internal}


def page_of(
    request: PortalRequest, rows: QuerySet[Row] | list[Any], size: int = PAGE_SIZE
) -> Page[Any]:
    """The page the address asks for; the nearest one for numbers that do not exist."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


def part_wanted(request: PortalRequest, target: str) -> bool:
    """Does htmx ask for the element ``target`` of this page alone?"""
    return bool(request.htmx) and request.htmx.target == target


def page_part(request: PortalRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A part under the page's own address: never shown instead of the page by the browser."""
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    response["Cache-Control"] = "no-store"
    return response


def with_message(response: HttpResponse, text: str, tone: str = "verified") -> HttpResponse:
    """Show ``text`` beside the page part that htmx puts in place."""
    response["HX-Trigger"] = json.dumps({"message": {"text": text, "tone": tone}})
    return response


def tell_error(request: PortalRequest, error: DomainError) -> None:
    """Keep the words for the next page; what one may not know or do stays an error page."""
    if isinstance(error, NotAllowed | NotFound):
        raise error
    messages.error(request, error.message)
