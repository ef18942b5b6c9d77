"""Who may do what with accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as N_

from accounts.roles import Role
from accounts.token_scopes import Scope
from core.errors import NotAllowed

if TYPE_CHECKING:
    from accounts.models import User

# Read and keep in order what is one's own: everybody.
_ALWAYS = frozenset({Scope.READ, Scope.PERSONAL})
_WRITERS = frozenset(Scope) - {Scope.SETTINGS}
# What a token of each role may be limited to; nobody hands a program more than the role writes.
SCOPES_OF_ROLE: dict[Role, frozenset[Scope]] = {
    Role.PROCUREMENT: _WRITERS - {Scope.SMELTERS},
    Role.CSR_SPECIALIST: _WRITERS,
    Role.ADMINISTRATOR: frozenset(Scope),
    Role.AUDITOR: frozenset({Scope.LIFECYCLE}),
    Role.ESG_REPORTER: frozenset(),
    Role.SUPPLIER_CONTACT: frozenset({Scope.DECLARATIONS, Scope.DOCUMENTS, Scope.ASSESSMENTS}),
}
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


def scopes_for(actor: User) -> list[Scope]:
    """What a token of this person can be limited to, in the order they are shown."""
    roles = {Role.ADMINISTRATOR, *actor.roles} if actor.is_superuser else actor.roles
    allowed = {*_ALWAYS, *(scope for role in roles for scope in SCOPES_OF_ROLE[role])}
    return [scope for scope in Scope if scope in allowed]
