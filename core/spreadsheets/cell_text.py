"""Values of cells as the text a person sees in them."""

from __future__ import annotations

import datetime as dt
from typing import Any

LONGEST = 32_767
# Excel keeps 15 digits of a number.
_EXACT = 10**15


def cell_text(value: Any) -> str:
    """Whole numbers without a point, others as Excel shows them (15 digits), dates in ISO form."""
    kind = type(value)
    if kind is str:
        text: str = value
        return text if len(text) <= LONGEST else text[:LONGEST]
    if kind is float:
        return _number(value)
    if kind is bool:
        return "yes" if value else "no"
    if kind is dt.datetime:
        whole = value.time() == dt.time.min
        return str(value.date().isoformat() if whole else value.isoformat(" ", "seconds"))
    if kind is dt.date:
        return str(value.isoformat())
    return "" if value is None else str(value)


def _number(value: float) -> str:
    if value == int(value) and abs(value) < _EXACT:
        return str(int(value))
    return f"{value:.15g}".upper()
