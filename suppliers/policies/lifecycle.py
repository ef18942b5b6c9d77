"""Who may move a supplier on, decide about it, record facts of its gates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as N_

from accounts.roles import Role
from core.errors import NotAllowed
from suppliers.enums import ApprovalKind, GateKind
from suppliers.workflow import ACTORS, Transition

if TYPE_CHECKING:
    from accounts.models import User
    from suppliers.models import Approval, Supplier

DECIDERS = (Role.CSR_SPECIALIST, Role.ADMINISTRATOR)
# What procurement may decide too, when somebody else asked.
PROCUREMENT_DECIDES = (ApprovalKind.QUALIFY, ApprovalKind.QUALIFICATION)
AUDIT_GATES = (GateKind.CERTIFICATION_AUDIT, GateKind.MONITORING_AUDIT)


def can_act(actor: User, step: Transition | None = None) -> bool:
    """May move suppliers on and ask for decisions; with ``step``: may take this one."""
    return actor.has_role(*(step.roles if step else ACTORS))


def require_act(actor: User, step: Transition | None = None) -> None:
    if not can_act(actor, step):
        raise NotAllowed(
            "may_not_change_lifecycle", N_("You may not change where a supplier stands.")
        )


def require_reopen(actor: User, supplier: Supplier) -> None:
    """Opening again ends the limits: who may not decide about lifting them does not get round it
    by phasing out first."""
    limited = supplier.restrictions.not_lifted().exists()
    if limited and not actor.has_role(*DECIDERS):
        raise NotAllowed(
            "may_not_reopen_limited",
            N_(
                "The cooperation was limited when it was phased out. CSR specialists and "
                "administrators open it again."
            ),
        )


def kinds_decided_by(actor: User) -> tuple[ApprovalKind, ...]:
    if actor.has_role(*DECIDERS):
        return tuple(ApprovalKind)
    return PROCUREMENT_DECIDES if actor.has_role(Role.PROCUREMENT) else ()


def can_decide(actor: User, approval: Approval) -> bool:
    own = approval.requested_by_id == actor.pk
    return not own and approval.kind in kinds_decided_by(actor)


def require_decide(actor: User, approval: Approval) -> None:
    """Errors: own_request, may_not_decide."""
    if approval.kind not in kinds_decided_by(actor):
        raise NotAllowed("may_not_decide", N_("You may not decide requests of this kind."))
    if approval.requested_by_id == actor.pk:
        raise NotAllowed(
            "own_request", N_("You asked for this yourself; a second person decides it.")
        )


def can_record_gate(actor: User, kind: str) -> bool:
    """Procurement does not: who wants to buy does not certify."""
    if actor.has_role(*DECIDERS):
        return True
    return kind in AUDIT_GATES and actor.has_role(Role.AUDITOR)


def require_record_gate(actor: User, kind: str) -> None:
    if not can_record_gate(actor, kind):
        raise NotAllowed("may_not_record_gate", N_("You may not record results of this kind."))
