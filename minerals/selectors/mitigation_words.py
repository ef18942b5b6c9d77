"""Mitigation plans in words: badges, what comes next, the timeline of steps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.badges import Badge
from minerals.enums import (
    MeasureKind,
    MeasureState,
    MitigationOutcome,
    MitigationProposal,
    MitigationState,
    RiskLevel,
)
from minerals.models import Measure, MitigationPlan, MitigationStep
from minerals.rules.mitigation import WAITING
from minerals.selectors.mitigation import OVER, next_of
from suppliers.selectors.day_words import day_words
from suppliers.web.words.mitigation import STEPS

LEVEL_TONES = {
    RiskLevel.LOW: ("verified", "circle-check"),
    RiskLevel.MEDIUM: ("soon", "alert-triangle"),
    RiskLevel.HIGH: ("now", "alert-octagon"),
}
STATE_TONES = {
    MitigationState.OPEN: ("soon", "hourglass"),
    MitigationState.AGREED: ("progress", "list-check"),
    MitigationState.EVIDENCE: ("progress", "paperclip"),
    MitigationState.VERIFIED: ("info", "checks"),
    MitigationState.CLOSED: ("verified", "circle-check"),
    MitigationState.ENDED: ("unknown", "circle-x"),
}
MEASURE_TONES = {
    MeasureState.PLANNED: ("unknown", "hourglass"),
    MeasureState.HANDED_IN: ("progress", "paperclip"),
    MeasureState.VERIFIED: ("verified", "circle-check"),
    MeasureState.NOT_CREDIBLE: ("now", "alert-octagon"),
    MeasureState.CANCELLED: ("unknown", "arrow-back-up"),
}
DATE_NAMES = {
    "plan_due_on": gettext_lazy("Plan agreed by"),
    "close_due_on": gettext_lazy("Measures done by"),
    "limit_on": gettext_lazy("Overall limit"),
    "due_on": gettext_lazy("Due"),
}
NEXT = {
    "plan_offered": gettext_lazy("The plan goes to the supplier by itself"),
    "plan_due": gettext_lazy("The plan is to be agreed"),
    "agreement_due": gettext_lazy("Last day of waiting for the agreement"),
    "measure_due": gettext_lazy("Due: %(measure)s"),
    "audit_accept_due": gettext_lazy("The third-party audit is to be accepted"),
    "close_due": gettext_lazy("All measures are to be done"),
    "limit": gettext_lazy("Overall limit"),
}


@dataclass(frozen=True, slots=True)
class NextDate:
    """What happens next by itself, and when."""

    words: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of the timeline. ``by_itself``: nobody did it, its date passed."""

    on: dt.date
    what: str
    about: str
    why: str
    who: str
    by_itself: bool
    tone: str


ALARMS = frozenset(
    {
        "plan_overdue", "agreement_missing", "refused", "measure_overdue", "own_measure_overdue",
        "not_credible", "audit_not_accepted", "audit_overdue", "close_overdue", "limit_passed",
        "proposed", "ended",
    }
)  # fmt: skip
GOOD = frozenset({"agreed", "verified", "audit_accepted", "closed"})


def state_badge(plan: MitigationPlan) -> Badge:
    tone, icon = STATE_TONES[MitigationState(plan.state)]
    if plan.state == MitigationState.ENDED and plan.outcome:
        return Badge(tone, str(plan.get_outcome_display()), icon)
    return Badge(tone, str(plan.get_state_display()), icon)


def level_badge(level: str) -> Badge:
    tone, icon = LEVEL_TONES[RiskLevel(level)]
    return Badge(tone, str(RiskLevel(level).label), icon)


def measure_badge(measure: Measure, today: dt.date) -> Badge:
    if measure.state == MeasureState.PLANNED and measure.due_on < today:
        return Badge("now", _("Overdue"), "clock-exclamation")
    tone, icon = MEASURE_TONES[MeasureState(measure.state)]
    return Badge(tone, str(measure.get_state_display()), icon)


def measure_words(measure: Measure) -> str:
    about = measure.smelter.name if measure.smelter else measure.text[:80]
    label = str(measure.get_kind_display())
    return f"{label}: {about}" if about else label


def is_overdue(plan: MitigationPlan, today: dt.date) -> bool:
    """As ``overdue_q``, of a plan whose measures are at hand."""
    if plan.state in OVER:
        return False
    late = plan.agreed_on is None and plan.plan_due_on < today
    late = late or min(plan.close_due_on, plan.limit_on) < today
    return late or any(one.state in WAITING and one.due_on < today for one in plan.measures.all())


def next_words(plan: MitigationPlan, today: dt.date) -> NextDate | None:
    found = next_of(plan, today)
    if found is None:
        return None
    code, day, key = found
    measures = {one.pk: one for one in plan.measures.all()}
    about = measure_words(measures[key]) if key in measures else ""
    return NextDate(str(NEXT[code]) % {"measure": about} if about else str(NEXT[code]), day)


def step_lines(steps: Iterable[MitigationStep]) -> list[StepLine]:
    """The newest first."""
    lines = [_line(step) for step in steps]
    return lines[::-1]


def _line(step: MitigationStep) -> StepLine:
    tone = "now" if step.code in ALARMS else "verified" if step.code in GOOD else "info"
    # What the system wrote is one of our messages; what people wrote stays as it is.
    why = step.reason if step.actor_id else _(step.reason) if step.reason else ""
    return StepLine(
        step.on,
        str(STEPS.get(step.code, step.code)),
        " · ".join(part for part in _about(step.data) if part),
        why,
        str(step.actor) if step.actor else "",
        step.actor_id is None,
        tone,
    )


def _about(data: dict[str, Any]) -> Iterable[str]:
    if "kind" in data:
        label = str(dict(MeasureKind.choices).get(data["kind"], data["kind"]))
        yield f"{label}: {data['name']}" if data.get("name") else label
    if "which" in data:
        before, after = (dt.date.fromisoformat(data[key]) for key in ("before", "date"))
        name = DATE_NAMES.get(data["which"], "")
        yield f"{name}: {day_words(before)} → {day_words(after)}"
    elif "date" in data:
        yield day_words(dt.date.fromisoformat(data["date"]))
    if "level" in data:
        yield _rated(data)
    for name, choices in (("action", MitigationProposal), ("outcome", MitigationOutcome)):
        if data.get(name):
            yield str(dict(choices.choices).get(data[name], data[name]))
    yield str(data.get("owner", ""))


def _rated(data: dict[str, Any]) -> str:
    level = str(RiskLevel(data["level"]).label)
    return f"{level} ({data['score']})" if data.get("score") is not None else level
