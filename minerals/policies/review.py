"""Who reviews declarations, who sees what was decided, who answers for a supplier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as N_

from accounts.roles import Role
from core.errors import NotAllowed

if TYPE_CHECKING:
    from accounts.models import User

REVIEWERS = (Role.CSR_SPECIALIST, Role.ADMINISTRATOR)


def can_review(actor: User) -> bool:
    return actor.has_role(*REVIEWERS)


def require_review(actor: User) -> None:
    if not can_review(actor):
        raise NotAllowed(
            "may_not_review", N_("Only CSR specialists and administrators review declarations.")
        )


def can_see_review(actor: User) -> bool:
    """Decisions, their reasons and the reviewer are for our own people."""
    return actor.is_internal


def require_see_review(actor: User) -> None:
    if not can_see_review(actor):
        raise NotAllowed("may_not_see_review", N_("Reviews are for our own people."))


def can_answer(actor: User) -> bool:
    """Of the clarifications the actor sees, which are those of the own company."""
    return not actor.is_internal and actor.has_role(Role.SUPPLIER_CONTACT)


def require_answer(actor: User) -> None:
    if not can_answer(actor):
        raise NotAllowed("may_not_answer", N_("Only the supplier's own people answer."))


def can_link_products(actor: User) -> bool:
    """May say whether a smelter is in what we buy."""
    return actor.has_role(*REVIEWERS)


def require_link_products(actor: User) -> None:
    if not can_link_products(actor):
        raise NotAllowed(
            "may_not_link_products",
            N_("Only CSR specialists and administrators say which smelters are in our products."),
        )
