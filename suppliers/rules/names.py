"""Comparing company names."""

from __future__ import annotations

import unicodedata


def name_key(name: str) -> str:
    """A company name reduced to letters and digits, for exact comparison only."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    return "".join(char for char in folded if char.isalnum())[:255]
