"""Whether two smelter lists are too alike to have been made apart from each other.

Suppliers may well have the same list: a distributor passes on its manufacturer's file, a group
answers with one list. So a resemblance is shown with its evidence and explained by a person; it
proves nothing. Source of the question: market.md, idea 4.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

# Short lists of smelters that everybody uses prove nothing.
LIKE_FROM_ROWS = 20
LIKE_FROM = 0.9
# The same typing errors show a common origin, even where rows were added or left out.
ERRORS_SHARED = 3
LIKE_WITH_ERRORS = 0.6
# A spelling that more lists have is a custom, no error.
RARE_IN = 5
# The same file or content means something from here on: one or two smelters can be the truth.
SAME_FROM_ROWS = 3
UNCHANGED_FROM = 0.97

# MinHash in bands: lists alike by 0.9 share a band but once in 80,000 pairs, honest ones by 0.4
# once in 75. Every pair that shares a band is compared exactly.
_BANDS, _BAND_ROWS = 20, 8
_SEED = 20_200_531
_PRIME = (1 << 61) - 1


@dataclass(frozen=True, slots=True)
class ListPrint:
    """One declaration's smelter list. ``rows``: a key for each row in the order of the file, equal
    for equal smelters; ``errors``: spellings of its own; ``content`` and ``file``: hashes, may be
    empty. ``group``: suppliers that belong together have the same one. Of two prints the later
    one in a sequence is the one that may have been copied."""

    key: int
    group: int
    rows: tuple[str, ...]
    errors: frozenset[str] = frozenset()
    content: str = ""
    file: str = ""
    smelters: frozenset[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "smelters", frozenset(self.rows))


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two lists held against each other. ``similarity``: shared of all smelters (0 to 1);
    ``same_order``: of the shared ones that follow each other in both lists (0 to 1)."""

    similarity: float
    shared: int
    only_first: int
    only_second: int
    same_order: float
    shared_errors: tuple[str, ...]
    same_content: bool
    same_file: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """``later`` resembles ``earlier``: keys of the prints."""

    later: int
    earlier: int
    likeness: Likeness


def likeness(first: ListPrint, second: ListPrint) -> Likeness:
    one, two = first.smelters, second.smelters
    shared = one & two
    every = len(one | two)
    return Likeness(
        similarity=len(shared) / every if every else 0.0,
        shared=len(shared),
        only_first=len(one) - len(shared),
        only_second=len(two) - len(shared),
        same_order=_same_order(first.rows, second.rows, shared),
        shared_errors=tuple(sorted(first.errors & second.errors)),
        same_content=bool(first.content) and first.content == second.content,
        same_file=bool(first.file) and first.file == second.file,
    )


def resembles(first: ListPrint, second: ListPrint, rare: frozenset[str]) -> bool:
    """``rare``: errors that few lists have."""
    one, two = first.smelters, second.smelters
    shared = len(one & two)
    every = len(one) + len(two) - shared
    if not every:
        return False
    if shared >= SAME_FROM_ROWS and _same_hash(first, second):
        return True
    if min(len(one), len(two)) >= LIKE_FROM_ROWS and shared >= LIKE_FROM * every:
        return True
    errors = len(first.errors & second.errors & rare)
    return errors >= ERRORS_SHARED and shared >= LIKE_WITH_ERRORS * every


def hardly_changed(now: ListPrint, before: ListPrint) -> bool:
    """The list of a year ago with its order and its errors: nobody seems to have asked again."""
    found = likeness(now, before)
    return (
        min(len(now.smelters), len(before.smelters)) >= LIKE_FROM_ROWS
        and found.similarity >= UNCHANGED_FROM
        and found.same_order >= UNCHANGED_FROM
        and before.errors <= now.errors
    )


def closest_earlier(prints: Sequence[ListPrint], only: frozenset[int] | None = None) -> list[Pair]:
    """For each list the earlier one of another group that it resembles most; ``only``: for these
    keys. ``prints`` in the order in which they arrived."""
    rare = rare_errors(prints)
    best: dict[int, tuple[float, int]] = {}
    for earlier, later in _candidates(prints, rare, only):
        if not resembles(prints[later], prints[earlier], rare):
            continue
        value = _closeness(prints[later], prints[earlier])
        if later not in best or value > best[later][0]:
            best[later] = (value, earlier)
    return [_pair(prints[later], prints[at]) for later, (_value, at) in sorted(best.items())]


def rare_errors(prints: Iterable[ListPrint]) -> frozenset[str]:
    return frozenset(error for error, places in _by_error(prints).items() if len(places) <= RARE_IN)


def _pair(later: ListPrint, earlier: ListPrint) -> Pair:
    return Pair(later.key, earlier.key, likeness(later, earlier))


def _closeness(first: ListPrint, second: ListPrint) -> float:
    """Hashes before smelters before errors."""
    shared = len(first.smelters & second.smelters)
    every = len(first.smelters | second.smelters)
    return 2 * _same_hash(first, second) + shared / every + len(first.errors & second.errors) / 1000


def _same_hash(first: ListPrint, second: ListPrint) -> bool:
    same_content = bool(first.content) and first.content == second.content
    return same_content or (bool(first.file) and first.file == second.file)


def _same_order(
    first: Sequence[str], second: Sequence[str], shared: frozenset[str] | set[str]
) -> float:
    """The longest run of shared smelters that both lists name in this order, of all shared."""
    if not shared:
        return 0.0
    place = {key: at for at, key in reversed(list(enumerate(second))) if key in shared}
    ends: list[int] = []
    for key in dict.fromkeys(key for key in first if key in shared):
        at = bisect_left(ends, place[key])
        ends[at : at + 1] = [place[key]]
    return len(ends) / len(shared)


# --- Candidates: far fewer than all pairs --------------------------------------------------------
def _candidates(
    prints: Sequence[ListPrint], rare: frozenset[str], only: frozenset[int] | None
) -> Iterator[tuple[int, int]]:
    """Places of pairs worth an exact look, the earlier one first, each once."""
    if only is not None:
        wanted = [at for at, one in enumerate(prints) if one.key in only]
        pairs = {(min(at, other), max(at, other)) for at in wanted for other in range(len(prints))}
        pairs = {(first, second) for first, second in pairs if first != second}
    else:
        pairs = {*_by_band(prints), *_by_hash(prints), *_by_errors(prints, rare)}
    for first, second in sorted(pairs):
        if prints[first].group != prints[second].group:
            yield first, second


def _by_band(prints: Sequence[ListPrint]) -> Iterator[tuple[int, int]]:
    """Only lists long enough to be alike by their smelters alone."""
    vectors = _Vectors()
    buckets: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    for at, one in enumerate(prints):
        if len(one.smelters) < LIKE_FROM_ROWS:
            continue
        lowest = vectors.lowest(one.smelters)
        for band in range(_BANDS):
            part = lowest[band * _BAND_ROWS : (band + 1) * _BAND_ROWS]
            buckets[band, *part].append(at)
    for places in buckets.values():
        yield from combinations(places, 2)


class _Vectors:
    """Hashes of each smelter, made once: the lowest of a list in each place is its sketch."""

    def __init__(self) -> None:
        chance = random.Random(_SEED)  # noqa: S311 - the same sketches every time
        self._factors = [
            (chance.randrange(1, _PRIME), chance.randrange(_PRIME))
            for _place in range(_BANDS * _BAND_ROWS)
        ]
        self._known: dict[str, tuple[int, ...]] = {}

    def lowest(self, smelters: Iterable[str]) -> tuple[int, ...]:
        return tuple(map(min, *(self._of(smelter) for smelter in smelters)))

    def _of(self, smelter: str) -> tuple[int, ...]:
        found = self._known.get(smelter)
        if found is None:
            number = int.from_bytes(smelter.encode(), "big") % _PRIME
            found = tuple((a * number + b) % _PRIME for a, b in self._factors)
            self._known[smelter] = found
        return found


def _by_hash(prints: Sequence[ListPrint]) -> Iterator[tuple[int, int]]:
    """Each with the first of another group that has the same hash: of a hundred equal files a
    hundred pairs, not five thousand."""
    first: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for at, one in enumerate(prints):
        for mark in filter(None, (one.content, one.file)):
            known = first[mark]
            yield from ((place, at) for group, place in known.items() if group != one.group)
            if len(known) < 2:  # two groups are enough for everybody to find another one
                known.setdefault(one.group, at)


def _by_errors(prints: Sequence[ListPrint], rare: frozenset[str]) -> Iterator[tuple[int, int]]:
    counts: defaultdict[tuple[int, int], int] = defaultdict(int)
    for error, places in _by_error(prints).items():
        if error in rare:
            for pair in combinations(places, 2):
                counts[pair] += 1
    return (pair for pair, count in counts.items() if count >= ERRORS_SHARED)


def _by_error(prints: Iterable[ListPrint]) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(prints):
        for error in one.errors:
            found[error].append(at)
    return found
