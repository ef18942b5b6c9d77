"""Comparing versions of reporting forms."""

from __future__ import annotations

import re


def is_new_enough(version: str, minimum: str) -> bool:
    """``6.31`` is newer than ``6.4``? No: RMI counts 6.31 after 6.3 and before 6.4; so numbers are
    compared digit by digit after the point. An empty ``minimum`` allows all."""
    return not minimum or _key(version) >= _key(minimum)


def _key(version: str) -> tuple[int, ...]:
    whole, _point, rest = version.strip().partition(".")
    digits = re.sub(r"\D", "", rest)
    return (int(re.sub(r"\D", "", whole) or 0), *(int(digit) for digit in digits))
