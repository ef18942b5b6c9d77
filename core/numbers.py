"""Whole numbers that came as text in an address or a form."""

from __future__ import annotations

import re

# Ten to the 18th fits into 64 bits; Python's own reading refuses very long numbers with an error.
KEY_PATTERN = "[0-9]{1,18}"
_WHOLE = re.compile(KEY_PATTERN)


def whole_number(text: str) -> int | None:
    """The number ``text`` writes; None for anything else, “²” and numbers no key can have too."""
    return int(text) if _WHOLE.fullmatch(text) else None
