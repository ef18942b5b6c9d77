"""Who may limit what a buyer sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as N_

from accounts.roles import Role
from core.errors import NotAllowed

if TYPE_CHECKING:
    from accounts.models import User


def can_edit_scopes(actor: User) -> bool:
    return actor.has_role(Role.ADMINISTRATOR)


def require_edit_scopes(actor: User) -> None:
    if not can_edit_scopes(actor):
        raise NotAllowed(
            "may_not_edit_scopes", N_("Only administrators decide which suppliers a buyer sees.")
        )
