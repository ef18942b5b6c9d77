"""Which smelter of our reference list a row of the Smelter List means.

The supplier's own words come first: the template's look-up inside his file has already been
applied (``ResolvedSmelter``, formats.md 4.3), because that is what he saw on his screen. Then our
list, first hit wins:

1. ``cid``            the CID typed in column A, or typed over column F, and no other name chosen;
2. ``standard_name``  the name is the standard name of a smelter of this metal;
3. ``alias``          the name is another name of it, or a person decided so earlier;
4. ``ambiguous``      the name stands for two or more smelters of this metal;
5. ``not_listed`` / ``not_identified``  the row says so itself;
6. ``unmatched``      nothing known; suggestions for a person, never accepted by themselves.

Where a CID and a name disagree the name wins, as in the template; the conflict is a finding.
A row "Smelter not listed" whose typed name the template itself resolves (CMRT 6.22 and later)
counts as identified by that name. Where the template gives nothing, the row stays ``not_listed``
and the smelter we know by that name is a suggestion: the supplier said otherwise, so a person asks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from minerals.rules.declaration import ResolvedSmelter, SmelterRow
from minerals.rules.judgement import Match, SmelterMatch, Suggestion
from minerals.rules.normalise import cid_key, metal_key, normalised
from minerals.rules.placeholders import is_placeholder
from minerals.rules.reference import ReferenceEntry, ReferenceList, suggestion


@dataclass(frozen=True, slots=True)
class DecisionKey:
    """What a person decided about: a text of a metal, both in their one spelling."""

    metal: str
    name: str

    @classmethod
    def of(cls, metal: str, name: str) -> DecisionKey:
        return cls(metal_key(metal), normalised(name))


@dataclass(frozen=True, slots=True)
class Decision:
    """``confirmed``: the CID this text means (``""`` while open). ``rejected``: CIDs it is not."""

    confirmed: str = ""
    rejected: frozenset[str] = frozenset()


Decisions = Mapping[DecisionKey, Decision]
SuggestionCache = dict[DecisionKey, tuple[Suggestion, ...]]


def name_of(resolved: ResolvedSmelter, row: SmelterRow) -> str:
    """The name the supplier gave: the typed one where he said "not listed", else the choice."""
    if resolved.special:
        return row.name.strip()
    return (resolved.lookup or row.lookup).strip() or row.name.strip()


def metal_of(resolved: ResolvedSmelter, row: SmelterRow) -> str:
    return (resolved.metal or row.metal).strip()


def decision_key(resolved: ResolvedSmelter, row: SmelterRow) -> DecisionKey:
    """Under what a person's decision about this row is remembered."""
    return DecisionKey.of(metal_of(resolved, row), name_of(resolved, row))


def match_row(
    resolved: ResolvedSmelter,
    row: SmelterRow,
    reference: ReferenceList,
    decisions: Decisions,
    cache: SuggestionCache | None = None,
) -> SmelterMatch:
    """How the row is identified; see the module. ``cache`` saves work on repeated texts."""
    known = _by_template(resolved, row, reference) or _by_list(resolved, row, reference)
    if known is not None:
        return SmelterMatch(row.row, known[0], known[1].cid)
    if resolved.special == "not_identified":
        return SmelterMatch(row.row, "not_identified")
    key = decision_key(resolved, row)
    decision = decisions.get(key, Decision())
    decided = reference.by_cid(decision.confirmed)
    if decided is not None:
        return SmelterMatch(row.row, "alias", decided.cid, decided=True)
    found = _cached_suggestions(key, resolved, row, reference, {} if cache is None else cache)
    left = tuple(item for item in found if item.cid not in decision.rejected)
    return SmelterMatch(row.row, _unidentified(resolved, row, reference), "", left)


def match_rows(
    resolved: Sequence[ResolvedSmelter],
    rows: Sequence[SmelterRow],
    reference: ReferenceList,
    decisions: Decisions,
) -> tuple[SmelterMatch, ...]:
    """``match_row`` for a whole list (``resolved`` and ``rows`` are parallel)."""
    cache: SuggestionCache = {}
    return tuple(
        match_row(one, row, reference, decisions, cache)
        for one, row in zip(resolved, rows, strict=True)
    )


def _by_template(
    resolved: ResolvedSmelter, row: SmelterRow, reference: ReferenceList
) -> tuple[Match, ReferenceEntry] | None:
    """What the file itself resolved, when our list knows that CID and the name is no riddle."""
    entry = reference.by_cid(resolved.cid)
    if entry is None:
        return None
    if _typed_cid_stands(resolved, row):
        return "cid", entry
    name = name_of(resolved, row)
    if not name:
        return "cid", entry
    if len(reference.by_name(metal_of(resolved, row), name)) > 1:
        return None
    if resolved.lookup_row is None:  # typed over column F: the name in the row was found nowhere
        return _named(resolved, row, reference) or ("cid", entry)
    return _kind_of_name(name, entry, resolved.standard_name), entry


def _typed_cid_stands(resolved: ResolvedSmelter, row: SmelterRow) -> bool:
    """A CID in column A that the resolved row agrees with."""
    return bool(row.cid_input.strip()) and cid_key(row.cid_input) == cid_key(resolved.cid)


def _by_list(
    resolved: ResolvedSmelter, row: SmelterRow, reference: ReferenceList
) -> tuple[Match, ReferenceEntry] | None:
    """Our own list, where the template's look-up gave nothing (or something we do not know)."""
    if resolved.special:
        return None
    named = _named(resolved, row, reference)
    if named is not None:
        return named
    typed = reference.by_cid(row.cid_input) or reference.by_cid(row.cid)
    return ("cid", typed) if typed is not None else None


def _named(
    resolved: ResolvedSmelter, row: SmelterRow, reference: ReferenceList
) -> tuple[Match, ReferenceEntry] | None:
    name = name_of(resolved, row)
    found = reference.by_name(metal_of(resolved, row), name)
    if len(found) != 1:
        return None
    return _kind_of_name(name, found[0]), found[0]


def _kind_of_name(name: str, entry: ReferenceEntry, also_standard: str = "") -> Match:
    """An alias may differ from the standard name only by an accent, so the exact text decides."""
    exact = name.casefold()
    if exact in (entry.standard_name.casefold(), also_standard.casefold()):
        return "standard_name"
    if exact in {alias.casefold() for alias in entry.aliases}:
        return "alias"
    same = normalised(name) in (normalised(entry.standard_name), normalised(also_standard))
    return "standard_name" if same else "alias"


def _unidentified(resolved: ResolvedSmelter, row: SmelterRow, reference: ReferenceList) -> Match:
    if resolved.special:
        return resolved.special
    found = reference.by_name(metal_of(resolved, row), name_of(resolved, row))
    return "ambiguous" if len(found) > 1 else "unmatched"


def _cached_suggestions(
    key: DecisionKey,
    resolved: ResolvedSmelter,
    row: SmelterRow,
    reference: ReferenceList,
    cache: SuggestionCache,
) -> tuple[Suggestion, ...]:
    typed = reference.by_cid(row.cid_input)
    if typed is not None:  # "not listed" beside a CID that is listed
        return (suggestion(typed, 1.0),)
    if key not in cache:
        name = name_of(resolved, row)
        cache[key] = () if is_placeholder(name) else reference.suggestions(key.metal, name)
    return cache[key]
