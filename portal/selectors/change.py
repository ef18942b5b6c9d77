"""A line of “Changed lately”."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """``at`` is empty for lines that count; ``detail`` says from what to what, and who."""

    title: str
    url: str = ""
    at: dt.datetime | None = None
    detail: str = ""
