"""What changed between two declarations of one supplier and family."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from minerals.rules.declaration import Declaration
from minerals.rules.normalise import cid_key, metal_key, normalised

AnswerKey = tuple[str, str | None]
SmelterKey = tuple[str, str]
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class ComparableSmelter:
    """A smelter row reduced to what identifies it; ``name`` is the standard name where known."""

    metal: str
    cid: str
    name: str
    country: str = ""

    @property
    def key(self) -> SmelterKey:
        """The CID, or (metal, name) in one spelling where there is none."""
        cid = cid_key(self.cid)
        return ("", cid) if cid else self.name_key

    @property
    def name_key(self) -> SmelterKey:
        return (metal_key(self.metal), normalised(self.name))


@dataclass(frozen=True, slots=True)
class ComparableDeclaration:
    """Built from a file (``comparable``) or from stored rows.

    ``answers`` is keyed by question and mineral, None for questions about the company.
    """

    company: Mapping[str, str] = field(default_factory=dict)
    minerals: tuple[str, ...] = ()
    answers: Mapping[AnswerKey, str] = field(default_factory=dict)
    smelters: tuple[ComparableSmelter, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldChange:
    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class AnswerChange:
    question: str
    mineral: str | None
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class SmelterChange:
    """The same smelter with other words: a new name or country, or now with its CID."""

    old: ComparableSmelter
    new: ComparableSmelter


@dataclass(frozen=True, slots=True)
class Comparison:
    company: tuple[FieldChange, ...] = ()
    answers: tuple[AnswerChange, ...] = ()
    minerals_added: tuple[str, ...] = ()
    minerals_gone: tuple[str, ...] = ()
    smelters_added: tuple[ComparableSmelter, ...] = ()
    smelters_gone: tuple[ComparableSmelter, ...] = ()
    smelters_changed: tuple[SmelterChange, ...] = ()

    @property
    def empty(self) -> bool:
        return self == Comparison()


def comparable(declaration: Declaration) -> ComparableDeclaration:
    """The comparable part of a declaration; rows that name no smelter are left out."""
    answers = (*declaration.answers, *declaration.company_answers)
    smelters = (
        ComparableSmelter(
            one.metal or row.metal,
            one.cid or row.cid,
            one.standard_name or row.name or one.lookup or row.lookup,
            one.country or row.country,
        )
        for one, row in zip(declaration.resolved, declaration.smelters, strict=True)
        if one.special != "not_identified"
    )
    return ComparableDeclaration(
        company={name: entry.text for name, entry in declaration.company.items()},
        minerals=declaration.minerals,
        answers={(item.question, item.mineral): item.value for item in answers},
        smelters=tuple(item for item in smelters if item.cid or item.name),
    )


def compare_declarations(old: ComparableDeclaration, new: ComparableDeclaration) -> Comparison:
    """Every difference, in the order of the newer form; what only the older has comes last."""
    added, gone, changed = _smelter_changes(old.smelters, new.smelters)
    return Comparison(
        company=tuple(
            FieldChange(name, old.company.get(name, ""), new.company.get(name, ""))
            for name in _keys(new.company, old.company)
            if old.company.get(name, "") != new.company.get(name, "")
        ),
        answers=tuple(
            AnswerChange(*key, old.answers.get(key, ""), new.answers.get(key, ""))
            for key in _keys(new.answers, old.answers)
            if _flipped(old.answers.get(key, ""), new.answers.get(key, ""))
        ),
        minerals_added=_missing_in(new.minerals, old.minerals),
        minerals_gone=_missing_in(old.minerals, new.minerals),
        smelters_added=added,
        smelters_gone=gone,
        smelters_changed=changed,
    )


def _keys(first: Iterable[Key], second: Iterable[Key]) -> Iterable[Key]:
    return dict.fromkeys((*first, *second))


def _flipped(old: str, new: str) -> bool:
    """Another answer, not another way of writing the same one."""
    return old.strip().casefold() != new.strip().casefold()


def _missing_in(minerals: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    known = {metal_key(mineral) for mineral in others}
    return tuple(mineral for mineral in minerals if metal_key(mineral) not in known)


def _smelter_changes(
    old: Sequence[ComparableSmelter], new: Sequence[ComparableSmelter]
) -> tuple[tuple[ComparableSmelter, ...], tuple[ComparableSmelter, ...], tuple[SmelterChange, ...]]:
    before = {item.key: item for item in reversed(old)}
    after = {item.key: item for item in reversed(new)}
    pairs = [(before[key], after[key]) for key in reversed(after) if key in before]
    added = [item for key, item in reversed(after.items()) if key not in before]
    gone = [item for key, item in reversed(before.items()) if key not in after]
    renamed = _same_name_other_key(gone, added)
    changed = [SmelterChange(*pair) for pair in (*pairs, *renamed) if _differs(*pair)]
    taken = {id(item) for pair in renamed for item in pair}
    return (
        tuple(item for item in added if id(item) not in taken),
        tuple(item for item in gone if id(item) not in taken),
        tuple(changed),
    )


def _same_name_other_key(
    gone: Sequence[ComparableSmelter], added: Sequence[ComparableSmelter]
) -> list[tuple[ComparableSmelter, ComparableSmelter]]:
    """A smelter named without its CID before and with it now, or the other way round."""
    return [
        (item, twin)
        for with_cid in (True, False)
        for name, item in _first_by_name(gone, with_cid).items()
        if (twin := _first_by_name(added, not with_cid).get(name)) is not None
    ]


def _first_by_name(
    smelters: Sequence[ComparableSmelter], with_cid: bool
) -> dict[SmelterKey, ComparableSmelter]:
    return {
        item.name_key: item
        for item in reversed(smelters)
        if item.name and bool(item.cid.strip()) is with_cid
    }


def _differs(old: ComparableSmelter, new: ComparableSmelter) -> bool:
    return old.key != new.key or old.name_key != new.name_key or _flipped(old.country, new.country)
