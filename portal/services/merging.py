"""Merging two suppliers: every app moves what it keeps of them, in one transaction."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from minerals.services.merging import move_declarations, move_smelter_tasks
from suppliers.models import Supplier
from suppliers.services.merging import merge_suppliers
from surveys.services.merging import move_participants


@transaction.atomic
def merge(actor: User, keep_id: int, drop_id: int, *, confirmed: bool = False) -> Supplier:
    """Errors: those of ``merge_suppliers``."""
    keep = merge_suppliers(actor, keep_id, drop_id, confirmed=confirmed)
    move_declarations(actor, keep.pk, drop_id)
    move_smelter_tasks(actor, keep.pk, drop_id)
    move_participants(actor, keep.pk, drop_id)
    return keep
