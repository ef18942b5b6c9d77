"""The documents of one supplier: a card of its page, and the page of its documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from suppliers.models import Supplier
from suppliers.policies import commitments as policies
from suppliers.selectors.commitments import Standing, standings_of
from suppliers.selectors.recipients import reachable

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class DocumentsCard:
    """``standings``: what is required, asked or signed, in the order of the documents;
    ``signed`` of ``required`` are in force; ``is_unreachable``: asked, but nobody can sign in."""

    supplier: Supplier
    standings: list[Standing]
    required: int
    signed: int
    may_request: bool
    is_unreachable: bool

    @property
    def is_complete(self) -> bool:
        return self.signed == self.required


def documents_card(actor: User, supplier: Supplier) -> DocumentsCard:
    """Six queries at most. The caller has found ``supplier`` through ``visible_to(actor)``."""
    shown = [one for one in standings_of(supplier) if one.required or one.signature or one.is_asked]
    required = [one for one in shown if one.required]
    return DocumentsCard(
        supplier,
        shown,
        len(required),
        sum(one.is_in_force for one in required),
        policies.can_request_signatures(actor),
        any(one.is_asked for one in shown) and not reachable([supplier]),
    )
