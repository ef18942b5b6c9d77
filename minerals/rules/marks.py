"""Marks a text for translation without translating it: rules must not depend on Django."""

from __future__ import annotations


def N_(message: str) -> str:
    """Return ``message`` unchanged; the message tool collects every call."""
    return message


def NN_(singular: str, plural: str) -> tuple[str, str]:
    """The same for a text with a number: both forms, for ngettext."""
    return singular, plural
