"""Who sees and decides about the minerals risk of suppliers, its policy and the country lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as N_

from accounts.roles import Role
from core.errors import NotAllowed

if TYPE_CHECKING:
    from accounts.models import User
    from minerals.models import LevelOverride

# Who works with suppliers may say that something is worse than it looks; what makes a level lower
# is for those who do not buy.
REPORTERS = (Role.CSR_SPECIALIST, Role.PROCUREMENT, Role.AUDITOR, Role.ADMINISTRATOR)
DECIDERS = (Role.CSR_SPECIALIST, Role.ADMINISTRATOR)


def can_view_risk(actor: User) -> bool:
    return actor.is_internal


def require_view_risk(actor: User) -> None:
    """Suppliers do not see how they are rated."""
    if not can_view_risk(actor):
        raise NotAllowed("may_not_view_risk", N_("The risk rating is for our own people."))


def can_report_risk(actor: User) -> bool:
    """Record an event, raise a level, ask for a lower one."""
    return actor.has_role(*REPORTERS)


def require_report_risk(actor: User) -> None:
    if not can_report_risk(actor):
        raise NotAllowed(
            "may_not_report_risk", N_("You may not record what changes the risk of a supplier.")
        )


def can_relieve_risk(actor: User) -> bool:
    """End events and raised levels, decide about lower ones."""
    return actor.has_role(*DECIDERS)


def require_relieve_risk(actor: User) -> None:
    if not can_relieve_risk(actor):
        raise NotAllowed(
            "may_not_relieve_risk",
            N_("Only CSR specialists and administrators decide what makes a risk lower."),
        )


def can_decide_lowering(actor: User, override: LevelOverride) -> bool:
    return can_relieve_risk(actor) and override.requested_by_id != actor.pk


def require_decide_lowering(actor: User, override: LevelOverride) -> None:
    """Errors: may_not_relieve_risk, own_request."""
    require_relieve_risk(actor)
    if override.requested_by_id == actor.pk:
        raise NotAllowed(
            "own_request", N_("You asked for this yourself; a second person decides it.")
        )


def can_edit_policy(actor: User) -> bool:
    """Write drafts and try them."""
    return actor.has_role(*DECIDERS)


def require_edit_policy(actor: User) -> None:
    if not can_edit_policy(actor):
        raise NotAllowed(
            "may_not_edit_risk_policy",
            N_("Only CSR specialists and administrators change the risk policy."),
        )


def can_publish_policy(actor: User) -> bool:
    return actor.has_role(Role.ADMINISTRATOR)


def require_publish_policy(actor: User) -> None:
    if not can_publish_policy(actor):
        raise NotAllowed(
            "may_not_publish_risk_policy", N_("Only administrators put a risk policy in force.")
        )


def can_edit_countries(actor: User) -> bool:
    return actor.has_role(*DECIDERS)


def require_edit_countries(actor: User) -> None:
    if not can_edit_countries(actor):
        raise NotAllowed(
            "may_not_edit_country_lists",
            N_("Only CSR specialists and administrators change the lists of countries."),
        )
