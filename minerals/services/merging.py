"""Declarations of a duplicate go to the supplier that stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from core.services.activity import record_activity
from minerals.models import Declaration
from minerals.services.gate import push_declaration_gate
from minerals.services.supersession import lock_suppliers, refresh_supersession

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def move_declarations(actor: User, keep_id: int, drop_id: int) -> int:
    """How many moved; the newest of each family counts afterwards.

    A file that both handed in stays with the duplicate: the supplier that stays has it already.
    The caller has checked that the actor may.
    """
    lock_suppliers(keep_id, drop_id)
    own = Declaration.objects.filter(supplier_id=keep_id).values("workbook_id")
    rows = Declaration.objects.select_for_update(of=("self",)).filter(supplier_id=drop_id)
    moving = list(rows.exclude(workbook_id__in=own).order_by("pk"))
    for declaration in moving:
        declaration.supplier_id = keep_id
        declaration.superseded_by = None
        declaration.save(update_fields=["supplier", "superseded_by"])
        record_activity(actor, "declaration.moved", declaration, supplier=keep_id, before=drop_id)
    for family in sorted({declaration.family for declaration in moving}):
        refresh_supersession(next(each for each in moving if each.family == family))
    push_declaration_gate(keep_id)
    return len(moving)
