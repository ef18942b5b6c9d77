"""Text of a form that is read without a form class."""

from __future__ import annotations

from django.http import HttpRequest


def posted_text(request: HttpRequest, name: str) -> str:
    """Empty where it was not sent. Without NUL characters, which PostgreSQL does not store and
    which form classes refuse by themselves."""
    return request.POST.get(name, "").replace("\0", "")
