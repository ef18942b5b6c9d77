"""When a silent supplier is reminded, and who is asked when reminders do not help.

Default of the market study 4.5: day 0, 14 and 28 to the supplier, the due date, 3 days later the
contact and a backup, 10 days the buyer, 17 days the manager with a restriction proposed, 30 days
the decision.
Nothing is ever answered for the supplier.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from surveys.rules.days_off import working_day

Anchor = Literal["start", "due"]
Audience = Literal["contact", "contact_backup", "buyer", "manager", "decision"]


@dataclass(frozen=True, slots=True)
class Step:
    """``days`` after the anchor: when the supplier was asked, or when its answer is due."""

    code: str
    anchor: Anchor
    days: int
    audience: Audience


DEFAULT_STEPS: tuple[Step, ...] = (
    Step("reminder_1", "start", 14, "contact"),
    Step("reminder_2", "start", 28, "contact"),
    Step("due", "due", 0, "contact"),
    Step("backup", "due", 3, "contact_backup"),
    Step("buyer", "due", 10, "buyer"),
    Step("manager", "due", 17, "manager"),
    Step("decision", "due", 30, "decision"),
)
BY_CODE = {step.code: step for step in DEFAULT_STEPS}


@dataclass(frozen=True, slots=True)
class Planned:
    """``on``: the working day on which the step is taken."""

    step: Step
    on: dt.date


def planned_steps(
    asked_on: dt.date,
    due_on: dt.date,
    country: str,
    steps: Sequence[Step] = DEFAULT_STEPS,
    days_off: Collection[dt.date] = (),
) -> list[Planned]:
    """All steps in the order of their days. A reminder "after so many days" that would fall on the
    due date or later is left out: the due date speaks for itself."""
    found = []
    for step in steps:
        day = (asked_on if step.anchor == "start" else due_on) + dt.timedelta(days=step.days)
        if step.anchor == "start" and day >= due_on:
            continue
        found.append(Planned(step, working_day(day, country, days_off)))
    return sorted(found, key=lambda one: (one.on, steps.index(one.step)))


def steps_to_take(
    planned: Sequence[Planned], taken: Collection[str], today: dt.date
) -> tuple[Planned | None, tuple[Planned, ...]]:
    """What to do today, and what is passed over: after a pause only the last step that is due is
    taken, so that nobody gets three reminders in one morning."""
    due = [one for one in planned if one.on <= today and one.step.code not in taken]
    if not due:
        return None, ()
    return due[-1], tuple(due[:-1])
