"""The trail of a supplier in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django_countries import countries

from core.models import ActivityEntry
from suppliers.web.words import WORDS
from suppliers.web.words.lifecycle_details import lifecycle_detail


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """``detail`` says what changed from what to what; ``who`` is empty for the system."""

    at: dt.datetime
    who: str
    what: str
    detail: str = ""


def history_lines(entries: Iterable[ActivityEntry]) -> list[HistoryLine]:
    return [_line(entry) for entry in entries]


def _line(entry: ActivityEntry) -> HistoryLine:
    who = str(entry.actor) if entry.actor else ""
    return HistoryLine(entry.at, who, _what(entry), _detail(entry))


def _what(entry: ActivityEntry) -> str:
    return str(WORDS.get(entry.verb, entry.verb))


def _detail(entry: ActivityEntry) -> str:
    changes: dict[str, list[Any]] = entry.data.get("changes", {})
    if changes:
        return "; ".join(_change(name, *values) for name, values in changes.items())
    return lifecycle_detail(entry) or str(entry.data.get("name", ""))


def _change(name: str, old: str, new: str) -> str:
    labels = {
        "code": _("Supplier code"),
        "name": _("Name"),
        "local_name": _("Name in the local language"),
        "country": _("Country or region"),
    }
    if name == "country":
        old, new = countries.name(old), countries.name(new)
    return f"{labels.get(name, name)}: {old or '–'} → {new or '–'}"
