"""Rows that belong to a supplier's record and are written together with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from suppliers.models import Category, MineralScope, RegistrationNumber, Supplier
from suppliers.rules.mineral_reasons import reasons_after
from suppliers.rules.registration import registration_key


def set_categories(supplier: Supplier, codes: Iterable[str]) -> None:
    supplier.categories.set(Category.objects.filter(code__in=tuple(codes)))


def set_minerals(supplier: Supplier, metals: Iterable[str], reason: str) -> None:
    known = {row.metal: row for row in supplier.minerals.all()}
    before = {metal: row.reason for metal, row in known.items()}
    wanted = reasons_after(before, metals, reason)
    supplier.minerals.exclude(metal__in=wanted).delete()
    for metal, own in sorted(wanted.items()):
        row = known.get(metal) or MineralScope(supplier=supplier, metal=metal)
        if row.pk is None or row.reason != own:
            row.reason = own
            row.save()


def set_registrations(supplier: Supplier, numbers: Mapping[str, str]) -> None:
    """One number of each kind given; an empty one is removed. Other kinds stay, and a second
    number of a kind that a merge brought: only the one that the record shows is changed."""
    known: dict[str, list[RegistrationNumber]] = defaultdict(list)
    for row in supplier.registrations.filter(kind__in=numbers).order_by("kind", "number"):
        known[row.kind].append(row)
    for kind, number in numbers.items():
        _set_number(supplier, kind, number, known[kind])


def _set_number(
    supplier: Supplier, kind: str, number: str, known: Sequence[RegistrationNumber]
) -> None:
    shown, key = (known[0] if known else None), registration_key(number)
    kept = next((row for row in known if row.key == key), shown) if number else None
    if shown is not None and kept is not shown:
        shown.delete()
    if number and (kept is None or kept.number != number):
        kept = kept or RegistrationNumber(supplier=supplier, kind=kind)
        kept.number, kept.key = number, key
        kept.save()
