"""Reads of suppliers shared by pages, API and tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_noop as N_

from core.errors import NotFound
from suppliers.models import AnnualSpend, Supplier
from suppliers.rules.names import name_key

if TYPE_CHECKING:
    from accounts.models import User
    from suppliers.models.supplier import SupplierQuerySet


def supplier_rows(actor: User) -> SupplierQuerySet:
    """What a list row shows: the supplier and ``contact_count``, one query."""
    living = Supplier.objects.visible_to(actor).living()
    return living.annotate(contact_count=Count("contacts"))


def supplier_for(actor: User, supplier_id: int, *, locked: bool = False) -> Supplier:
    """NotFound when there is none or the actor may not see it."""
    visible = Supplier.objects.visible_to(actor)
    return _found((visible.select_for_update() if locked else visible).filter(pk=supplier_id))


def supplier_with_code(actor: User, code: str) -> Supplier:
    """NotFound when there is none or the actor may not see it."""
    return _found(Supplier.objects.visible_to(actor).filter(code__iexact=code.strip()))


def _found(suppliers: QuerySet[Supplier]) -> Supplier:
    supplier = suppliers.first()
    if supplier is None:
        raise NotFound("supplier_not_found", N_("There is no such supplier."))
    return supplier


def spend_of(supplier: Supplier, year: int, currency: str) -> AnnualSpend:
    """NotFound when none is recorded for the year in this currency."""
    row = supplier.spend.filter(year=year, currency=currency.strip().upper()).first()
    if row is None:
        raise NotFound("spend_not_found", N_("There is no such spend."))
    return row


def supplier_of_contact(user: User) -> Supplier | None:
    """The supplier this person speaks for."""
    return Supplier.objects.filter(contacts__user=user).first()


def supplier_by_code(code: str) -> Supplier | None:
    return Supplier.objects.filter(code__iexact=code.strip()).first()


def supplier_by_company_name(name: str) -> Supplier | None:
    """The one supplier with exactly this name in either language; None when none or several."""
    key = name_key(name)
    if not key:
        return None
    found = Supplier.objects.filter(Q(name_key=key) | Q(local_name_key=key))[:2]
    return found[0] if len(found) == 1 else None
