"""Smelter lists and status words that wait for a colleague."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from minerals.enums import ListState
from minerals.models import SmelterList
from minerals.policies.lists import can_import_lists
from minerals.selectors.status_words import open_words
from suppliers.selectors.day_words import day_words
from suppliers.selectors.work import WorkItem, with_rest

EACH = 5


def list_work(actor: User) -> list[WorkItem]:
    """For those who may import: lists to confirm, words to explain. Three queries at most."""
    if not can_import_lists(actor):
        return []
    waiting = SmelterList.objects.filter(state__in=(ListState.READY, ListState.HELD))
    items = [_to_confirm(one) for one in waiting.order_by("uploaded_at", "pk")[:EACH]]
    total = waiting.count() if len(items) == EACH else len(items)
    return [*with_rest(items, total, _more, reverse("minerals:list-list")), *_words()]


def _to_confirm(one: SmelterList) -> WorkItem:
    names = {"source": one.get_source_display(), "day": day_words(one.listed_on)}
    return WorkItem(
        "warning" if one.state == ListState.HELD else "info",
        _("Confirm the smelter list · %(source)s · %(day)s") % names,
        one.get_absolute_url(),
        str(one.get_state_display()),
    )


def _more(count: int) -> str:
    return ngettext(
        "%(count)s more smelter list to confirm", "%(count)s more smelter lists to confirm", count
    ) % {"count": count}


def _words() -> list[WorkItem]:
    words = open_words()
    if not words:
        return []
    title = ngettext(
        "Say what %(count)s status word of smelter lists means",
        "Say what %(count)s status words of smelter lists mean",
        len(words),
    ) % {"count": len(words)}
    names = " · ".join(f"“{word.text}”" for word in words[:3])
    return [WorkItem("warning", title, reverse("minerals:status-word-list"), names)]
