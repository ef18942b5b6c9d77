"""Clauses of a document, and what changed in them between two versions.

A clause is a line of the text; a line that begins with ``#`` is a heading. A clause that only moved
or got another number is the same clause.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

_NUMBERING = re.compile(
    r"^\s*(?:第\s*[\d一二三四五六七八九十百]+\s*[条章款项]|[（(]?[\d.]+[)）]?)[\s.、．:：]*"
)
# Words of Latin text, single signs of Chinese.
_PART = re.compile(r"[0-9A-Za-z\u00c0-\u024f]+|\s+|.", re.S)
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Clause:
    text: str
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """``kind``: same, added, removed, changed. ``old`` and ``new`` are the two sides in pieces;
    empty where a side has no such clause."""

    kind: str
    old: tuple[Piece, ...]
    new: tuple[Piece, ...]
    is_heading: bool = False


def clauses_of(text: str) -> list[Clause]:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return [
        Clause(line.lstrip("#").strip(), line.startswith("#")) for line in lines if line.strip("# ")
    ]


def changed_clauses(old: str, new: str) -> list[ClauseChange]:
    """All clauses in the order of the new text, removed ones where they stood."""
    before, after = clauses_of(old), clauses_of(new)
    kept = Counter(map(_key, before)) & Counter(map(_key, after))
    gone, fresh = _left_over(before, kept), _left_over(after, kept)
    partner = _pairs(before, after, gone, fresh)
    changes = [_change(at, clause, before, fresh, partner) for at, clause in enumerate(after)]
    return _with_removed(changes, before, after, partner, gone - set(partner.values()))


def differs(change: ClauseChange) -> bool:
    return change.kind != "same"


def _key(clause: Clause) -> str:
    return _NUMBERING.sub("", clause.text)


def _left_over(clauses: list[Clause], kept: Counter[str]) -> set[int]:
    """Places of the clauses that the other text does not have."""
    left = Counter(kept)
    over = set()
    for at, clause in enumerate(clauses):
        if left[_key(clause)] > 0:
            left[_key(clause)] -= 1
        else:
            over.add(at)
    return over


def _pairs(
    before: list[Clause], after: list[Clause], gone: set[int], fresh: set[int]
) -> dict[int, int]:
    """Which new clause takes the place of which old one: the most alike first."""
    found = sorted(
        (
            (-_likeness(before[old], after[new]), abs(old - new), new, old)
            for new in fresh
            for old in gone
        ),
    )
    partner: dict[int, int] = {}
    for unlike, _distance, new, old in found:
        if -unlike >= _ALIKE and new not in partner and old not in partner.values():
            partner[new] = old
    return partner


def _likeness(one: Clause, other: Clause) -> float:
    if one.is_heading != other.is_heading:
        return 0.0
    matcher = SequenceMatcher(None, _key(one), _key(other), autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0


def _change(
    at: int, clause: Clause, before: list[Clause], fresh: set[int], partner: dict[int, int]
) -> ClauseChange:
    if at not in fresh:
        same = (Piece(clause.text, False),)
        return ClauseChange("same", same, same, clause.is_heading)
    if at not in partner:
        return ClauseChange("added", (), (Piece(clause.text, True),), clause.is_heading)
    old, new = _pieces(before[partner[at]].text, clause.text)
    return ClauseChange("changed", old, new, clause.is_heading)


def _pieces(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    left, right = _PART.findall(old), _PART.findall(new)
    one: list[Piece] = []
    two: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        changed = tag != "equal"
        one += [Piece("".join(left[a:b]), changed)] if b > a else []
        two += [Piece("".join(right[c:d]), changed)] if d > c else []
    return tuple(one), tuple(two)


def _with_removed(
    changes: list[ClauseChange],
    before: list[Clause],
    after: list[Clause],
    partner: dict[int, int],
    removed: set[int],
) -> list[ClauseChange]:
    """Each removed clause after the clause that stood before it, where that one stands now."""
    places = {_key(clause): at for at, clause in reversed(list(enumerate(after)))}
    moved = {old: new for new, old in partner.items()}
    follows: dict[int, list[ClauseChange]] = {}
    last = -1
    for at, clause in enumerate(before):
        if at in removed:
            piece = (Piece(clause.text, True),)
            gone = ClauseChange("removed", piece, (), clause.is_heading)
            follows.setdefault(last, []).append(gone)
        else:
            last = moved.get(at, places.get(_key(clause), last))
    result = list(follows.get(-1, []))
    for at, change in enumerate(changes):
        result += [change, *follows.get(at, [])]
    return result
