"""Who asks for a page, and the frame the page is shown in."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from core.web.htmx import HtmxRequest


class SignedInRequest(HtmxRequest):
    """A request behind ``SignInRequiredMiddleware``: there is always a user."""

    user: User


def frame(actor: User) -> dict[str, Any]:
    """The frame of the page: dense with a rail for staff, calm for a supplier's contact."""
    internal = actor.is_internal
    return {"layout": "base.html" if internal else "base_supplier.html", "internal": internal}
