"""Rows that belong to a supplier's record and are written together with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from suppliers.models import Category, MineralScope, RegistrationNumber, Supplier
from suppliers.rules.registration import registration_key


def set_categories(supplier: Supplier, codes: Iterable[str]) -> None:
    supplier.categories.set(Category.objects.filter(code__in=tuple(codes)))


def set_minerals(supplier: Supplier, metals: Iterable[str], reason: str) -> None:
    """One reason for all of them, as the record gives it."""
    wanted = set(metals)
    supplier.minerals.exclude(metal__in=wanted).delete()
    known = {row.metal: row for row in supplier.minerals.all()}
    for metal in sorted(wanted - known.keys()):
        MineralScope.objects.create(supplier=supplier, metal=metal, reason=reason)
    for row in known.values():
        if row.reason != reason:
            row.reason = reason
            row.save(update_fields=["reason"])


def set_registrations(supplier: Supplier, numbers: Mapping[str, str]) -> None:
    """One number of each kind given; an empty one is removed. Other kinds stay."""
    known = {row.kind: row for row in supplier.registrations.filter(kind__in=numbers)}
    for kind, number in numbers.items():
        row = known.get(kind)
        if not number:
            if row is not None:
                row.delete()
            continue
        row = row or RegistrationNumber(supplier=supplier, kind=kind)
        if row.number != number:
            row.number, row.key = number, registration_key(number)
            row.save()
