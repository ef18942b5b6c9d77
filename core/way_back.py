"""Where a person can go back to."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

SAFE_METHODS = ("GET", "HEAD")


def address_to_open(request: HttpRequest) -> str:
    """The address of this page, or of the page behind it.

    An answer to a form cannot be opened by its address; the page the form stood on can, and where
    that is not told or not ours, the home page.
    """
    if request.method in SAFE_METHODS:
        return request.get_full_path()
    came_from = request.headers.get("Referer", "")
    ours = {request.get_host()}
    if not url_has_allowed_host_and_scheme(came_from, ours, require_https=request.is_secure()):
        return "/"
    parts = urlsplit(came_from)
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
