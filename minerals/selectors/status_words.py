"""Status words of smelter lists: those that wait for a person, and those that were explained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from minerals.enums import ListState
from minerals.models import SmelterListing, StatusWord
from minerals.policies.lists import require_view_lists
from minerals.rules.smelter_status import status_key

if TYPE_CHECKING:
    from accounts.models import User

_LIVING = (ListState.READY, ListState.HELD, ListState.IN_FORCE)


@dataclass(frozen=True, slots=True)
class OpenWord:
    """A word nobody has explained; how many entries of how many lists have it."""

    text: str
    entries: int
    lists: int


def status_words_for(actor: User) -> QuerySet[StatusWord]:
    """Those that were explained. Raises NotAllowed."""
    require_view_lists(actor)
    return StatusWord.objects.select_related("decided_by")


def open_words() -> list[OpenWord]:
    """Words of lists in force or waiting, in the spelling of most entries, the most frequent
    first."""
    rows = (
        SmelterListing.objects.filter(status="", list__state__in=_LIVING)
        .exclude(status_text="")
        .values("status_text", "list_id")
        .annotate(count=Count("pk"))
        .order_by("-count", "status_text")
    )
    texts: dict[str, str] = {}
    entries: dict[str, int] = {}
    lists: dict[str, set[int]] = {}
    for row in rows:
        key = status_key(row["status_text"])
        texts.setdefault(key, row["status_text"])
        entries[key] = entries.get(key, 0) + row["count"]
        lists.setdefault(key, set()).add(row["list_id"])
    found = [OpenWord(text, entries[key], len(lists[key])) for key, text in texts.items()]
    return sorted(found, key=lambda word: (-word.entries, word.text))
