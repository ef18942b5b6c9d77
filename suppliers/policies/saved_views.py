"""Who may keep and change saved views of lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as N_

from core.errors import NotAllowed

if TYPE_CHECKING:
    from accounts.models import User


def can_save_views(actor: User) -> bool:
    return actor.is_internal


def require_save_views(actor: User) -> None:
    if not can_save_views(actor):
        raise NotAllowed("may_not_save_views", N_("Saved views are for our own people."))
