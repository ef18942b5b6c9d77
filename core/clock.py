"""The only place that asks what time it is, so that tests can move it."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    """The present moment in UTC."""
    return timezone.now()


def day_of(moment: dt.datetime) -> dt.date:
    """The day of a moment in the installation's time zone."""
    return timezone.localdate(moment)


def today() -> dt.date:
    """Today in the installation's time zone (``TIME_ZONE``), for rules that compare dates."""
    return timezone.localdate()
