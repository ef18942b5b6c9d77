"""Two declarations side by side, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_noop as N_

from core.errors import InvalidInput, NotFound
from minerals.models import Declaration
from minerals.rules.compare import (
    ComparableSmelter,
    Comparison,
    SmelterChange,
    comparable,
    compare_declarations,
)
from minerals.selectors.documents import document_of
from minerals.selectors.questions import field_name, mineral_name, question_words


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: ``number`` of the question (empty for a company field), both values."""

    number: str
    label: str
    mineral: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ComparedDeclarations:
    """``rest`` keeps the smelters as ``minerals.rules.compare`` found them."""

    company: tuple[Change, ...]
    answers: tuple[Change, ...]
    minerals_added: tuple[str, ...]
    minerals_gone: tuple[str, ...]
    smelters_added: tuple[ComparableSmelter, ...]
    smelters_gone: tuple[ComparableSmelter, ...]
    smelters_changed: tuple[SmelterChange, ...]
    old_smelters: int
    new_smelters: int

    @property
    def empty(self) -> bool:
        return not any(
            (
                self.company,
                self.answers,
                self.minerals_added,
                self.minerals_gone,
                self.smelters_added,
                self.smelters_gone,
                self.smelters_changed,
            )
        )


def require_comparable(new: Declaration, old: Declaration) -> None:
    """Two declarations of one supplier and one form. Errors: nothing_to_compare, not_comparable."""
    if new.pk == old.pk:
        raise NotFound("nothing_to_compare", N_("A declaration does not differ from itself."))
    same = new.supplier_id is not None and new.supplier_id == old.supplier_id
    if not same or new.family != old.family:
        raise InvalidInput(
            "not_comparable",
            N_("Only declarations of one supplier and one form can be compared."),
        )


def compared(old: Declaration, new: Declaration) -> ComparedDeclarations | None:
    """What changed from ``old`` to ``new``; None when one of them could never be read."""
    first, second = document_of(old), document_of(new)
    if first is None or second is None:
        return None
    before, after = comparable(first), comparable(second)
    return _in_words(
        new.family,
        compare_declarations(before, after),
        len(before.smelters),
        len(after.smelters),
    )


def _in_words(
    family: str, found: Comparison, old_smelters: int, new_smelters: int
) -> ComparedDeclarations:
    return ComparedDeclarations(
        company=tuple(
            Change("", field_name(item.field), "", item.old, item.new) for item in found.company
        ),
        answers=tuple(
            Change(
                item.question,
                question_words(family, item.question),
                mineral_name(item.mineral or ""),
                item.old,
                item.new,
            )
            for item in found.answers
        ),
        minerals_added=tuple(mineral_name(name) for name in found.minerals_added),
        minerals_gone=tuple(mineral_name(name) for name in found.minerals_gone),
        smelters_added=found.smelters_added,
        smelters_gone=found.smelters_gone,
        smelters_changed=found.smelters_changed,
        old_smelters=old_smelters,
        new_smelters=new_smelters,
    )
