"""What every page needs besides its own context."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from core.models import Notification
from core.reader import own_company
from portal.navigation import navigation
from suppliers.selectors.supplier_help import SupplierHelp, supplier_help


def _unread_count(request: HttpRequest) -> int:
    person = request.user
    if not isinstance(person, User):
        return 0
    return Notification.objects.visible_to(person).unread().count()


def _help(request: HttpRequest) -> SupplierHelp | None:
    person = request.user
    return supplier_help(person) if isinstance(person, User) and not person.is_internal else None


def page(request: HttpRequest) -> dict[str, Any]:
    """Lazy, so that error pages and page parts ask the database nothing."""
    return {
        "unread_count": partial(_unread_count, request),
        "navigation": SimpleLazyObject(lambda: navigation(request)),
        "demo_mode": settings.DEMO_MODE,
        "own_company": SimpleLazyObject(own_company),
        "supplier_help": SimpleLazyObject(lambda: _help(request)),
    }
