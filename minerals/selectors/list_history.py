"""The activity trail of a smelter list in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.models import ActivityEntry
from minerals.models import SmelterList

WORDS: dict[str, tuple[str | Promise, str]] = {
    "list.received": (_("Uploaded"), "file-upload"),
    "list.read": (_("Read: %(smelters)s smelters, %(problems)s problems"), "list-check"),
    "list.unreadable": (_("The file could not be read"), "file-x"),
    "list.columns_chosen": (_("Other columns chosen"), "columns-3"),
    "list.confirmed": (
        _(
            "Imported: %(new)s new, %(gone)s gone, %(status)s with another status, "
            "%(renamed)s renamed"
        ),
        "database-import",
    ),
    "list.discarded": (_("Discarded"), "trash"),
}


@dataclass(frozen=True, slots=True)
class ListEvent:
    """``who`` is empty for what the system did by itself."""

    at: datetime
    who: str
    text: str
    icon: str


def history_of_list(smelter_list: SmelterList) -> list[ListEvent]:
    """Newest first."""
    entries = ActivityEntry.objects.about(smelter_list).select_related("actor")
    return [_event(entry) for entry in entries]


def _event(entry: ActivityEntry) -> ListEvent:
    words, icon = WORDS.get(entry.verb, (entry.verb, "circle-dot"))
    text = str(words)
    who = str(entry.actor) if entry.actor else ""
    return ListEvent(entry.at, who, text % entry.data if "%(" in text else text, icon)
