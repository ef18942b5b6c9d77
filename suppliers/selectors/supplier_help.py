"""Whom a supplier's contact can ask: the buyer, or the address for suppliers without one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from suppliers.models import SupplierContact

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class SupplierHelp:
    """``name`` is empty where ``email`` is the address of an office; both where nobody is named."""

    name: str
    email: str


def supplier_help(actor: User) -> SupplierHelp | None:
    """None for everybody who speaks for no supplier. One query."""
    found = SupplierContact.objects.select_related("supplier__buyer").filter(user=actor).first()
    if found is None:
        return None
    buyer = found.supplier.buyer
    if buyer is not None and buyer.is_active:
        return SupplierHelp(str(buyer), buyer.email)
    return SupplierHelp("", settings.SUPPLIER_HELP_EMAIL)
