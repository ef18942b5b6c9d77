"""Declarations of a duplicate, and its tasks about smelters, go to the supplier that stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef

from core import clock
from core.services.activity import record_activity
from minerals.enums import TaskState
from minerals.models import (
    Clarification,
    Declaration,
    FindingDecision,
    SmelterCertificate,
    SmelterTask,
)
from minerals.services.gate import push_declaration_gate
from minerals.services.rating import rate_later
from minerals.services.supersession import lock_suppliers, refresh_supersession
from suppliers.models import Supplier

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
    _move_reviews(moving, keep_id)
    for family in sorted({declaration.family for declaration in moving}):
        refresh_supersession(next(each for each in moving if each.family == family))
    push_declaration_gate(keep_id)
    return len(moving)


@transaction.atomic
def move_smelter_tasks(actor: User, keep_id: int, drop_id: int) -> int:
    """How many tasks moved. Where both are asked about the same list, the smelters of the two
    become one task; certificates go along. The caller has checked that the actor may."""
    own = {task.list_id: task for task in SmelterTask.objects.filter(supplier_id=keep_id)}
    moving = list(SmelterTask.objects.select_for_update().filter(supplier_id=drop_id))
    for task in moving:
        twin = own.get(task.list_id)
        if twin is None:
            task.supplier_id = keep_id
            task.save(update_fields=["supplier"])
        else:
            _join(twin, task)
    SmelterCertificate.objects.filter(supplier_id=drop_id).update(supplier_id=keep_id)
    if moving:
        keep = Supplier.objects.get(pk=keep_id)
        record_activity(actor, "smelter_task.moved", keep, tasks=len(moving), before=drop_id)
        # What the joined declarations no longer name is over.
        rate_later(keep_id)
    return len(moving)


def _join(twin: SmelterTask, task: SmelterTask) -> None:
    """Smelters the twin does not ask about yet; a closed twin stays as it was decided."""
    known = twin.items.values_list("smelter_id", flat=True)
    if twin.state == TaskState.OPEN:
        task.items.exclude(smelter__in=list(known)).update(task=twin)
        twin.due_on = min(twin.due_on, task.due_on)
        twin.save(update_fields=["due_on"])
    task.delete()


def _move_reviews(moving: list[Declaration], keep_id: int) -> None:
    """Decisions and questions go along. About a file with the same content the supplier that stays
    may have decisions of its own: those count, the duplicate's are undone."""
    Clarification.objects.filter(declaration__in=moving).update(supplier=keep_id)
    decisions = FindingDecision.objects.filter(declaration__in=moving)
    kept = FindingDecision.objects.filter(
        supplier=keep_id,
        content_key=OuterRef("content_key"),
        finding_key=OuterRef("finding_key"),
        undone_at=None,
    )
    decisions.filter(Exists(kept), undone_at=None).update(undone_at=clock.now())
    decisions.update(supplier=keep_id)
