"""What every page needs besides its own context."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from portal.navigation import navigation


def page(request: HttpRequest) -> dict[str, Any]:
    """Lazy, so that error pages and page parts ask the database nothing."""
    return {
        "navigation": SimpleLazyObject(lambda: navigation(request)),
        "demo_mode": settings.DEMO_MODE,
    }
