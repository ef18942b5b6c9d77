"""Smelter lists in words: where one stands, the tone of a status, columns and rows of exports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.countries import country_label
from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column
from minerals.enums import ListState, SmelterStatus
from minerals.models import SmelterList, SmelterListing, StatusWord
from minerals.rules.smelter_list.differences import Change, Kind
from minerals.rules.smelter_list.entries import ListEntry
from minerals.rules.smelter_status import BY_CODE
from minerals.selectors.list_problems import ProblemLine
from minerals.selectors.questions import mineral_name

STATE_TONES: dict[str, tuple[str, str]] = {
    ListState.READING: ("progress", "hourglass"),
    ListState.UNREADABLE: ("now", "alert-octagon"),
    ListState.READY: ("info", "info-circle"),
    ListState.HELD: ("soon", "alert-triangle"),
    ListState.IN_FORCE: ("verified", "circle-check"),
    ListState.DISCARDED: ("unknown", "trash"),
}
CLASS_TONES: dict[str, tuple[str, str]] = {
    "assured": ("verified", "circle-check"),
    "progressing": ("progress", "progress"),
    "data_issue": ("soon", "alert-triangle"),
    "unassured": ("unknown", "circle-dashed"),
    "rejected": ("now", "alert-octagon"),
}
CHANGE_TONES: dict[Kind, tuple[str, str]] = {
    "new": ("info", "plus"),
    "gone": ("now", "minus"),
    "status": ("soon", "switch-horizontal"),
    "renamed": ("quiet", "pencil"),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    tone: str
    icon: str
    heading: str
    text: str


def status_label(status: str, text: str = "") -> str:
    """The status in the reader's language; the word of the list where nobody has explained it."""
    return str(SmelterStatus(status).label) if status else text


def status_tone(status: str) -> tuple[str, str]:
    return CLASS_TONES[BY_CODE[status].status_class] if status else ("soon", "question-mark")


def change_label(kind: Kind) -> str:
    return {
        "new": pgettext("smelters of a list", "New"),
        "gone": pgettext("smelters of a list", "Gone"),
        "status": pgettext("smelters of a list", "Status changed"),
        "renamed": pgettext("smelters of a list", "Renamed"),
    }[kind]


def verdict_of(smelter_list: SmelterList) -> Verdict:
    tone, icon = STATE_TONES[smelter_list.state]
    return Verdict(tone, icon, *_words(smelter_list))


def _words(smelter_list: SmelterList) -> tuple[str, str]:
    if smelter_list.state == ListState.READY and not smelter_list.row_count:
        return (
            _("No smelter was recognised yet"),
            _("Say which column holds the smelter ID; then the file is read again."),
        )
    return {
        ListState.READING: (
            _("The list is being read"),
            _("Nothing changes. You may leave this page; the work goes on."),
        ),
        ListState.UNREADABLE: (_("The file cannot be read"), _("Nothing was changed.")),
        ListState.READY: (
            _("Ready to import"),
            _("Nothing was changed yet. Look at what it says and what would change."),
        ),
        ListState.HELD: (
            _("Held: something about this list is unusual"),
            _("Nothing was changed yet. Import it only if you know why."),
        ),
        ListState.IN_FORCE: (
            _("Imported"),
            _("This list is never changed. It answers for its day until the next one."),
        ),
        ListState.DISCARDED: (_("Discarded"), _("Nothing was changed.")),
    }[ListState(smelter_list.state)]


# --- Exports -------------------------------------------------------------------------------------
def list_columns() -> list[Column]:
    return [
        Column(_("Source"), 22),
        Column(_("Date of the list"), 14),
        Column(_("State"), 20),
        Column(_("File"), 40),
        Column(_("Smelters"), 10),
        *(Column(change_label(kind), 12) for kind in CHANGE_TONES),
        Column(_("Uploaded"), 18),
        Column(_("Uploaded by"), 26),
        Column(pgettext("list", "Imported"), 18),
        Column(_("Imported by"), 26),
    ]


def list_rows(lists: QuerySet[SmelterList]) -> Iterator[Sequence[Value]]:
    for one in lists.iterator(chunk_size=500):
        yield (
            str(one.get_source_display()),
            one.listed_on,
            str(one.get_state_display()),
            one.file_name,
            one.row_count,
            *(one.differences.get(kind) for kind in CHANGE_TONES),
            timezone.localtime(one.uploaded_at),
            str(one.uploaded_by) if one.uploaded_by else "",
            timezone.localtime(one.confirmed_at) if one.confirmed_at else None,
            str(one.confirmed_by) if one.confirmed_by else "",
        )


def entry_columns() -> list[Column]:
    return [
        Column(_("Row"), 8),
        Column(_("Smelter ID"), 14),
        Column(_("Metal"), 14),
        Column(_("Name"), 44),
        Column(_("Country or region"), 24),
        Column(_("Status"), 30),
        Column(_("Status in the list"), 30),
        Column(_("Last assessment"), 14),
        Column(_("Assessment cycle"), 14),
        Column(_("Next assessment due"), 14),
    ]


def entry_rows(entries: QuerySet[SmelterListing]) -> Iterator[Sequence[Value]]:
    for one in entries.iterator(chunk_size=1_000):
        yield (
            one.row,
            one.cid,
            mineral_name(one.metal),
            one.name,
            country_label(one.country),
            str(one.get_status_display()) if one.status else "",
            one.status_text,
            one.last_audit_on,
            one.cycle_text,
            one.due_on,
        )


def change_columns() -> list[Column]:
    return [
        Column(_("Change"), 16),
        Column(_("Smelter ID"), 14),
        Column(_("Metal"), 14),
        Column(_("Country or region"), 24),
        Column(_("Name before"), 40),
        Column(_("Name"), 40),
        Column(_("Status before"), 30),
        Column(_("Status"), 30),
    ]


def change_rows(changes: Iterable[Change]) -> Iterator[Sequence[Value]]:
    for one in changes:
        yield (
            change_label(one.kind),
            one.entry.cid,
            mineral_name(one.entry.metal),
            country_label(one.entry.country),
            one.before.name if one.before else "",
            one.now.name if one.now else "",
            _status_of(one.before),
            _status_of(one.now),
        )


def _status_of(entry: ListEntry | None) -> str:
    return status_label(entry.status, entry.status_text) if entry else ""


def problem_columns() -> list[Column]:
    return [
        Column(_("Row"), 8),
        Column(_("Cell"), 10),
        Column(_("Column"), 22),
        Column(_("Value"), 30),
        Column(_("What is wrong"), 60),
        Column(pgettext("problem", "What happens"), 60),
    ]


def problem_rows(lines: Iterable[ProblemLine]) -> Iterator[Sequence[Value]]:
    for line in lines:
        yield (line.row, line.cell, line.column, line.value, line.message, line.remedy)


def word_columns() -> list[Column]:
    return [
        Column(_("Word in the list"), 40),
        Column(_("Status"), 34),
        Column(_("Decided by"), 26),
        Column(_("Decided"), 18),
    ]


def word_rows(words: QuerySet[StatusWord]) -> Iterator[Sequence[Value]]:
    for word in words.iterator(chunk_size=500):
        yield (
            word.text,
            str(word.get_status_display()),
            str(word.decided_by),
            timezone.localtime(word.decided_at),
        )
