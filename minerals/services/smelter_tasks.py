"""Opening, settling and closing the tasks of suppliers about smelters. The only writer of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput
from core.services.activity import record_activity, record_many
from minerals.enums import TaskState
from minerals.models import SmelterList, SmelterTask, SmelterTaskItem
from minerals.policies.smelters import require_close_tasks
from minerals.rules.smelter_tasks import AskedItem, StatusChange, items_to_ask, settled_by
from minerals.selectors.named_smelters import named_by
from minerals.selectors.smelter_status import StatusBook, status_book
from minerals.selectors.smelter_tasks import task_for
from minerals.services.smelter_rows import ensure_smelters
from minerals.services.smelter_task_words import settle_told, tell_opened
from suppliers.models import Supplier

if TYPE_CHECKING:
    from accounts.models import User

BY_HAND = "by_hand"
CLOSING = (TaskState.DONE, TaskState.CANCELLED)
LONGEST_NOTE = 2000
AT_MOST = 500


def ask_suppliers(
    suppliers: Sequence[Supplier],
    smelter_list: SmelterList,
    named: Mapping[int, Collection[str]],
    changes: Mapping[str, StatusChange],
    day: dt.date,
) -> int:
    """Open the tasks of these suppliers for the list, or add to them; how many are asked.

    They must be locked. Done twice it asks once: what the list's own task ever named is not named
    again, whether it is settled or not. A constant number of queries.
    """
    asked: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    before: defaultdict[int, set[str]] = defaultdict(set)
    rows = SmelterTaskItem.objects.filter(task__supplier__in=suppliers).order_by()
    for key, cid, status, settled, list_id in rows.values_list(
        "task__supplier_id", "smelter__cid", "status", "settled_on", "task__list_id"
    ):
        if settled is None:
            asked[key].add((cid, status))
        if list_id == smelter_list.pk:
            before[key].add(cid)
    wanted = {
        supplier: items
        for supplier in suppliers
        if (own := set(named.get(supplier.pk, ())) - before[supplier.pk])
        and (items := items_to_ask(own, changes, asked[supplier.pk], day))
    }
    if wanted:
        _ask(wanted, smelter_list)
    return len(wanted)


def _ask(wanted: Mapping[Supplier, Sequence[AskedItem]], smelter_list: SmelterList) -> None:
    tasks = _tasks_for(wanted, smelter_list)
    smelters = ensure_smelters({item.cid for items in wanted.values() for item in items})
    rows = [
        SmelterTaskItem(
            task=tasks[supplier.pk],
            smelter=smelters[item.cid],
            status=item.status,
            status_before=item.status_before,
            due_on=item.due_on,
        )
        for supplier, items in wanted.items()
        for item in items
    ]
    SmelterTaskItem.objects.bulk_create(rows)
    by_task: defaultdict[int, list[SmelterTaskItem]] = defaultdict(list)
    for row in rows:
        by_task[row.task.pk].append(row)
    record_many(
        None,
        Supplier,
        (
            (
                "smelter_task.opened",
                task.supplier_id,
                {
                    "task": task.pk,
                    "smelters": [row.smelter.cid for row in by_task[task.pk]],
                    "due": task.due_on.isoformat(),
                },
            )
            for task in tasks.values()
        ),
    )
    tell_opened([(task, by_task[task.pk]) for task in tasks.values()])


def _tasks_for(
    wanted: Mapping[Supplier, Sequence[AskedItem]], smelter_list: SmelterList
) -> dict[int, SmelterTask]:
    """By key of the supplier. A word that somebody explained later can add to a closed task."""
    known = SmelterTask.objects.filter(list=smelter_list, supplier__in=list(wanted))
    tasks = {task.supplier_id: task for task in known}
    fresh = []
    for supplier, items in wanted.items():
        due = items[0].due_on
        task = tasks.get(supplier.pk)
        if task is None:
            fresh.append(SmelterTask(supplier=supplier, list=smelter_list, due_on=due))
            continue
        task.supplier = supplier
        task.due_on = min(task.due_on, due) if task.state == TaskState.OPEN else due
        task.state, task.closed_at, task.closed_by = TaskState.OPEN, None, None
    SmelterTask.objects.bulk_update(tasks.values(), ["due_on", "state", "closed_at", "closed_by"])
    made = SmelterTask.objects.bulk_create(fresh)
    return tasks | {task.supplier_id: task for task in made}


def settle_items(
    suppliers: Sequence[Supplier],
    named: Mapping[int, Collection[str]],
    book: StatusBook,
    day: dt.date,
) -> int:
    """Settle what is over, close tasks without open items; how many items were settled.

    The suppliers must be locked. A constant number of queries.
    """
    waiting = SmelterTaskItem.objects.filter(task__supplier__in=suppliers, settled_on=None)
    rows = list(waiting.select_related("smelter", "task__supplier").order_by("pk"))
    newest = {(row.task.supplier_id, row.smelter_id): row.pk for row in rows}
    settled, left = [], defaultdict(list)
    for row in rows:
        owner = row.task.supplier_id
        row.settled_by = settled_by(
            book.status_of(row.smelter.cid),
            is_named=row.smelter.cid in named.get(owner, ()),
            is_replaced=newest[owner, row.smelter_id] != row.pk,
        )
        if row.settled_by:
            row.settled_on = day
            settled.append(row)
        else:
            left[row.task_id].append(row.due_on)
    if settled:
        SmelterTaskItem.objects.bulk_update(settled, ["settled_on", "settled_by"])
        _after_settling({row.task_id: row.task for row in settled}, left)
    return len(settled)


def _after_settling(tasks: Mapping[int, SmelterTask], left: Mapping[int, list[dt.date]]) -> None:
    """``left``: due dates of what is still open, by task."""
    over = []
    for task in tasks.values():
        if task.pk in left:
            task.due_on = min(left[task.pk])
        else:
            task.state, task.closed_at = TaskState.DONE, clock.now()
            over.append(task)
    SmelterTask.objects.bulk_update(tasks.values(), ["due_on", "state", "closed_at"])
    settle_told(over)
    entries = (("smelter_task.settled", task.supplier_id, {"task": task.pk}) for task in over)
    record_many(None, Supplier, entries)


@transaction.atomic
def settle_supplier(supplier_id: int) -> int:
    """What a newer declaration no longer names, and what is good again, is over."""
    if not SmelterTask.objects.filter(supplier=supplier_id, state=TaskState.OPEN).exists():
        return 0
    supplier = Supplier.objects.select_for_update(no_key=True).get(pk=supplier_id)
    day = clock.today()
    return settle_items([supplier], named_by([supplier_id]), status_book(day), day)


@dataclass(frozen=True, slots=True)
class CloseInput:
    """``state``: done, or cancelled (no longer needed); ``note``: why."""

    note: str
    state: str = TaskState.DONE


@transaction.atomic
def close_task(actor: User, task_id: int, data: CloseInput) -> SmelterTask:
    """Errors: smelter_task_not_found, may_not_close_smelter_tasks, smelter_task_closed,
    close_note_missing, close_state_unknown."""
    task = task_for(actor, task_id)
    require_close_tasks(actor)
    note = _checked(data)
    locked = SmelterTask.objects.select_for_update(of=("self",)).select_related("supplier")
    task = locked.get(pk=task.pk)
    if task.state != TaskState.OPEN:
        raise DomainError("smelter_task_closed", N_("This task is closed already."))
    task.items.filter(settled_on=None).update(settled_on=clock.today(), settled_by=BY_HAND)
    task.state, task.closed_at = TaskState(data.state), clock.now()
    task.closed_by, task.note = actor, note
    task.save(update_fields=["state", "closed_at", "closed_by", "note"])
    settle_told([task])
    record_activity(
        actor, "smelter_task.closed", task.supplier, task=task.pk, state=task.state, note=note
    )
    return task


@transaction.atomic
def close_tasks(actor: User, task_ids: Iterable[int], data: CloseInput) -> int:
    """All or none; those closed already are passed over. How many were closed.

    Errors: those of ``close_task``, too_many_tasks_chosen.
    """
    require_close_tasks(actor)
    keys = sorted(set(task_ids))
    if len(keys) > AT_MOST:
        raise InvalidInput(
            "too_many_tasks_chosen",
            N_("At most %(limit)s tasks can be closed at once."),
            {"limit": AT_MOST},
        )
    visible = SmelterTask.objects.visible_to(actor).filter(pk__in=keys, state=TaskState.OPEN)
    open_keys = list(visible.order_by("pk").values_list("pk", flat=True))
    for key in open_keys:
        close_task(actor, key, data)
    return len(open_keys)


def _checked(data: CloseInput) -> str:
    note = data.note.strip()
    if not note:
        raise InvalidInput("close_note_missing", N_("Say why it is closed."), field="note")
    if data.state not in CLOSING:
        raise InvalidInput("close_state_unknown", N_("Choose how it ends."), field="state")
    return note[:LONGEST_NOTE]
