"""The only writer of a supplier's status. Others come through ``services.actions``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError
from core.reader import listed
from core.services.activity import record_activity
from core.services.notifications import in_each_language, notify, settle_about
from suppliers.enums import ApprovalState, QualificationState
from suppliers.models import Approval, StatusChange, Supplier
from suppliers.selectors.gate_words import gate_label
from suppliers.selectors.gates import open_gates
from suppliers.selectors.recipients import who_see
from suppliers.services.suppliers import require_alive
from suppliers.services.told import told_name
from suppliers.workflow import ENDED, LEFT, Transition, transition

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User


def require_step(supplier: Supplier, action: str) -> Transition:
    """The row of the table; errors: supplier_merged, action_not_possible (names the status)."""
    require_alive(supplier)
    row = transition(supplier.status, action)
    if row is None:
        raise DomainError(
            "action_not_possible",
            N_("This is not possible now: the supplier's status is “%(status)s”."),
            {"status": str(supplier.get_status_display())},
            field="action",
        )
    return row


def require_gates(supplier: Supplier, step: Transition) -> None:
    """Errors: gates_unmet (names the conditions)."""
    unmet = open_gates(supplier, step.gates)
    if unmet:
        raise DomainError(
            "gates_unmet",
            N_("Conditions are not met yet: %(gates)s."),
            {"gates": listed(gate_label(gate) for gate in unmet)},
            field="action",
        )


def change_status(
    actor: User | None,
    supplier: Supplier,
    step: Transition,
    *,
    approval: Approval | None = None,
    reason_code: str = "",
    explanation: str = "",
    facts: Mapping[str, Any] | None = None,
) -> StatusChange:
    """Take one step; the supplier is locked by the caller, state and gates are checked.

    ``facts``: what else the trail keeps of it, as plain values.
    """
    before = supplier.status
    change = StatusChange.objects.create(
        supplier=supplier,
        action=step.code,
        from_status=before,
        to_status=step.target,
        at=clock.now(),
        actor=actor,
        approval=approval,
        reason_code=reason_code,
        explanation=explanation,
        phase_out_on=supplier.phase_out_on if step.code == "phase_out" else None,
    )
    supplier.status = step.target
    if before != step.target:
        supplier.status_since = change.at
    supplier.save()
    _tidy(supplier, step, approval)
    record_activity(
        actor,
        f"lifecycle.{step.code}",
        supplier,
        from_status=before,
        to_status=str(step.target),
        reason=reason_code,
        explanation=explanation,
        approval=approval.pk if approval else None,
        **(facts or {}),
    )
    return change


def _tidy(supplier: Supplier, step: Transition, approval: Approval | None) -> None:
    today = clock.today()
    if step.target in ENDED or step.code == "reopen":
        _end_periods(supplier, today)
    if step.target in LEFT:
        _close_requests(supplier, approval)


def _end_periods(supplier: Supplier, today: dt.date) -> None:
    # One that was withdrawn from a later day on ends today, too.
    lasting = Q(state=QualificationState.APPROVED, ended_on=None) | Q(ended_on__gt=today)
    supplier.qualifications.filter(lasting).update(
        state=QualificationState.WITHDRAWN, ended_on=today, updated_at=clock.now()
    )
    supplier.restrictions.not_lifted().update(lifted_on=today)
    supplier.waivers.filter(ended_on=None, ends_on__gte=today).update(ended_on=today)


def _close_requests(supplier: Supplier, kept: Approval | None) -> None:
    """What was asked before makes no sense any more."""
    asked = supplier.approvals.filter(state=ApprovalState.OPEN)
    if kept is not None:
        asked = asked.exclude(pk=kept.pk)
    for approval in asked.select_related("requested_by"):
        _withdraw(approval, supplier)
    supplier.qualifications.filter(state=QualificationState.IN_PROGRESS).update(
        state=QualificationState.WITHDRAWN, updated_at=clock.now()
    )


def _withdraw(approval: Approval, supplier: Supplier) -> None:
    approval.state = ApprovalState.WITHDRAWN
    approval.decided_at = clock.now()
    approval.save()
    settle_about(approval, "approval.requested")
    record_activity(None, "approval.withdrawn", supplier, approval=approval.pk, kind=approval.kind)
    notify(
        who_see(supplier, [approval.requested_by]),
        "approval.withdrawn",
        N_("%(supplier)s: what you asked for is void, because the status has changed: %(what)s."),
        {
            "supplier": told_name(supplier),
            "what": in_each_language(lambda: str(approval.get_kind_display())),
        },
        url=reverse("suppliers:approval-detail", args=[approval.pk]),
        subject=approval,
        about=supplier,
    )
