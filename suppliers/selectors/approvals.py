"""Requests that a second person decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from accounts.roles import Role
from core.errors import NotFound
from suppliers.enums import ApprovalState
from suppliers.models import Approval, EvidenceFile, Supplier
from suppliers.policies.lifecycle import DECIDERS, PROCUREMENT_DECIDES, kinds_decided_by

if TYPE_CHECKING:
    from suppliers.models.evidence import EvidenceQuerySet


def approvals_for(actor: User) -> QuerySet[Approval]:
    """Requests about suppliers the actor sees, with what a row shows."""
    if not actor.is_internal:
        return Approval.objects.none()
    return Approval.objects.visible_to(actor).select_related(
        "supplier", "requested_by", "decided_by"
    )


def waiting_for(actor: User) -> QuerySet[Approval]:
    """Open requests that this person may decide, the oldest first."""
    return in_tab(approvals_for(actor), actor, "waiting")


def in_tab(approvals: QuerySet[Approval], actor: User, tab: str) -> QuerySet[Approval]:
    """``waiting`` for the actor, ``mine`` (asked by the actor), ``open`` or ``decided``."""
    waiting = approvals.filter(state=ApprovalState.OPEN)
    if tab == "waiting":
        decided = waiting.filter(kind__in=kinds_decided_by(actor)).exclude(requested_by=actor)
        return decided.order_by("requested_at", "pk")
    if tab == "open":
        return waiting.order_by("requested_at", "pk")
    if tab == "mine":
        return approvals.filter(requested_by=actor)
    return approvals.exclude(state=ApprovalState.OPEN)


def approval_for(actor: User, approval_id: int) -> Approval:
    """NotFound when there is none or the actor may not see it."""
    found = approvals_for(actor).filter(pk=approval_id).first()
    if found is None:
        raise approval_not_found()
    return found


def approval_not_found() -> NotFound:
    return NotFound("approval_not_found", N_("There is no such request."))


def open_approvals(supplier: Supplier) -> QuerySet[Approval]:
    return Approval.objects.filter(supplier=supplier, state=ApprovalState.OPEN).select_related(
        "requested_by"
    )


def evidence_of(approval: Approval) -> EvidenceQuerySet:
    return EvidenceFile.objects.about(approval)


def deciders_of(approval: Approval) -> list[User]:
    """Who is told that a decision waits: those who decide everything, and the supplier's buyer
    where procurement may decide; never the one who asked. Buyers with a scope are not searched:
    the others see every supplier."""
    names = [role.value for role in DECIDERS]
    people = User.objects.filter(is_active=True, groups__name__in=names).distinct()
    found = [person for person in people.order_by("pk") if person.pk != approval.requested_by_id]
    buyer = approval.supplier.buyer
    if (
        approval.kind in PROCUREMENT_DECIDES
        and buyer is not None
        and buyer.pk != approval.requested_by_id
        and buyer.has_role(Role.PROCUREMENT)
    ):
        found.append(buyer)
    return found
