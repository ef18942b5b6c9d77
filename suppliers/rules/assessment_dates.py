"""Dates around a self-assessment: when somebody is reminded."""

from __future__ import annotations

import datetime as dt
from typing import Literal

# Days from the due date on which the supplier is reminded, then the day the buyer is told.
REMINDERS = (-14, -7, 0, 7, 14, 21, 28)
BUYER_TOLD_AFTER = 35


def reminder_step(
    due_on: dt.date, since: dt.date, today: dt.date
) -> Literal["supplier", "buyer"] | None:
    """Whom to write today; None for nobody.

    ``since`` is the day of the request or of the last reminder. Days that were missed are made up
    for once: only the latest one counts, so nobody gets two letters on one day.
    """
    days = [*REMINDERS, BUYER_TOLD_AFTER]
    passed = [n for n in days if since < due_on + dt.timedelta(days=n) <= today]
    if not passed:
        return None
    return "buyer" if passed[-1] == BUYER_TOLD_AFTER else "supplier"
