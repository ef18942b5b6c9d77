"""Which known heading somebody may have meant by one that is not known."""

from __future__ import annotations

import difflib
from collections.abc import Collection

# How alike two headings must be; a Chinese one of few signs differs much by one of them.
ALIKE, ALIKE_IN_FEW_SIGNS = 0.75, 0.6


def resembling(heading: str, known: Collection[str]) -> str | None:
    """The one of ``known`` (as ``heading_key`` gives them, like ``heading``) that says the same
    with more or fewer words, else the most alike; None where none is like it."""
    words = set(heading.split())
    for other in sorted(known, key=len, reverse=True):
        if words and (words <= set(other.split()) or words >= set(other.split())):
            return other
    alike = ALIKE if heading.isascii() else ALIKE_IN_FEW_SIGNS
    return next(iter(difflib.get_close_matches(heading, known, 1, alike)), None)
