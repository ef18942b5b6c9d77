"""Who may do what with mitigation plans, and read the evidence of the five steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as N_

from accounts.roles import Role
from core.errors import NotAllowed

if TYPE_CHECKING:
    from accounts.models import User

MANAGERS = (Role.PROCUREMENT, Role.CSR_SPECIALIST, Role.ADMINISTRATOR)
# Who wants to buy neither verifies evidence nor moves the overall limit or closes early.
DECIDERS = (Role.CSR_SPECIALIST, Role.ADMINISTRATOR)


def can_view_all_mitigations(actor: User) -> bool:
    """Lists and the evidence of the five steps are for the company's own people."""
    return actor.is_internal


def require_view_all_mitigations(actor: User) -> None:
    if not can_view_all_mitigations(actor):
        raise NotAllowed("may_not_view_mitigations", N_("This is for our own people."))


def can_manage_mitigations(actor: User) -> bool:
    return actor.has_role(*MANAGERS)


def require_manage_mitigations(actor: User) -> None:
    if not can_manage_mitigations(actor):
        raise NotAllowed(
            "may_not_manage_mitigations", N_("You may not change mitigation plans of suppliers.")
        )


def can_decide_mitigations(actor: User) -> bool:
    return actor.has_role(*DECIDERS)


def require_decide_mitigations(actor: User) -> None:
    if not can_decide_mitigations(actor):
        raise NotAllowed(
            "may_not_decide_mitigations",
            N_("Only CSR specialists and administrators decide this about a mitigation."),
        )


def can_answer_mitigations(actor: User) -> bool:
    """As one of the supplier's own people."""
    return actor.has_role(Role.SUPPLIER_CONTACT)


def require_own_mitigations(actor: User) -> None:
    if not can_answer_mitigations(actor):
        raise NotAllowed(
            "may_not_view_own_mitigations", N_("This page is for the supplier's own people.")
        )


def require_answer_mitigations(actor: User) -> None:
    """The supplier's own people, or those of ours who record what the supplier said."""
    if not (can_answer_mitigations(actor) or can_manage_mitigations(actor)):
        raise NotAllowed("may_not_answer_mitigations", N_("You may not answer for this supplier."))
