"""How a spreadsheet compares texts, restated for the rules that copy the template's formulas."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from minerals.rules.declaration import Entry

_WILDCARDS = frozenset("*?~")


def same_text(left: str, right: str) -> bool:
    """Equality of the ``=`` operator: upper and lower case are one, blanks are not ignored."""
    return left == right or left.lower() == right.lower()


@lru_cache(maxsize=256)
def matcher(pattern: str) -> Callable[[str], bool]:
    """A test for whole texts as ``COUNTIF`` and ``MATCH(..., 0)`` make it from ``pattern``.

    ``?`` stands for one character, ``*`` for any number, ``~`` takes the meaning from the next.
    """
    if not _WILDCARDS & set(pattern):
        wanted = pattern.lower()
        return lambda text: text.lower() == wanted
    expression = re.compile(_as_expression(pattern), re.IGNORECASE | re.DOTALL)
    return lambda text: expression.fullmatch(text) is not None


def has_wildcards(pattern: str) -> bool:
    return bool(_WILDCARDS & set(pattern))


def _as_expression(pattern: str) -> str:
    parts: list[str] = []
    characters = iter(pattern)
    for character in characters:
        if character == "~":
            parts.append(re.escape(next(characters, "~")))
        elif character == "*":
            parts.append(".*")
        elif character == "?":
            parts.append(".")
        else:
            parts.append(re.escape(character))
    return "".join(parts)


def displayed_length(entry: Entry) -> int:
    """``LEN`` of a cell that mirrors ``entry``: an empty cell mirrors as 0 and has length 1."""
    if entry.missing:
        return 1
    if isinstance(entry.raw, str):
        return 5 if entry.kind == "date" else len(entry.raw)
    return len(entry.text)
