"""What entries about lifecycles, requests and results say beside their name: from what to what.

The reason stands beside it (``suppliers.web.history``).
"""

from __future__ import annotations

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from core.models import ActivityEntry
from suppliers.enums import ApprovalKind, GateKind, GateResult, RestrictionScope, SupplierStatus
from suppliers.selectors.day_words import period_words


def lifecycle_detail(entry: ActivityEntry) -> str:
    """Empty for entries about something else."""
    about = entry.verb.partition(".")[0]
    parts = {"lifecycle": _step, "approval": _request, "gate": _result, "qualification": _ended}
    return " · ".join(part for part in parts[about](entry.data) if part) if about in parts else ""


def _step(data: dict[str, Any]) -> list[str]:
    before = _label(SupplierStatus, data.get("from_status", data.get("from")))
    after = _label(SupplierStatus, data.get("to_status", data.get("to")))
    return [f"{before or '–'} → {after}", *_limit(data.get("limit"))]


def _limit(facts: dict[str, str] | None) -> list[str]:
    """Of a limitation; entries from before the trail kept it have none."""
    if not facts:
        return []
    conditions = _("to be done before it is lifted: %(conditions)s") % facts
    period = period_words(facts["starts_on"], facts["ends_on"])
    return [_label(RestrictionScope, facts["scope"]), period, conditions]


def _request(data: dict[str, Any]) -> list[str]:
    return [_label(ApprovalKind, data.get("kind"))]


def _result(data: dict[str, Any]) -> list[str]:
    kind, result = _label(GateKind, data.get("kind")), _label(GateResult, data.get("result"))
    source = str(data.get("source", ""))
    told = "" if source == "manual" else _("by %(source)s") % {"source": source}
    return [kind, result, told]


def _ended(data: dict[str, Any]) -> list[str]:
    return [str(data.get("category", "")), str(data.get("ended_on", ""))]


def _label(choices: type[TextChoices], code: Any) -> str:
    """The code itself where it is no longer among the choices."""
    known = dict(choices.choices)
    return str(known.get(code, code or ""))
