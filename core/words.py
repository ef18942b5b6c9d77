"""What people say in free text: long enough to mean something, short enough to be read."""

from __future__ import annotations

from django.utils.translation import gettext_noop as N_

from core.errors import InvalidInput

REASON_LENGTH = 255


def words_of(text: str, limit: int, field: str = "text", *, needed: bool = False) -> str:
    """Without blanks around it. Errors: words_missing where it is needed, words_too_long."""
    words = text.strip()
    if needed and not words:
        raise InvalidInput("words_missing", N_("Please write a few words."), field=field)
    if len(words) > limit:
        raise InvalidInput(
            "words_too_long",
            N_("Please use at most %(limit)s characters."),
            {"limit": limit},
            field=field,
        )
    return words


def reason_of(text: str) -> str:
    """In one line, cut where it is too long. Errors: reason_missing."""
    words = " ".join(text.split())[:REASON_LENGTH]
    if not words:
        raise InvalidInput("reason_missing", N_("Say why."), field="reason")
    return words
