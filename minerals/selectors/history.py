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
    "declaration.review_begun": _("Review begun"),
    "declaration.review_taken": _("Review taken over from %(before)s"),
    "declaration.accepted": _("Accepted"),
    "declaration.accepted_with_exceptions": _("Accepted with exceptions"),
    "declaration.rejected": _("Not accepted: %(reason)s"),
    "declaration.reopened": _("Review reopened"),
    "finding.accepted": _("Finding right as it is: %(cell)s"),
    "finding.asked": _("Question noted: %(cell)s"),
    "finding.waived": _("Finding waived: %(cell)s"),
    "finding.undone": _("Decision about a finding undone: %(cell)s"),
    "clarification.asked": _("Questions sent to the supplier: %(count)s"),
    "clarification.answered": _("Questions answered"),
    "clarification.corrected": _("Questions answered by a corrected file, %(file)s"),
    "clarification.goes_on": _("The same content in a new file; the open questions go on"),
    "clarification.cancelled": _("Questions taken back"),
    "clarification.closed": _("Answers looked at, questions closed"),
    "clarification.reminded_supplier": _("Supplier reminded of the questions"),
    "clarification.reminded_buyer": _("Buyer told of the missing answers"),
    "line.confirmed": _("In our products: %(name)s (row %(row)s)"),
    "line.excluded": _("Not in our products: %(name)s (row %(row)s)"),
    "line.unsaid": _("Taken back what was said about our products: %(name)s (row %(row)s)"),
    "line.carried": _("Said of our products before, taken over for %(rows)s rows"),
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
    "declaration.review_begun": "eye-check",
    "declaration.review_taken": "user-check",
    "declaration.accepted": "circle-check",
    "declaration.accepted_with_exceptions": "checks",
    "declaration.rejected": "circle-x",
    "declaration.reopened": "restore",
    "finding.accepted": "check",
    "finding.asked": "message-circle",
    "finding.waived": "scale",
    "finding.undone": "arrow-back-up",
    "clarification.asked": "send",
    "clarification.answered": "message",
    "clarification.corrected": "file-check",
    "clarification.goes_on": "copy",
    "clarification.cancelled": "arrow-back-up",
    "clarification.closed": "check",
    "clarification.reminded_supplier": "bell",
    "clarification.reminded_buyer": "bell",
    "line.confirmed": "package",
    "line.excluded": "circle-minus",
    "line.unsaid": "arrow-back-up",
    "line.carried": "package",
    "match.confirmed": "check",
    "match.rejected": "x",
    "match.undone": "arrow-back-up",
    "correction.requested": "file-download",
}
INTERNAL_VERBS = (
    "match.", "finding.", "line.", "declaration.assigned", "declaration.moved",
    "declaration.review_", "clarification.closed", "clarification.reminded_buyer",
)  # fmt: skip


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
    return [history_line(entry, reader) for entry in entries]


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


def history_line(entry: ActivityEntry, reader: User) -> HistoryLine:
    """One entry about a declaration in words."""
    words = WORDS.get(entry.verb)
    values = _Values(entry.data)
    verdict = entry.data.get("verdict", "")
    if verdict in VerdictState.values:
        values["verdict"] = str(VerdictState(verdict).label)
    return HistoryLine(
        at=entry.at,
        who=_who(entry.actor, reader),
        text=str(words) % values if words else entry.verb,
        detail=_detail(entry, reader),
        icon=ICONS.get(entry.verb, "circle-dot"),
        other=entry.data.get("by") if entry.verb in LEADING_ON else None,
    )


# Their reasons are for our own people.
LEADING_ON = ("declaration.superseded", "clarification.corrected")
REASONED = ("finding.", "declaration.reopened")


class _Values(dict[str, Any]):
    """An old entry without a value must never break the page."""

    def __missing__(self, key: str) -> str:
        return "…"


def _who(actor: User | None, reader: User) -> str:
    if actor is None:
        return ""
    if reader.is_internal:
        return str(actor)
    # Groups were prefetched with the entries: no query for each line.
    own_people = any(group.name != "supplier_contact" for group in actor.groups.all())
    return gettext("Your customer") if own_people else str(actor)


def _detail(entry: ActivityEntry, reader: User) -> str:
    if entry.verb.startswith(REASONED) and reader.is_internal:
        return str(entry.data.get("reason", ""))
    source = entry.data.get("source", "")
    if entry.verb == "declaration.received" and source in Source.values:
        return str(Source(source).label)
    if entry.verb == "declaration.judged" and "errors" in entry.data:
        return gettext(
            "required fields open: %(remaining)s · errors: %(errors)s · warnings: %(warnings)s"
        ) % _Values(entry.data)
    return ""
