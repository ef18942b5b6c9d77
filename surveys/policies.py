"""Who may do what with surveys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as N_

from accounts.roles import Role
from core.errors import NotAllowed

if TYPE_CHECKING:
    from accounts.models import User

RUNNERS = (Role.CSR_SPECIALIST, Role.ADMINISTRATOR)
CHASERS = (Role.PROCUREMENT, *RUNNERS)


def can_view_surveys(actor: User) -> bool:
    return actor.is_internal


def require_view_surveys(actor: User) -> None:
    if not can_view_surveys(actor):
        raise NotAllowed("may_not_view_surveys", N_("Surveys are for our own people."))


def can_run_surveys(actor: User) -> bool:
    """Prepare, start, pause and close them."""
    return actor.has_role(*RUNNERS)


def require_run_surveys(actor: User) -> None:
    if not can_run_surveys(actor):
        raise NotAllowed(
            "may_not_run_surveys", N_("Only CSR specialists and administrators run surveys.")
        )


def can_chase(actor: User) -> bool:
    """Remind, extend, hand over and answer, for suppliers one sees."""
    return actor.has_role(*CHASERS)


def require_chase(actor: User) -> None:
    if not can_chase(actor):
        raise NotAllowed("may_not_chase", N_("You may not act for this survey."))
