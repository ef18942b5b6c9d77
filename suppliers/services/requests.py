"""Asking for a decision of a second person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.translation import gettext_noop as N_

from core.errors import DomainError
from core.services.activity import record_activity
from core.services.notifications import notify
from suppliers.enums import ApprovalKind, ApprovalState
from suppliers.models import Approval, Supplier
from suppliers.selectors.approvals import deciders_of
from suppliers.selectors.recipients import who_see
from suppliers.services.evidence import store_evidence
from suppliers.services.told import told_name

if TYPE_CHECKING:
    from accounts.models import User

Upload = UploadedFile[bytes]
ASKS: Mapping[ApprovalKind, str] = {
    ApprovalKind.QUALIFY: N_("%(supplier)s: %(person)s asks you to approve the supplier."),
    ApprovalKind.QUALIFICATION: N_("%(supplier)s: %(person)s asks for a category or site."),
    ApprovalKind.NOT_INTRODUCE: N_("%(supplier)s: %(person)s asks not to introduce it."),
    ApprovalKind.RESTRICT: N_("%(supplier)s: %(person)s asks to limit the cooperation."),
    ApprovalKind.LIFT: N_("%(supplier)s: %(person)s asks to lift the limitation."),
    ApprovalKind.DISQUALIFY: N_("%(supplier)s: %(person)s asks to disqualify it."),
    ApprovalKind.WAIVE: N_("%(supplier)s: %(person)s asks for a waiver."),
}


@dataclass(frozen=True, slots=True)
class RequestInput:
    """``payload``: the checked input of the action as plain values."""

    kind: ApprovalKind
    payload: dict[str, Any] = field(default_factory=dict)
    reason_code: str = ""
    explanation: str = ""
    evidence: Sequence[Upload] = ()


def open_request(actor: User, supplier: Supplier, data: RequestInput) -> Approval:
    """Store the request and tell who may decide; the caller has checked right and state and holds
    the supplier's lock. Errors: request_open_already and those of ``services.evidence``."""
    _require_no_open_one(supplier, data)
    approval = Approval.objects.create(
        supplier=supplier,
        kind=data.kind,
        payload=data.payload,
        reason_code=data.reason_code,
        explanation=data.explanation,
        requested_by=actor,
    )
    for upload in data.evidence:
        store_evidence(actor, supplier, upload, subject=approval)
    record_activity(
        actor,
        "approval.requested",
        supplier,
        approval=approval.pk,
        kind=str(data.kind),
        reason=data.reason_code,
        explanation=data.explanation,
    )
    notify(
        who_see(supplier, deciders_of(approval)),
        "approval.requested",
        ASKS[data.kind],
        {"person": str(actor), "supplier": told_name(supplier)},
        url=reverse("suppliers:approval-detail", args=[approval.pk]),
        subject=approval,
        about=supplier,
        is_urgent=True,
    )
    return approval


def _require_no_open_one(supplier: Supplier, data: RequestInput) -> None:
    """One request of a kind at a time. Of categories and sites there may be several, each about
    another pair: ``services.qualifications`` looks at the pair."""
    if data.kind == ApprovalKind.QUALIFICATION:
        return
    if supplier.approvals.filter(kind=data.kind, state=ApprovalState.OPEN).exists():
        raise DomainError(
            "request_open_already",
            N_("The same has been asked for this supplier already and waits for a decision."),
            field="action",
        )
