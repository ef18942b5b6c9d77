"""Who may do what with accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as N_

from accounts.roles import Role
from core.errors import NotAllowed

if TYPE_CHECKING:
    from accounts.models import User

INVITERS = (Role.PROCUREMENT, Role.CSR_SPECIALIST, Role.ADMINISTRATOR)


def can_manage_users(actor: User) -> bool:
    return actor.has_role(Role.ADMINISTRATOR)


def require_manage_users(actor: User) -> None:
    if not can_manage_users(actor):
        raise NotAllowed("may_not_manage_users", N_("Only administrators manage accounts."))


def can_invite_contacts(actor: User) -> bool:
    """May give a supplier's person an account, and nothing more than that."""
    return actor.has_role(*INVITERS)


def require_invite_contacts(actor: User) -> None:
    if not can_invite_contacts(actor):
        raise NotAllowed(
            "may_not_invite_contacts", N_("You may not give supplier contacts an account.")
        )
