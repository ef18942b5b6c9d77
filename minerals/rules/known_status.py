"""What the lists of a day together say about one smelter."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from minerals.rules.smelter_status import ASSURED, BY_CODE, ELIGIBLE, NOT_LISTED

CONFORMANT = "conformant"
REAUDIT = "conformant_reaudit"
CROSS_RECOGNISED = "cross_recognised"


@dataclass(frozen=True, slots=True)
class ListedStatus:
    """One smelter in one list. ``status`` is empty for a word nobody has explained yet.
    ``list_id`` names the list."""

    status: str
    status_text: str = ""
    last_audit_on: dt.date | None = None
    due_on: dt.date | None = None
    list_id: int = 0


def known_status(
    rmap: ListedStatus | None,
    recognised: bool,
    has_reference: bool,
    day: dt.date,
) -> str:
    """The status of a smelter on ``day``; ``""`` for a word of the list nobody has explained.

    ``recognised``: another scheme's list that RMI accepts names it. ``has_reference``: the official
    templates know its ID. RMI's own list comes first; a passed due date alone makes no smelter
    non-conformant, because the new assessment may be under way. A smelter that RMI's list does
    not name is only eligible where the templates know it (being in a template says nothing about
    conformance), and else not listed.
    """
    status = _listed(rmap, day) if rmap is not None else _unlisted(has_reference)
    fact = BY_CODE.get(status)
    if recognised and (fact is None or fact.status_class != ASSURED):
        return CROSS_RECOGNISED
    return status


def _listed(rmap: ListedStatus, day: dt.date) -> str:
    overdue = rmap.due_on is not None and rmap.due_on < day
    return REAUDIT if rmap.status == CONFORMANT and overdue else rmap.status


def _unlisted(has_reference: bool) -> str:
    return ELIGIBLE if has_reference else NOT_LISTED
