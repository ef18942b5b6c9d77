"""Deciding requests, and taking them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput, NotAllowed
from core.services.activity import record_activity
from core.services.notifications import in_each_language, notify, settle_about
from suppliers.enums import ApprovalState
from suppliers.models import Approval, Supplier
from suppliers.policies.lifecycle import require_decide
from suppliers.selectors.approvals import approval_for
from suppliers.selectors.recipients import who_see
from suppliers.selectors.suppliers import supplier_for
from suppliers.services.decisions import carry_out, turn_down
from suppliers.services.proof import clean_words
from suppliers.services.told import told_name

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def decide(actor: User, approval_id: int, *, approve: bool, note: str = "") -> Approval:
    """Approving carries the action out in the same transaction, after looking at state and
    conditions again; rejecting records why.

    Errors: approval_not_found, may_not_decide, own_request, approval_decided, note_missing and,
    when the world has changed since, those of the action (action_not_possible, gates_unmet,
    supplier_not_qualified, restricted_no_new_category, waiver_not_possible, period_over,
    category_unknown).
    """
    approval, supplier = _held(actor, approval_id)
    require_decide(actor, approval)
    _require_open(approval)
    words = clean_words(note, "note")
    if not approve and not words:
        raise InvalidInput("note_missing", N_("Say why it is rejected."), field="note")
    _close(actor, approval, "approved" if approve else "rejected", words)
    if approve:
        carry_out(actor, approval, supplier)
    else:
        turn_down(actor, approval, supplier)
    _tell_requester(actor, approval, supplier)
    return approval


@transaction.atomic
def withdraw_request(actor: User, approval_id: int) -> Approval:
    """Errors: approval_not_found, not_own_request, approval_decided."""
    approval, supplier = _held(actor, approval_id)
    if approval.requested_by_id != actor.pk:
        raise NotAllowed("not_own_request", N_("Only the person who asked may withdraw this."))
    _require_open(approval)
    _close(actor, approval, "withdrawn", "")
    turn_down(actor, approval, supplier)
    return approval


def _held(actor: User, approval_id: int) -> tuple[Approval, Supplier]:
    """The supplier is locked first, as by every other writer: two deciders follow one another."""
    found = approval_for(actor, approval_id)
    supplier = supplier_for(actor, found.supplier_id, locked=True)
    approval = Approval.objects.select_for_update(of=("self",)).select_related(
        "requested_by", "decided_by"
    )
    held = approval.get(pk=found.pk)
    held.supplier = supplier
    return held, supplier


def _require_open(approval: Approval) -> None:
    if approval.state != ApprovalState.OPEN:
        raise _decided_already(approval)


def _decided_already(approval: Approval) -> DomainError:
    return DomainError(
        "approval_decided",
        N_("This is decided already: “%(state)s” by %(person)s. Nothing was changed."),
        {"state": str(approval.get_state_display()), "person": str(approval.decided_by or "–")},
    )


def _close(actor: User, approval: Approval, state: str, note: str) -> None:
    """Only one of two who decide at the same moment changes the row, on every database."""
    facts = {
        "state": ApprovalState(state),
        "decided_by": actor,
        "decided_at": clock.now(),
        "decision_note": note,
    }
    waiting = Approval.objects.filter(pk=approval.pk, state=ApprovalState.OPEN)
    if not waiting.update(**facts):
        approval.refresh_from_db()
        raise _decided_already(approval)
    for name, value in facts.items():
        setattr(approval, name, value)
    settle_about(approval, "approval.requested")
    record_activity(
        actor,
        f"approval.{state}",
        approval.supplier,
        approval=approval.pk,
        kind=approval.kind,
        note=note,
    )


def _tell_requester(actor: User, approval: Approval, supplier: Supplier) -> None:
    approved = approval.state == ApprovalState.APPROVED
    words = (
        N_("%(supplier)s: %(person)s approved what you asked for: %(what)s.")
        if approved
        else N_("%(supplier)s: %(person)s rejected what you asked for: %(what)s.")
    )
    notify(
        who_see(supplier, [approval.requested_by]),
        f"approval.{approval.state}",
        words,
        {
            "person": str(actor),
            "supplier": told_name(supplier),
            "what": in_each_language(lambda: str(approval.get_kind_display())),
        },
        url=reverse("suppliers:approval-detail", args=[approval.pk]),
        subject=approval,
        about=supplier,
    )
