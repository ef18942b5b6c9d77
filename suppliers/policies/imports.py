"""Who may bring in records by spreadsheet, and look at what was brought in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as N_

from core.errors import NotAllowed
from suppliers.policies import can_manage_suppliers

if TYPE_CHECKING:
    from accounts.models import User


def can_import(actor: User) -> bool:
    return can_manage_suppliers(actor)


def require_import(actor: User) -> None:
    if not can_import(actor):
        raise NotAllowed("may_not_import", N_("You may not import or push records."))
