"""Who of a supplier is asked: the minerals contact before CSR, before the first contact."""

from __future__ import annotations

from collections.abc import Iterable

from suppliers.enums import ContactRole
from suppliers.models import SupplierContact

ORDER = (ContactRole.MINERALS, ContactRole.CSR)


def contacts_to_ask(supplier_ids: Iterable[int]) -> dict[int, SupplierContact]:
    """By supplier; only people with an address. One query."""
    rows = SupplierContact.objects.filter(supplier__in=list(supplier_ids)).exclude(email="")
    best: dict[int, SupplierContact] = {}
    for contact in sorted(rows.select_related("supplier"), key=_rank):
        best.setdefault(contact.supplier_id, contact)
    return best


def backups_of(supplier_id: int, but: SupplierContact | None) -> list[SupplierContact]:
    """Others of the supplier who can be written to, the likeliest first."""
    rows = SupplierContact.objects.filter(supplier=supplier_id).exclude(email="")
    others = rows.select_related("supplier").exclude(pk=but.pk if but else 0)
    return sorted(others, key=_rank)


def _rank(contact: SupplierContact) -> tuple[int, bool, int]:
    place = ORDER.index(contact.role) if contact.role in ORDER else len(ORDER)
    return (place, not contact.is_primary, contact.pk)
