"""Telling people about tasks on smelters, each in the own language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as N_

from core.models import Notification
from core.reader import clauses, listed
from core.services.notifications import in_each_language, notify, send_notifications, settle
from minerals.models import SmelterTask, SmelterTaskItem
from minerals.rules.smelter_status import ACTION_WORDS, status_fact
from minerals.selectors.smelter_tasks import buyers_who_see, minerals_people
from suppliers.services.told import told_day, told_name

OPENED = "smelter_task.opened"
OPENED_BUYER = "smelter_task.opened_buyer"
ASKED = N_("The status of smelters in your report has changed: %(smelters)s. By %(due)s: %(what)s.")
TOLD_BUYER = N_("%(supplier)s is asked about smelters of its report by %(due)s: %(smelters)s")
NAMED = 3


def tell_opened(opened: Sequence[tuple[SmelterTask, Sequence[SmelterTaskItem]]]) -> None:
    """What, until when and why: to each supplier's people for minerals, and to the buyer. A
    constant number of queries but for buyers."""
    suppliers = [task.supplier for task, _items in opened]
    theirs, ours = minerals_people(suppliers), buyers_who_see(suppliers)
    held: list[Notification] = []
    for task, items in opened:
        supplier = task.supplier
        people, buyers = theirs[supplier.pk], ours[supplier.pk]
        if not people and not buyers:
            continue
        params = {
            "smelters": in_each_language(partial(_names, items)),
            "what": in_each_language(partial(_actions, items)),
            "due": told_day(task.due_on),
            "supplier": told_name(supplier),
        }
        about: dict[str, Any] = {"subject": task, "about": supplier, "held": held}
        url = task.get_absolute_url()
        notify(people, OPENED, ASKED, params, url=url, **about)
        notify(buyers, OPENED_BUYER, TOLD_BUYER, params, url=url, **about)
    send_notifications(held)


def settle_told(tasks: Sequence[SmelterTask]) -> None:
    """Nothing is asked any more."""
    told = Notification.objects.filter(
        subject_type=SmelterTask._meta.label_lower,
        subject_id__in=[str(task.pk) for task in tasks],
        kind__in=[OPENED, OPENED_BUYER],
    )
    settle(told)


def _names(items: Sequence[SmelterTaskItem]) -> str:
    shown = listed(item.smelter.name for item in items[:NAMED])
    rest = len(items) - NAMED
    if rest <= 0:
        return shown
    more = ngettext("%(names)s and %(count)s more", "%(names)s and %(count)s more", rest)
    return more % {"names": shown, "count": rest}


def _actions(items: Iterable[SmelterTaskItem]) -> str:
    wanted = dict.fromkeys(ACTION_WORDS[status_fact(item.status).action] for item in items)
    return clauses(gettext(words) for words in wanted)
