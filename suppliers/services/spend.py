"""The only writer of yearly spend, beside imports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core import clock
from core.currencies import CURRENCIES
from core.errors import InvalidInput
from core.services.activity import record_activity, record_many
from suppliers import policies
from suppliers.models import AnnualSpend, Supplier
from suppliers.rules.cleaning import one_line, shown
from suppliers.rules.import_plan import Values
from suppliers.rules.problems import Problem
from suppliers.rules.related_data import SpendInput, check_spend
from suppliers.selectors.suppliers import spend_of, supplier_for
from suppliers.services.import_bulk import (
    create_many,
    in_portions,
    spend_entry,
    update_many,
)
from suppliers.services.problems import refuse
from suppliers.services.suppliers import require_alive

if TYPE_CHECKING:
    from accounts.models import User

MOST_ITEMS = 1_000
Key = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class SpendItem:
    """One of many: the code of the supplier and what was spent."""

    supplier: str
    spend: SpendInput


@dataclass(frozen=True, slots=True)
class Pushed:
    """How many items made a new record, changed one, or said what was known already."""

    created: int
    changed: int
    unchanged: int


class InvalidItems(InvalidInput):
    """``problems``: everything that is wrong, by the place of the item in the list."""

    def __init__(self, problems: Mapping[int, Sequence[Problem]]) -> None:
        count = len(problems)
        super().__init__(
            "invalid_items",
            N_("%(count)s items cannot be stored; nothing was changed."),
            {"count": count},
        )
        self.problems = problems


@transaction.atomic
def set_spend(actor: User, supplier_id: int, data: SpendInput) -> tuple[AnnualSpend, bool]:
    """Record the spend of a year in a currency; the second value tells whether it is new.

    The same amount again changes nothing and leaves no entry. Errors: may_not_manage_suppliers,
    supplier_not_found, supplier_merged, and ``InvalidRecord``.
    """
    policies.require_manage_suppliers(actor)
    # The lock on the supplier lets two recordings of the same year follow each other.
    supplier = supplier_for(actor, supplier_id, locked=True)
    require_alive(supplier)
    clean, problems = check_spend(data, CURRENCIES, clock.today())
    refuse(problems)
    year = clean.year or 0
    found = supplier.spend.filter(year=year, currency=clean.currency).first()
    before = found.amount if found else None
    if found is not None and before == clean.amount:
        return found, False
    row = found or AnnualSpend(supplier=supplier, year=year, currency=clean.currency)
    row.amount = clean.amount or Decimal(0)
    row.save()
    record_activity(
        actor, "supplier.spend_set", supplier, **_told(row.year, row.currency, before, row.amount)
    )
    return row, found is None


@transaction.atomic
def add_spend(actor: User, supplier_id: int, data: SpendInput) -> AnnualSpend:
    """Record a year and currency that has none yet, for people who do not see what there is.

    Errors: those of ``set_spend``, and spend_recorded.
    """
    policies.require_manage_suppliers(actor)
    supplier = supplier_for(actor, supplier_id, locked=True)
    currency = data.currency.strip().upper()
    if supplier.spend.filter(year=data.year or 0, currency=currency).exists():
        name = {"year": data.year, "currency": currency}
        refuse([Problem("spend_recorded", "year", name)])
    return set_spend(actor, supplier_id, data)[0]


@transaction.atomic
def remove_spend(actor: User, supplier_id: int, year: int, currency: str) -> None:
    """Remove spend recorded by mistake; the entry keeps the amount.

    Errors: may_not_manage_suppliers, supplier_not_found, supplier_merged, spend_not_found.
    """
    policies.require_manage_suppliers(actor)
    supplier = supplier_for(actor, supplier_id, locked=True)
    require_alive(supplier)
    row = spend_of(supplier, year, currency)
    told = spend_entry(row.year, row.currency, f"{row.amount:.2f}", "")
    row.delete()
    record_activity(actor, "supplier.spend_removed", supplier, **told)


@transaction.atomic
def push_spend(actor: User, items: Sequence[SpendItem]) -> Pushed:
    """Record many at once, all or nothing. Errors: may_not_manage_suppliers, too_many_items,
    and ``InvalidItems`` with every problem."""
    policies.require_manage_suppliers(actor)
    if len(items) > MOST_ITEMS:
        raise InvalidInput(
            "too_many_items",
            N_("At most %(most)s items can be sent at once."),
            {"most": MOST_ITEMS},
        )
    suppliers = _locked(actor, items)
    keys, amounts = _checked(items, suppliers)
    known = _known({key[0] for key in keys})
    fresh, changed, entries = [], [], []
    for key, amount in zip(keys, amounts, strict=True):
        row = known.get(key)
        before = row.amount if row else None
        if before == amount:
            continue
        if row is None:
            supplier, year, currency = key
            fresh.append(
                AnnualSpend(supplier_id=supplier, year=year, currency=currency, amount=amount)
            )
        else:
            row.amount = amount
            changed.append(row)
        told = _told(key[1], key[2], before, amount)
        entries.append(("supplier.spend_set", key[0], told))
    create_many(AnnualSpend, fresh)
    update_many(AnnualSpend, changed, ["amount"])
    record_many(actor, Supplier, entries)
    return Pushed(len(fresh), len(changed), len(items) - len(fresh) - len(changed))


def _told(year: int, currency: str, before: Decimal | None, after: Decimal) -> Values:
    return spend_entry(year, currency, "" if before is None else f"{before:.2f}", f"{after:.2f}")


def _locked(actor: User, items: Sequence[SpendItem]) -> dict[str, int]:
    """Suppliers that the actor sees, by their code in lower case."""
    codes = {one_line(item.supplier).lower() for item in items}
    seen = Supplier.objects.visible_to(actor).living().order_by()
    wanted = {
        pk: code.lower()
        for code, pk in seen.values_list("code", "pk").iterator()
        if code.lower() in codes
    }
    for part in in_portions(wanted):
        list(Supplier.objects.filter(pk__in=part).select_for_update().order_by("pk").only("pk"))
    return {code: pk for pk, code in wanted.items()}


def _checked(
    items: Sequence[SpendItem], suppliers: Mapping[str, int]
) -> tuple[list[Key], list[Decimal]]:
    problems: dict[int, list[Problem]] = {}
    keys: list[Key] = []
    amounts: list[Decimal] = []
    first: dict[Key, int] = {}
    today = clock.today()
    for place, item in enumerate(items):
        clean, wrong = check_spend(item.spend, CURRENCIES, today)
        supplier = suppliers.get(one_line(item.supplier).lower())
        if supplier is None:
            value = {"value": shown(item.supplier)}
            wrong = [Problem("supplier_unknown", "supplier", value), *wrong]
        key = (supplier or 0, clean.year or 0, clean.currency)
        if not wrong and first.setdefault(key, place) != place:
            wrong = [Problem("row_twice", "year", {"first": first[key], "second": place})]
        if wrong:
            problems[place] = wrong
        keys.append(key)
        amounts.append(clean.amount or Decimal(0))
    if problems:
        raise InvalidItems(problems)
    return keys, amounts


def _known(suppliers: set[int]) -> dict[Key, AnnualSpend]:
    found: dict[Key, AnnualSpend] = {}
    for part in in_portions(suppliers):
        for row in AnnualSpend.objects.filter(supplier_id__in=part):
            found[row.supplier_id, row.year, row.currency] = row
    return found
