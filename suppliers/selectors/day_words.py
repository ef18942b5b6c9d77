"""Days inside sentences, in the reader's habit."""

from __future__ import annotations

import datetime as dt

from django.utils import formats
from django.utils.translation import get_language

from core.templatetags.core_ui import DAY_FORMATS


def day_words(value: dt.date | None) -> str:
    """A dash for none."""
    if value is None:
        return "–"
    habit = DAY_FORMATS.get(get_language() or "en", DAY_FORMATS["en"])
    return formats.date_format(value, habit)
