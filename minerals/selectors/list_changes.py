"""What a list changes: against which earlier one it is held, and which smelters differ."""

from __future__ import annotations

import datetime as dt

from minerals.models import SmelterList
from minerals.rules.smelter_tasks import StatusChange
from minerals.selectors.smelter_status import (
    StatusBook,
    book_of,
    book_without,
    list_in_force,
    status_book,
)


def is_in_force(smelter_list: SmelterList, day: dt.date) -> bool:
    """One that a newer list overtook, or that is dated later, changes nothing on ``day``."""
    current = list_in_force(smelter_list.source, day)
    return current is not None and current.pk == smelter_list.pk


def last_applied(smelter_list: SmelterList) -> SmelterList | None:
    """The list that the declarations were held against last: two lists imported shortly after
    each other are both accounted for, in whatever order the worker gets to them."""
    applied = SmelterList.objects.in_force().filter(
        source=smelter_list.source,
        listed_on__lte=smelter_list.listed_on,
        applied_at__isnull=False,
        is_demo=smelter_list.is_demo,
    )
    earlier = applied.exclude(pk=smelter_list.pk)
    return earlier.order_by("-listed_on", "-confirmed_at", "-pk").first()


def changes_of(
    smelter_list: SmelterList, before: SmelterList | None, day: dt.date
) -> dict[str, StatusChange]:
    """By smelter ID; both lists as of ``day``, so that time alone changes nothing."""
    new, old = status_book(day), _book_before(smelter_list, before, day)
    return {
        cid: StatusChange(was, now)
        for cid in new.named | old.named
        if (was := old.status_of(cid)) != (now := new.status_of(cid))
    }


def _book_before(smelter_list: SmelterList, before: SmelterList | None, day: dt.date) -> StatusBook:
    return book_of(before, day) if before else book_without(smelter_list.source, day)
