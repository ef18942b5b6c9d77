"""An ERP pushes suppliers: the same request again changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from suppliers import policies
from suppliers.models import Supplier
from suppliers.rules.master_data import SupplierInput
from suppliers.services.suppliers import create_supplier, update_supplier

if TYPE_CHECKING:
    from accounts.models import User

# Makes the input of the record as it stands; None for a new one.
InputFor = Callable[[Supplier | None], SupplierInput]


def put_supplier(actor: User, code: str, input_for: InputFor) -> tuple[Supplier, bool]:
    """Create or change the supplier with this code; the second value tells whether it is new.

    Errors: those of ``create_supplier`` and ``update_supplier``.
    """
    policies.require_manage_suppliers(actor)
    changed = _change(actor, code, input_for)
    if changed is not None:
        return changed, False
    try:
        with transaction.atomic():
            return create_supplier(actor, input_for(None)), True
    except IntegrityError:
        # The same push arrived twice at the same moment: the other one created it.
        changed = _change(actor, code, input_for)
        if changed is None:
            raise
    return changed, False


@transaction.atomic
def _change(actor: User, code: str, input_for: InputFor) -> Supplier | None:
    """What is left out is read behind the lock: a change made meanwhile is not written over."""
    seen = Supplier.objects.visible_to(actor).filter(code__iexact=code)
    found = seen.select_for_update().first()
    return update_supplier(actor, found.pk, input_for(found)) if found is not None else None
