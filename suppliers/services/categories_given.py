"""Categories and sites as people and programs name them: by code."""

from __future__ import annotations

from django.utils.translation import gettext_noop as N_

from core.errors import InvalidInput
from suppliers.models import Category, Site, Supplier


def category_with_code(code: str, field: str = "category") -> Category:
    """Errors: category_unknown."""
    found = Category.objects.filter(code__iexact=code.strip(), is_active=True).first()
    if found is None:
        raise category_unknown(code, field)
    return found


def category_unknown(code: str, field: str = "category") -> InvalidInput:
    return InvalidInput(
        "category_unknown",
        N_("“%(value)s” is no category in use."),
        {"value": code.strip()[:40]},
        field=field,
    )


def site_with_code(supplier: Supplier, code: str) -> Site | None:
    """None for an empty code. Errors: site_unknown."""
    if not code.strip():
        return None
    found = supplier.sites.filter(code__iexact=code.strip(), is_active=True).first()
    if found is None:
        raise InvalidInput(
            "site_unknown",
            N_("“%(value)s” is no site of this supplier in use."),
            {"value": code.strip()[:40]},
            field="site",
        )
    return found
