"""The list of smelters that names are compared with, indexed once for many look-ups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from minerals.rules.declaration import Declaration, LookupEntry
from minerals.rules.judgement import Suggestion
from minerals.rules.normalise import (
    cid_key,
    metal_key,
    normalised,
    scoring_text,
    sorted_text,
    telling_words,
)
from minerals.rules.words import TRADE_WORDS

SUGGESTION_LIMIT = 3
# Measured on the real look-up lists: one dropped, doubled or swapped letter scores above 0.9, a
# missing legal form 1.0, a missing city or trade word 0.75 to 0.9, two unrelated refiners that
# share only words like "gold refinery" stay below 0.7. A person decides, so 0.75 may be generous.
SUGGESTION_THRESHOLD = 0.75
# Every telling word of the shorter name occurs in the longer one: near, but never as near as a
# plain misspelling of the whole name.
PART_OF_NAME_FACTOR = 0.9
# The exact name under another metal: either the metal or the name is wrong, so half is known.
OTHER_METAL_SCORE = 0.5


@dataclass(frozen=True, slots=True)
class ReferenceEntry:
    """One smelter of the list. ``aliases`` are its other names, without the standard name."""

    cid: str
    metal: str
    standard_name: str
    country: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _MetalNames:
    """All names of one metal, prepared for scoring: parallel lists."""

    texts: list[str]
    sorted_texts: list[str]
    entries: list[ReferenceEntry]
    by_word: dict[str, list[int]]


class ReferenceList:
    """A smelter list, immutable after construction.

    Look-ups: by CID; by (metal, name) after normalising, which may give several smelters where a
    list uses one name for two; suggestions by likeness.
    """

    def __init__(self, entries: Iterable[ReferenceEntry]) -> None:
        self.entries = tuple(entries)
        self._by_cid = {cid_key(entry.cid): entry for entry in self.entries}
        self._by_name: dict[tuple[str, str], list[ReferenceEntry]] = {}
        self._metals_of_name: dict[str, list[str]] = {}
        self._names: dict[str, _MetalNames] = {}
        for entry in self.entries:
            self._index(entry)

    def __len__(self) -> int:
        return len(self.entries)

    def _index(self, entry: ReferenceEntry) -> None:
        metal = metal_key(entry.metal)
        names = self._names.setdefault(metal, _MetalNames([], [], [], {}))
        for name in (entry.standard_name, *entry.aliases):
            key = normalised(name)
            found = self._by_name.setdefault((metal, key), [])
            if entry not in found:
                found.append(entry)
            metals = self._metals_of_name.setdefault(key, [])
            if metal not in metals:
                metals.append(metal)
            self._prepare(names, entry, name)

    @staticmethod
    def _prepare(names: _MetalNames, entry: ReferenceEntry, name: str) -> None:
        position = len(names.texts)
        names.texts.append(scoring_text(name))
        names.sorted_texts.append(sorted_text(name))
        names.entries.append(entry)
        for word in set(telling_words(name)) - TRADE_WORDS:
            names.by_word.setdefault(word, []).append(position)

    def by_cid(self, cid: str) -> ReferenceEntry | None:
        return self._by_cid.get(cid_key(cid)) if cid else None

    def by_name(self, metal: str, name: str) -> tuple[ReferenceEntry, ...]:
        """Every smelter of this metal with this standard name or alias, in list order."""
        key = normalised(name)
        return tuple(self._by_name.get((metal_key(metal), key), ())) if key else ()

    def under_other_metals(self, metal: str, name: str) -> tuple[ReferenceEntry, ...]:
        """Smelters with exactly this name that belong to another metal."""
        key, own = normalised(name), metal_key(metal)
        metals = self._metals_of_name.get(key, []) if key else []
        return tuple(
            entry for other in metals if other != own for entry in self._by_name[other, key]
        )

    def covers(self, metal: str) -> bool:
        """Whether the list knows any smelter of this metal, so that absence means something."""
        return metal_key(metal) in self._names

    def of_metal(self, metal: str) -> tuple[ReferenceEntry, ...]:
        names = self._names.get(metal_key(metal))
        return tuple(dict.fromkeys(names.entries)) if names else ()

    def search(self, metal: str, text: str, limit: int) -> tuple[ReferenceEntry, ...]:
        """Smelters of this metal for a person to choose from: those whose ID or any name holds
        every word of ``text``, then those that are alike."""
        words = [normalised(word) for word in text.split()]
        found = [entry for entry in self.of_metal(metal) if _holds(entry, words)]
        alike = (self.by_cid(item.cid) for item in self.suggestions(metal, text))
        both = dict.fromkeys([*found, *(entry for entry in alike if entry is not None)])
        return tuple(both)[:limit]

    def suggestions(self, metal: str, name: str) -> tuple[Suggestion, ...]:
        """The smelters this text may mean, best first; never more than ``SUGGESTION_LIMIT``."""
        if not set(telling_words(name)) - TRADE_WORDS:  # "Gold Refinery" is like many, means none
            return ()
        scores: dict[ReferenceEntry, float] = {}
        names = self._names.get(metal_key(metal))
        if names is not None:
            for entry, score in (*_alike(names, name), *_part_of(names, name)):
                scores[entry] = max(score, scores.get(entry, 0.0))
        for entry in self.under_other_metals(metal, name):
            scores.setdefault(entry, OTHER_METAL_SCORE)
        best = sorted(scores.items(), key=lambda item: (-item[1], item[0].cid))
        return tuple(suggestion(entry, score) for entry, score in best[:SUGGESTION_LIMIT])


def _holds(entry: ReferenceEntry, words: Sequence[str]) -> bool:
    names = (entry.cid, entry.standard_name, *entry.aliases)
    return bool(words) and any(
        all(word in text for word in words) for text in map(normalised, names)
    )


def suggestion(entry: ReferenceEntry, score: float) -> Suggestion:
    return Suggestion(entry.cid, entry.standard_name, entry.country, round(score, 2))


def _alike(names: _MetalNames, name: str) -> Iterator[tuple[ReferenceEntry, float]]:
    """Likeness letter by letter, in the order written and with the words sorted."""
    pairs = ((scoring_text(name), names.texts), (sorted_text(name), names.sorted_texts))
    for text, candidates in pairs:
        found = process.extract(
            text,
            candidates,
            scorer=fuzz.ratio,
            processor=None,
            limit=SUGGESTION_LIMIT * 3,  # several aliases of one smelter may crowd the top
            score_cutoff=SUGGESTION_THRESHOLD * 100,
        )
        yield from ((names.entries[at], score / 100) for _text, score, at in found)


def _part_of(names: _MetalNames, name: str) -> Iterator[tuple[ReferenceEntry, float]]:
    """Names that share at least half of the telling words of the shorter name."""
    telling = set(telling_words(name)) - TRADE_WORDS
    positions = {at for word in telling for at in names.by_word.get(word, ())}
    for at in positions:
        words = set(names.texts[at].split()) - TRADE_WORDS
        if 2 * len(words & telling) >= min(len(words), len(telling)):
            shared = fuzz.token_set_ratio(scoring_text(name), names.texts[at]) / 100
            if shared * PART_OF_NAME_FACTOR >= SUGGESTION_THRESHOLD:
                yield names.entries[at], shared * PART_OF_NAME_FACTOR


def reference_from_lookup(lookup: Iterable[LookupEntry]) -> ReferenceList:
    """The list inside a workbook as a reference list: one entry per CID, aliases collected.

    Rows without a CID (the two generic rows of each metal) name no smelter and are left out.
    """
    rows = [row for row in lookup if row.cid.strip()]
    first: dict[str, LookupEntry] = {}
    aliases: dict[str, dict[str, None]] = {}
    for row in rows:
        key = cid_key(row.cid)
        first.setdefault(key, row)
        if row.name != first[key].standard_name:
            aliases.setdefault(key, {})[row.name] = None
    return ReferenceList(
        ReferenceEntry(
            key, row.metal, row.standard_name or row.name, row.country, tuple(aliases.get(key, ()))
        )
        for key, row in first.items()
    )


def names_of(entry: ReferenceEntry) -> frozenset[str]:
    """Every name of a smelter, normalised."""
    return frozenset(normalised(name) for name in (entry.standard_name, *entry.aliases))


def effective_reference(declaration: Declaration, ours: ReferenceList | None) -> ReferenceList:
    """Our list; for metals it does not cover, the look-up inside the file helps out."""
    if ours is None:
        return reference_from_lookup(declaration.lookup)
    named = {metal_key(row.metal) for row in declaration.resolved if row.metal}
    foreign = {metal for metal in named if not ours.covers(metal)}
    if not foreign:
        return ours
    rest = tuple(row for row in declaration.lookup if metal_key(row.metal) in foreign)
    return ReferenceList((*ours.entries, *reference_from_lookup(rest).entries))
