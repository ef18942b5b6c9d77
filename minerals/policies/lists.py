"""Who may see lists of smelters, bring them in, and say what their status words mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as N_

from accounts.roles import Role
from core.errors import NotAllowed

if TYPE_CHECKING:
    from accounts.models import User

IMPORTERS = (Role.CSR_SPECIALIST, Role.ADMINISTRATOR)


def can_view_lists(actor: User) -> bool:
    """RMI's member data are licensed to us; suppliers do not see them."""
    return actor.is_internal


def require_view_lists(actor: User) -> None:
    if not can_view_lists(actor):
        raise NotAllowed("may_not_view_smelter_lists", N_("Smelter lists are for our own people."))


def can_import_lists(actor: User) -> bool:
    return actor.has_role(*IMPORTERS)


def require_import_lists(actor: User) -> None:
    if not can_import_lists(actor):
        raise NotAllowed(
            "may_not_import_smelter_lists",
            N_("Only CSR specialists and administrators import smelter lists."),
        )
