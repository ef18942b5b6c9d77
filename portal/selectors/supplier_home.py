"""The home of a supplier's contact: what is asked now, in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User
from minerals.enums import DeclarationStatus, VerdictState
from minerals.models import Declaration, ReferenceSnapshot
from minerals.selectors.declarations import finding_counts
from minerals.selectors.reference import snapshots_in_force
from minerals.selectors.verdict_words import VerdictWords, verdict_words
from suppliers.models import Supplier
from suppliers.selectors.suppliers import supplier_of_contact

CORRECTABLE = (VerdictState.CORRECT_FIRST, VerdictState.WITH_WARNINGS)


@dataclass(frozen=True, slots=True)
class FormCard:
    """The last declaration of one family. ``correctable``: a workbook with comments can be had;
    ``done``: nothing is asked of the supplier now."""

    declaration: Declaration
    words: VerdictWords
    correctable: bool
    done: bool


@dataclass(frozen=True, slots=True)
class SupplierHome:
    """``blanks`` are the official forms to fill in, newest of each family."""

    supplier: Supplier | None
    cards: list[FormCard]
    blanks: list[ReferenceSnapshot]

    @property
    def open_count(self) -> int:
        return sum(not card.done for card in self.cards) or (0 if self.cards else 1)


def supplier_home(user: User) -> SupplierHome:
    return SupplierHome(supplier_of_contact(user), _cards(user), snapshots_in_force())


def _cards(user: User) -> list[FormCard]:
    """One card per family (four at most); files nobody could read yet form one of their own."""
    newest: dict[str, Declaration] = {}
    found = Declaration.objects.visible_to(user).exclude(status=DeclarationStatus.SUPERSEDED)
    for declaration in found.order_by("-received_at", "-pk")[:50]:
        newest.setdefault(declaration.family, declaration)
    return [_card(declaration) for declaration in newest.values()]


def _card(declaration: Declaration) -> FormCard:
    counts = finding_counts(declaration)
    words = verdict_words(declaration, counts, internal=False, decides=False)
    return FormCard(
        declaration,
        words,
        correctable=declaration.verdict in CORRECTABLE,
        done=declaration.verdict in ("", VerdictState.CLEAN),
    )
