"""Which suppliers look like the same company. The library compares, this says what counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz, process

from suppliers.rules.names import core_key

Why = Literal["registration", "name", "similar_name"]
# Of 100. Tuned on the demo names: one typing error in a name of eight letters is found, names
# that share a place or a trade word only are not.
SIMILAR = 88.0
SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Known:
    """A supplier to compare with; keys as the record keeps them."""

    pk: int
    core_key: str
    local_key: str
    country: str


@dataclass(frozen=True, slots=True)
class Resemblance:
    """``score`` 0 to 100; 100 for equal names and numbers."""

    pk: int
    why: Why
    score: float


def resembling(
    name: str, local_name: str, known: Sequence[Known], same_number: Iterable[int]
) -> list[Resemblance]:
    """The suppliers that may be the same company, most alike first, each once."""
    found: dict[int, Resemblance] = {
        pk: Resemblance(pk, "registration", 100.0) for pk in same_number
    }
    for key in {core_key(name), core_key(local_name)} - {""}:
        for hit in _by_name(key, known):
            if hit.pk not in found or found[hit.pk].score < hit.score:
                found[hit.pk] = hit
    order = {"registration": 0, "name": 1, "similar_name": 2}
    return sorted(found.values(), key=lambda hit: (order[hit.why], -hit.score, hit.pk))


def _by_name(key: str, known: Sequence[Known]) -> list[Resemblance]:
    hits = [
        Resemblance(each.pk, "name", 100.0)
        for each in known
        if key in (each.core_key, each.local_key)
    ]
    if len(key) < SHORTEST:
        return hits
    keys = [each.core_key for each in known]
    alike = process.extract(key, keys, scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=10)
    hits += [
        Resemblance(known[place].pk, "similar_name", round(score, 1))
        for _text, score, place in alike
        if score < 100.0
    ]
    return hits
