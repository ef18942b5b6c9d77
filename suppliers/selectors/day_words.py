"""Days inside sentences, in the reader's habit."""

from __future__ import annotations

import datetime as dt

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.templatetags.core_ui import DAY_FORMATS


def day_words(value: dt.date | None) -> str:
    """A dash for none."""
    if value is None:
        return "–"
    habit = DAY_FORMATS.get(get_language() or "en", DAY_FORMATS["en"])
    return formats.date_format(value, habit)


def period_words(starts_on: str, ends_on: str) -> str:
    """Of days as requests and the trail keep them (ISO); ``ends_on`` is empty without a plan."""
    facts = {"start": _iso_words(starts_on), "end": _iso_words(ends_on)}
    if ends_on:
        return _("from %(start)s until %(end)s") % facts
    return _("from %(start)s without a planned end") % facts


def _iso_words(day: str) -> str:
    return day_words(dt.date.fromisoformat(day) if day else None)
