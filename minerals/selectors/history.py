"""The activity trail of a declaration in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.models import ActivityEntry
from minerals.enums import Source, VerdictState
from minerals.models import Declaration, MatchDecision

WORDS: dict[str, str | Promise] = {
    "declaration.received": _("Received %(file)s"),
    "declaration.received_again": _("The same file was handed in again as %(file)s"),
    "declaration.judged": _("Judged: %(verdict)s"),
    "declaration.unreadable": _("The file could not be read"),
    "declaration.superseded": _("Superseded by a newer declaration"),
    "declaration.assigned": _("Assigned to %(name)s"),
    "declaration.moved": _("Moved with a merged supplier"),
    "match.confirmed": _("Confirmed: “%(text)s” is %(cid)s (row %(row)s)"),
    "match.rejected": _("Rejected: “%(text)s” is not %(cid)s (row %(row)s)"),
    "match.undone": _("Undone: the decision on “%(text)s” and %(cid)s"),
    "correction.requested": _("Correction workbook ordered"),
}
ICONS = {
    "declaration.received": "file-upload",
    "declaration.received_again": "copy",
    "declaration.judged": "gavel",
    "declaration.unreadable": "file-x",
    "declaration.superseded": "versions",
    "declaration.assigned": "building-factory-2",
    "declaration.moved": "building-factory-2",
    "match.confirmed": "check",
    "match.rejected": "x",
    "match.undone": "arrow-back-up",
    "correction.requested": "file-download",
}
INTERNAL_VERBS = ("match.", "declaration.assigned", "declaration.moved")


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """``who`` is empty for what the system did by itself; ``link`` leads to a newer one."""

    at: datetime
    who: str
    text: str
    detail: str
    icon: str
    other: int | None = None


def history_of(declaration: Declaration, reader: User) -> list[HistoryLine]:
    """Newest first. A supplier's contact does not see decisions or who of us did something."""
    entries = list(_entries(declaration))
    if not reader.is_internal:
        entries = [entry for entry in entries if not entry.verb.startswith(INTERNAL_VERBS)]
    return [_line(entry, reader) for entry in entries]


def _entries(declaration: Declaration) -> list[ActivityEntry]:
    about = ActivityEntry.objects.select_related("actor").prefetch_related("actor__groups")
    entries = list(about.about(declaration))
    decisions = [str(e.data["decision"]) for e in entries if "decision" in e.data]
    if decisions:
        undone = about.filter(
            subject_type=MatchDecision._meta.label_lower,
            subject_id__in=decisions,
            verb="match.undone",
        )
        entries = sorted([*entries, *undone], key=lambda entry: (entry.at, entry.pk), reverse=True)
    return entries


def _line(entry: ActivityEntry, reader: User) -> HistoryLine:
    words = WORDS.get(entry.verb)
    values = _Values(entry.data)
    verdict = entry.data.get("verdict", "")
    if verdict in VerdictState.values:
        values["verdict"] = str(VerdictState(verdict).label)
    return HistoryLine(
        at=entry.at,
        who=_who(entry.actor, reader),
        text=str(words) % values if words else entry.verb,
        detail=_detail(entry),
        icon=ICONS.get(entry.verb, "circle-dot"),
        other=entry.data.get("by") if entry.verb == "declaration.superseded" else None,
    )


class _Values(dict[str, Any]):
    """An old entry without a value must never break the page."""

    def __missing__(self, key: str) -> str:
        return "…"


def _who(actor: User | None, reader: User) -> str:
    if actor is None:
        return ""
    # Groups were prefetched with the entries: no query for each line.
    own_people = any(group.name != "supplier_contact" for group in actor.groups.all())
    if not reader.is_internal and own_people:
        return gettext("Your customer")
    return str(actor)


def _detail(entry: ActivityEntry) -> str:
    source = entry.data.get("source", "")
    if entry.verb == "declaration.received" and source in Source.values:
        return str(Source(source).label)
    if entry.verb == "declaration.judged" and "errors" in entry.data:
        return gettext(
            "required fields open: %(remaining)s · errors: %(errors)s · warnings: %(warnings)s"
        ) % _Values(entry.data)
    return ""
