"""Parts of pages for htmx."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails


class HtmxRequest(HttpRequest):
    """A request behind ``HtmxMiddleware``."""

    htmx: HtmxDetails


def part_wanted(request: HtmxRequest, target: str) -> bool:
    """Does htmx ask for the element ``target`` of this page alone?"""
    return bool(request.htmx) and request.htmx.target == target


def page_part(request: HtmxRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A part under the page's own address: never shown instead of the page by the browser."""
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    response["Cache-Control"] = "no-store"
    return response


def with_message(response: HttpResponse, text: str, tone: str = "verified") -> HttpResponse:
    """Show ``text`` beside the page part that htmx puts in place."""
    response["HX-Trigger"] = json.dumps({"message": {"text": text, "tone": tone}})
    return response
