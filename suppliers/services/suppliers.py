"""The only writer of suppliers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_noop as N_
from django_countries import countries

from core import clock
from core.errors import DomainError, InvalidInput
from core.services.activity import changes_between, record_activity
from suppliers import policies
from suppliers.models import StatusChange, Supplier
from suppliers.rules.names import name_key
from suppliers.selectors.suppliers import supplier_for

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class SupplierInput:
    """What may be said about a supplier. ``country``: ISO 3166 alpha-2, upper or lower case."""

    code: str
    name: str
    local_name: str = ""
    country: str = ""


@transaction.atomic
def create_supplier(actor: User | None, data: SupplierInput, *, is_demo: bool = False) -> Supplier:
    """Create a supplier; ``actor`` None is the system itself (set-up, commands)."""
    if actor is not None:
        policies.require_manage_suppliers(actor)
    clean = _validated(data, current=None)
    supplier = Supplier(is_demo=is_demo, status_since=clock.now())
    _apply(supplier, clean)
    supplier.save()
    begin_life(supplier, actor)
    record_activity(actor, "supplier.created", supplier, code=supplier.code, name=supplier.name)
    return supplier


def begin_life(supplier: Supplier, actor: User | None) -> None:
    """The first period of the status, so that every supplier has a history from its start."""
    StatusChange.objects.create(
        supplier=supplier,
        action="register",
        to_status=supplier.status,
        at=supplier.status_since or clock.now(),
        actor=actor,
    )


@transaction.atomic
def update_supplier(actor: User, supplier_id: int, data: SupplierInput) -> Supplier:
    policies.require_manage_suppliers(actor)
    supplier = supplier_for(actor, supplier_id, locked=True)
    clean = _validated(data, current=supplier)
    before = _snapshot(supplier)
    _apply(supplier, clean)
    supplier.save()
    changes = changes_between(before, _snapshot(supplier))
    if changes:
        record_activity(actor, "supplier.changed", supplier, changes=changes)
    return supplier


@transaction.atomic
def delete_supplier(actor: User, supplier_id: int) -> None:
    """Remove a supplier created by mistake; one that handed something in stays.

    Errors: may_not_manage_suppliers, supplier_not_found, supplier_in_use.
    """
    policies.require_manage_suppliers(actor)
    supplier = supplier_for(actor, supplier_id, locked=True)
    record_activity(actor, "supplier.deleted", supplier, **_snapshot(supplier))
    try:
        supplier.delete()
    except ProtectedError:
        raise DomainError(
            "supplier_in_use",
            N_("%(name)s has declarations and cannot be deleted."),
            {"name": supplier.name},
        ) from None


def _snapshot(supplier: Supplier) -> dict[str, str]:
    return {
        "code": supplier.code,
        "name": supplier.name,
        "local_name": supplier.local_name,
        "country": str(supplier.country or ""),
    }


def _apply(supplier: Supplier, data: SupplierInput) -> None:
    supplier.code = data.code
    supplier.name = data.name
    supplier.local_name = data.local_name
    supplier.country = data.country
    supplier.name_key = name_key(data.name)
    supplier.local_name_key = name_key(data.local_name)


def _validated(data: SupplierInput, current: Supplier | None) -> SupplierInput:
    clean = SupplierInput(
        code=data.code.strip(),
        name=" ".join(data.name.split()),
        local_name=" ".join(data.local_name.split()),
        country=data.country.strip().upper(),
    )
    if not clean.code:
        raise InvalidInput("supplier_code_missing", N_("Give the supplier a code."), field="code")
    if not clean.name:
        raise InvalidInput("supplier_name_missing", N_("Give the supplier a name."), field="name")
    if clean.country and clean.country not in dict(countries):
        raise InvalidInput(
            "country_unknown",
            N_("“%(value)s” is no country code; use two letters such as CN."),
            {"value": clean.country},
            field="country",
        )
    _require_free_code(clean.code, current)
    return clean


def _require_free_code(code: str, current: Supplier | None) -> None:
    others = Supplier.objects.filter(code__iexact=code)
    if current is not None:
        others = others.exclude(pk=current.pk)
    if others.exists():
        raise InvalidInput(
            "supplier_code_taken",
            N_("The code %(code)s belongs to another supplier."),
            {"code": code},
            field="code",
        )
