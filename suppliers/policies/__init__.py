"""Who may do what with suppliers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as N_

from accounts.roles import Role
from core.errors import NotAllowed

if TYPE_CHECKING:
    from accounts.models import User


def can_view_suppliers(actor: User) -> bool:
    return actor.is_internal


def require_view_suppliers(actor: User) -> None:
    if not can_view_suppliers(actor):
        raise NotAllowed(
            "may_not_view_suppliers", N_("The list of suppliers is for our own people.")
        )


def can_manage_suppliers(actor: User) -> bool:
    return actor.has_role(Role.PROCUREMENT, Role.CSR_SPECIALIST, Role.ADMINISTRATOR)


def require_manage_suppliers(actor: User) -> None:
    if not can_manage_suppliers(actor):
        raise NotAllowed("may_not_manage_suppliers", N_("You may not create or change suppliers."))


def can_manage_settings(actor: User) -> bool:
    """Lists that everybody works with: categories, documents, questionnaires, tables of risk."""
    return actor.has_role(Role.ADMINISTRATOR)


def require_manage_settings(actor: User) -> None:
    if not can_manage_settings(actor):
        raise NotAllowed("may_not_manage_settings", N_("Only administrators change the settings."))


def can_merge_suppliers(actor: User) -> bool:
    return actor.has_role(Role.CSR_SPECIALIST, Role.ADMINISTRATOR)


def require_merge_suppliers(actor: User) -> None:
    if not can_merge_suppliers(actor):
        raise NotAllowed(
            "may_not_merge_suppliers",
            N_("CSR specialists and administrators merge duplicates. Ask one of them."),
        )
