"""What the sourcing check looks at and what it says: plain values, days included at both ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Weight = Literal["blocks", "waivable", "supports", "note"]
Purpose = Literal["order", "new_category"]


@dataclass(frozen=True, slots=True)
class Period:
    """A status and since when; ``before`` is the one it followed, which began on
    ``before_since``. ``phase_out_on``: of a phase-out, the day decided with it."""

    status: str
    since: dt.date
    before: str = ""
    before_since: dt.date | None = None
    phase_out_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Qualified:
    """Both days included; ``ended_on`` is the first day it no longer holds. ``code`` and ``name``
    of the category are for those who read the answer."""

    path: str
    site: str
    valid_from: dt.date
    valid_until: dt.date | None = None
    ended_on: dt.date | None = None
    code: str = ""
    name: str = ""

    def holds(self, on: dt.date) -> bool:
        return self.valid_from <= on <= self.last_day

    @property
    def last_day(self) -> dt.date:
        """``date.max`` without an end; a withdrawal that is to come counts."""
        return _last_day(self.valid_until, self.ended_on)


@dataclass(frozen=True, slots=True)
class Limited:
    """Holds from ``starts_on`` until the day before ``lifted_on``; ``ends_on`` is the plan."""

    scope: str
    starts_on: dt.date
    ends_on: dt.date | None = None
    lifted_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Waived:
    """Both days included; ``path`` empty covers everything."""

    path: str
    starts_on: dt.date
    ends_on: dt.date
    ended_on: dt.date | None = None
    code: str = ""
    name: str = ""

    def holds(self, on: dt.date) -> bool:
        return self.starts_on <= on <= self.last_day

    @property
    def last_day(self) -> dt.date:
        return _last_day(self.ends_on, self.ended_on)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is on record about one supplier; ``status`` is that of the day asked about, ``sites``
    are the codes it has, ``closed`` those of them no longer in use on that day, with the day of
    closing, None where it is not known."""

    status: Period | None
    phase_out_on: dt.date | None = None
    merged_into: str = ""
    sites: frozenset[str] = frozenset()
    closed: Mapping[str, dt.date | None] = field(default_factory=dict)
    qualifications: Sequence[Qualified] = ()
    limits: Sequence[Limited] = ()
    waivers: Sequence[Waived] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """``path``: of the category, empty for any; ``site``: its code, empty for any."""

    on: dt.date
    path: str = ""
    site: str = ""
    purpose: Purpose = "order"


@dataclass(frozen=True, slots=True)
class Reason:
    """``code`` is stable; ``params`` are plain values and days that its words name."""

    code: str
    weight: Weight
    since: dt.date | None = None
    params: dict[str, Any] = field(default_factory=dict)


def _last_day(until: dt.date | None, ended_on: dt.date | None) -> dt.date:
    """Of a period that was to last ``until`` and no longer holds on ``ended_on``."""
    days = [until or dt.date.max]
    if ended_on is not None:
        days.append(ended_on - dt.timedelta(days=1))
    return min(days)
