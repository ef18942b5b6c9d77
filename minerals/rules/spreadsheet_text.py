"""How a spreadsheet compares texts, restated for the rules that copy the template's formulas."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from minerals.rules.declaration import Entry

_WILDCARDS = frozenset("*?~")
_ANY_NUMBER = "any number"
_ANY_ONE = "any one"
_LONGEST_PATTERN = 255


def same_text(left: str, right: str) -> bool:
    """Equality of the ``=`` operator: upper and lower case are one, blanks are not ignored."""
    return left == right or left.lower() == right.lower()


@lru_cache(maxsize=256)
def matcher(pattern: str) -> Callable[[str], bool]:
    """A test for whole texts as ``COUNTIF`` and ``MATCH(..., 0)`` make it from ``pattern``.

    ``?`` stands for one character, ``*`` for any number, ``~`` takes the meaning from the next.
    A pattern of more than 255 characters fits nothing.
    """
    if not has_wildcards(pattern):
        wanted = pattern.lower()
        return lambda text: text.lower() == wanted
    if len(pattern) > _LONGEST_PATTERN:
        return lambda text: False
    tokens = _tokens(pattern.lower())
    return lambda text: _fits(tokens, text.lower())


def has_wildcards(pattern: str) -> bool:
    return not _WILDCARDS.isdisjoint(pattern)


def _tokens(pattern: str) -> list[str]:
    """Single characters; the two wildcards become texts no single character equals."""
    tokens: list[str] = []
    characters = iter(pattern)
    for character in characters:
        if character == "~":
            tokens.append(next(characters, "~"))
        else:
            tokens.append({"*": _ANY_NUMBER, "?": _ANY_ONE}.get(character, character))
    return tokens


def _fits(tokens: list[str], text: str) -> bool:
    """Greedy match that only ever goes back to the last star, so no pattern takes long."""
    at = place = 0
    star, resume = -1, 0
    while place < len(text):
        token = tokens[at] if at < len(tokens) else ""
        if token == _ANY_NUMBER:
            star, resume = at, place
            at += 1
        elif token in (text[place], _ANY_ONE):
            at, place = at + 1, place + 1
        elif star >= 0:
            resume += 1
            at, place = star + 1, resume
        else:
            return False
    return all(token == _ANY_NUMBER for token in tokens[at:])


def displayed_length(entry: Entry) -> int:
    """``LEN`` of a cell that mirrors ``entry``: an empty cell mirrors as 0 and has length 1."""
    if entry.missing:
        return 1
    if isinstance(entry.raw, str):
        return 5 if entry.kind == "date" else len(entry.raw)
    return len(entry.text)
