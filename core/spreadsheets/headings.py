"""Headings of columns as people write them, reduced for comparing."""

from __future__ import annotations

import re
import unicodedata

_SIGNS = re.compile(r"[\s*＊:：]+")


def heading_key(text: str) -> str:
    """``"Supplier  code *"`` and ``"supplier code"`` are the same heading."""
    return _SIGNS.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()


def column_letters(index: int) -> str:
    """``A`` for 0, ``AB`` for 27."""
    letters, number = "", index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """0 for ``A``, 27 for ``AB``."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
