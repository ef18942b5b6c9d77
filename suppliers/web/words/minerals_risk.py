"""The minerals risk, which the minerals app records: entries of the trail in words."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.models import ActivityEntry
from suppliers.selectors.day_words import day_words

WORDS: dict[str, str | Promise] = {
    "risk.rated": gettext_lazy("Minerals risk rated"),
    "risk.event_recorded": gettext_lazy("Risk event recorded"),
    "risk.event_ended": gettext_lazy("Risk event ended"),
    "risk.level_raised": gettext_lazy("Risk level raised by people"),
    "risk.lowering_asked": gettext_lazy("Lower risk level asked for"),
    "risk.lowering_granted": gettext_lazy("Lower risk level granted"),
    "risk.lowering_rejected": gettext_lazy("Lower risk level rejected"),
    "risk.lowering_withdrawn": gettext_lazy("Request for a lower risk level withdrawn"),
    "risk.override_ended": gettext_lazy("Risk level set by people ended"),
    "risk.override_expired": gettext_lazy("Risk level set by people has run out"),
}
_LEVELS: dict[str, str | Promise] = {
    "low": pgettext_lazy("risk", "Low"),
    "medium": pgettext_lazy("risk", "Medium"),
    "high": pgettext_lazy("risk", "High"),
}
_EVENTS: dict[str, str | Promise] = {
    "no_response": gettext_lazy("No valid response after the last reminder"),
    "refused": gettext_lazy("Refuses correction, spot check or audit"),
    "false_data": gettext_lazy("False data"),
    "annex_ii": gettext_lazy("Credible report of serious abuse (OECD Annex II)"),
    "mitigation_overdue": gettext_lazy("Deadline of the mitigation has passed"),
}


def risk_detail(entry: ActivityEntry) -> str:
    """From what level to what, which event, until when; empty for entries about something else."""
    data = entry.data
    if entry.verb == "risk.rated":
        return _rated(data)
    if "risk_level" in data:
        until = _("until %(end)s") % {"end": _day(data["until"])} if data.get("until") else ""
        return " · ".join(part for part in (_level(data["risk_level"]), until) if part)
    if entry.verb.startswith("risk.event_"):
        return str(_EVENTS.get(data.get("kind", ""), data.get("kind", "")))
    return ""


def _rated(data: dict[str, Any]) -> str:
    before, after = (*data.get("level", []), "", "")[:2]
    score = data.get("score")
    points = _("%(score)s points") % {"score": score} if score is not None else ""
    step = _level(after) if not before or before == after else f"{_level(before)} → {_level(after)}"
    return " · ".join(part for part in (step, points) if part)


def _level(code: str) -> str:
    return str(_LEVELS.get(code, code))


def _day(iso: str) -> str:
    return day_words(dt.date.fromisoformat(iso))
