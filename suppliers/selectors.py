"""Reads of suppliers shared by pages, API and tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from suppliers.models import Supplier
from suppliers.rules.names import name_key

if TYPE_CHECKING:
    from accounts.models import User
    from suppliers.models.supplier import SupplierQuerySet


def suppliers_for(actor: User, search: str = "") -> SupplierQuerySet:
    """Suppliers the actor may see, matching code or either name."""
    found = Supplier.objects.visible_to(actor)
    words = search.strip()
    if words:
        found = found.filter(
            Q(code__icontains=words) | Q(name__icontains=words) | Q(local_name__icontains=words)
        )
    return found


def supplier_by_code(code: str) -> Supplier | None:
    return Supplier.objects.filter(code__iexact=code.strip()).first()


def supplier_by_company_name(name: str) -> Supplier | None:
    """The one supplier with exactly this name in either language; None when none or several."""
    key = name_key(name)
    if not key:
        return None
    found = Supplier.objects.filter(Q(name_key=key) | Q(local_name_key=key))[:2]
    return found[0] if len(found) == 1 else None
