"""The pages of risk beside one another."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _


def risk_tabs(here: str) -> list[dict[str, object]]:
    """``here``: the name of one of them."""
    pages = {
        "risk-list": _("Suppliers"),
        "policy": _("Policy"),
        "country-list": _("Lists of countries"),
    }
    return [
        {"label": label, "url": reverse(f"minerals:{name}"), "here": name == here}
        for name, label in pages.items()
    ]
