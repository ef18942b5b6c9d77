"""Params of notifications that each reader gets in the own habit."""

from __future__ import annotations

import datetime as dt

from core.services.notifications import in_each_language
from suppliers.models import Supplier
from suppliers.selectors.day_words import day_words


def told_name(supplier: Supplier) -> dict[str, str]:
    return in_each_language(lambda: supplier.shown_name)


def told_day(day: dt.date) -> dict[str, str]:
    return in_each_language(lambda: day_words(day))
