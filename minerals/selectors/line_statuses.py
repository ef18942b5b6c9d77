"""The status of the smelters a declaration names: today or on a day asked for, and on the day it
speaks of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core import clock
from core.badges import Badge
from minerals.enums import SmelterStatus
from minerals.models import Declaration, SmelterLine
from minerals.selectors.smelter_status import status_book
from minerals.selectors.smelter_words import smelter_badge


@dataclass(frozen=True, slots=True)
class LineStatus:
    """``now``: today, or on the day asked for; ``then``: on ``day``, None where it was the same."""

    now: Badge
    then: Badge | None
    day: dt.date


def declared_on(declaration: Declaration) -> dt.date:
    """The effective date, else the day of arrival; a date after arrival is a mistake."""
    arrived = clock.day_of(declaration.received_at)
    effective = declaration.effective_on
    return effective if effective is not None and effective <= arrived else arrived


def line_statuses(
    declaration: Declaration, lines: Iterable[SmelterLine], asked: dt.date | None = None
) -> dict[int, LineStatus]:
    """By key of the row, for rows recognised as a smelter; ``asked``: another day than today."""
    day = declared_on(declaration)
    now, then = status_book(asked or clock.today()), status_book(day)
    found = {}
    for line in lines:
        if line.matched_cid:
            status, before = now.status_of(line.matched_cid), then.status_of(line.matched_cid)
            earlier = smelter_badge(before) if before != status else None
            found[line.pk] = LineStatus(smelter_badge(status), earlier, day)
    return found


def statuses_in(declaration: Declaration, day: dt.date) -> list[tuple[str, str]]:
    """The statuses of the day that occur, for the choices of the filter."""
    book = status_book(day)
    cids = set(declaration.smelters.order_by().values_list("matched_cid", flat=True))
    occurring = {book.status_of(cid) for cid in cids if cid}
    known = [(code, str(label)) for code, label in SmelterStatus.choices if code in occurring]
    return [*known, ("unknown", _("No smelter we know"))] if "" in cids else known
