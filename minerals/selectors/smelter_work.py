"""What waits for somebody about smelters: our people's queue, a supplier's tasks."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.reader import listed
from minerals.enums import TaskState
from minerals.models import SmelterCertificate, SmelterTask
from minerals.policies.smelters import can_close_tasks, can_write_notes
from minerals.selectors.smelter_certificates import running_out, to_verify
from minerals.selectors.smelter_tasks import tasks_for
from suppliers.selectors.work import Severity, SupplierTask, WorkItem, with_rest
from suppliers.workflow import LEFT

if TYPE_CHECKING:
    from accounts.models import User

EACH = 3
NAMED = 3
SOON = dt.timedelta(days=7)
DONE_FOR = dt.timedelta(days=90)
MINUTES = 20


def smelter_work(actor: User) -> list[WorkItem]:
    """Tasks that are overdue or due within a week, certificates to look at or running out. A
    constant number of queries."""
    if not can_write_notes(actor):
        return []
    return [*_tasks(actor), *_to_verify(actor), *_running_out(actor)]


def _tasks(actor: User) -> list[WorkItem]:
    due = tasks_for(actor).filter(state=TaskState.OPEN, due_on__lte=clock.today() + SOON)
    due = due.exclude(supplier__status__in=LEFT)
    if not can_close_tasks(actor):
        due = due.filter(supplier__buyer=actor)
    rows = list(due.order_by("due_on", "pk")[:EACH])
    url = reverse("minerals:task-list") + "?due=soon"
    total = due.count() if len(rows) == EACH else len(rows)
    return with_rest([_task(row) for row in rows], total, _more_tasks, url)


def _task(task: SmelterTask) -> WorkItem:
    severity: Severity = "error" if task.due_on < clock.today() else "warning"
    title = _("Smelters not settled · %(supplier)s") % {"supplier": task.supplier.shown_name}
    return WorkItem(severity, title, task.get_absolute_url(), smelter_names(task), task.due_on)


def smelter_names(task: SmelterTask) -> str:
    """The open ones, of a task of ``tasks_for``."""
    items = [one for one in getattr(task, "smelter_items", ()) if one.settled_on is None]
    shown = listed(one.smelter.name for one in items[:NAMED])
    rest = len(items) - NAMED
    if rest <= 0:
        return shown
    text = ngettext("%(names)s and %(count)s more", "%(names)s and %(count)s more", rest)
    return text % {"names": shown, "count": rest}


def _more_tasks(count: int) -> str:
    text = ngettext(
        "%(count)s more task about smelters is due",
        "%(count)s more tasks about smelters are due",
        count,
    )
    return text % {"count": count}


def _to_verify(actor: User) -> list[WorkItem]:
    if not can_close_tasks(actor):
        return []
    found = to_verify(actor)
    rows = list(found[:EACH])
    items = [_certificate(row, _("Verify the certificate of %(smelter)s"), None) for row in rows]
    total = found.count() if len(rows) == EACH else len(rows)
    return with_rest(items, total, _more_to_verify, reverse("minerals:smelter-list"))


def _running_out(actor: User) -> list[WorkItem]:
    found = running_out(actor)
    rows = list(found[:EACH])
    items = [
        _certificate(row, _("The certificate of %(smelter)s runs out"), row.valid_until)
        for row in rows
    ]
    total = found.count() if len(rows) == EACH else len(rows)
    return with_rest(items, total, _more_running_out, reverse("minerals:smelter-list"))


def _certificate(row: SmelterCertificate, words: str, due: dt.date | None) -> WorkItem:
    url = f"{row.smelter.get_absolute_url()}#certificates"
    detail = " · ".join(part for part in (row.get_scheme_display(), row.number) if part)
    return WorkItem("warning", words % {"smelter": row.smelter.name}, url, detail, due)


def _more_to_verify(count: int) -> str:
    text = ngettext(
        "%(count)s more certificate to verify", "%(count)s more certificates to verify", count
    )
    return text % {"count": count}


def _more_running_out(count: int) -> str:
    text = ngettext(
        "%(count)s more certificate runs out", "%(count)s more certificates run out", count
    )
    return text % {"count": count}


def smelter_tasks(actor: User) -> list[SupplierTask]:
    """What the supplier's contact is asked about smelters, then what was settled lately."""
    found = list(tasks_for(actor).order_by("due_on", "pk"))
    since = timezone.localdate(clock.now() - DONE_FOR)
    asked = [_asked(task) for task in found if task.state == TaskState.OPEN]
    done = [
        SupplierTask(
            _("Smelters of your report"),
            smelter_names(task) or _("Settled"),
            task.get_absolute_url(),
            _("View"),
            is_done=True,
        )
        for task in found
        if task.closed_at is not None and timezone.localdate(task.closed_at) >= since
    ]
    return [*asked, *done]


def _asked(task: SmelterTask) -> SupplierTask:
    items = [one for one in getattr(task, "smelter_items", ()) if one.settled_on is None]
    title = ngettext(
        "Act on %(count)s smelter of your report",
        "Act on %(count)s smelters of your report",
        len(items),
    )
    return SupplierTask(
        title=title % {"count": len(items)},
        detail=smelter_names(task),
        url=task.get_absolute_url(),
        action=_("See what to do"),
        due_on=task.due_on,
        minutes=MINUTES,
        group=_("Act on smelters of your report"),
        item=smelter_names(task),
    )
