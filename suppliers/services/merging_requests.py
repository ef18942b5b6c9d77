"""Open requests of a duplicate: they go on with the supplier that stays, or end and their askers
are told."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_noop as N_

from core import clock
from core.services.activity import record_activity
from core.services.notifications import in_each_language, notify, settle_about
from suppliers.enums import (
    ApprovalKind,
    ApprovalState,
    AssessmentState,
    QualificationState,
    RequestState,
    SupplierStatus,
)
from suppliers.models import Approval, Qualification, Supplier
from suppliers.selectors.assessments import RUNNING
from suppliers.selectors.recipients import who_see
from suppliers.services.assessment_messages import settle_asked, settle_handed_in
from suppliers.services.signers import settle_signing
from suppliers.services.told import told_name
from suppliers.workflow import LEFT, action_of, transition

if TYPE_CHECKING:
    from accounts.models import User

SAME_OPEN = N_(
    "%(duplicate)s is now part of %(supplier)s, where the same is open already. Your request has "
    "ended: %(what)s."
)
NOT_POSSIBLE = N_(
    "%(duplicate)s is now part of %(supplier)s, where it is not possible. Your request has ended: "
    "%(what)s."
)
# They are about the duplicate's own way or its own limit.
OF_THE_RECORD = (ApprovalKind.QUALIFY, ApprovalKind.LIFT)


def settle_requests(actor: User, keep: Supplier, drop: Supplier) -> dict[str, int]:
    """How many requests went along. The supplier's sites have moved; documents and
    self-assessments that are left open move with the other rows."""
    _end_documents(actor, keep, drop)
    _end_assessments(actor, keep, drop)
    return {"approvals": _settle_approvals(actor, keep, drop)}


def _end_documents(actor: User, keep: Supplier, drop: Supplier) -> None:
    known = keep.document_requests.filter(state=RequestState.OPEN).values("version")
    same = drop.document_requests.filter(state=RequestState.OPEN, version__in=known)
    ended = []
    for request in same.select_related("version__document", "requested_by"):
        document = request.version.document
        request.state, request.closed_at = RequestState.CANCELLED, clock.now()
        request.save(update_fields=["state", "closed_at"])
        record_activity(
            actor,
            "document.request_cancelled",
            drop,
            document=document.code,
            name=document.name,
        )
        _tell(request.requested_by, keep, drop, SAME_OPEN, lambda: document.label)  # noqa: B023
        ended.append(document)
    settle_signing(drop, *ended)


def _end_assessments(actor: User, keep: Supplier, drop: Supplier) -> None:
    if not keep.assessments.filter(state__in=RUNNING).exists():
        return
    running = drop.assessments.filter(state__in=RUNNING)
    for assessment in running.select_related("questionnaire", "requested_by"):
        form = assessment.questionnaire
        assessment.state = AssessmentState.CANCELLED
        assessment.save(update_fields=["state"])
        record_activity(actor, "assessment.cancelled", drop, assessment=assessment.pk)
        settle_asked(assessment)
        settle_handed_in(assessment)
        _tell(assessment.requested_by, keep, drop, SAME_OPEN, lambda: form.label)  # noqa: B023


def _settle_approvals(actor: User, keep: Supplier, drop: Supplier) -> int:
    moved = 0
    waiting = drop.approvals.filter(state=ApprovalState.OPEN).select_related("requested_by")
    for approval in waiting.order_by("pk"):
        asked = list(approval_rows(approval))
        if not _is_possible(keep, approval):
            _end_approval(actor, keep, drop, approval, NOT_POSSIBLE)
        elif _has_same(keep, approval, asked):
            _end_approval(actor, keep, drop, approval, SAME_OPEN)
        else:
            _move_approval(keep, approval, asked)
            moved += 1
    return moved


def approval_rows(approval: Approval) -> Any:
    """Categories and sites that the request asks for."""
    rows = Qualification.objects.filter(approval=approval, state=QualificationState.IN_PROGRESS)
    return rows.select_related("site")


def _is_possible(keep: Supplier, approval: Approval) -> bool:
    kind = ApprovalKind(approval.kind)
    if kind in OF_THE_RECORD:
        return False
    if kind == ApprovalKind.WAIVE:
        return keep.status not in LEFT
    if kind == ApprovalKind.QUALIFICATION:
        return keep.status == SupplierStatus.QUALIFIED
    step = action_of(kind)
    return step is not None and transition(keep.status, step.code) is not None


def _has_same(keep: Supplier, approval: Approval, asked: list[Qualification]) -> bool:
    if approval.kind != ApprovalKind.QUALIFICATION:
        return keep.approvals.filter(kind=approval.kind, state=ApprovalState.OPEN).exists()
    running = keep.qualifications.filter(state=QualificationState.IN_PROGRESS)
    return any(running.filter(category=row.category_id, site=row.site_id).exists() for row in asked)


def _move_approval(keep: Supplier, approval: Approval, asked: list[Qualification]) -> None:
    for row in asked:
        row.supplier = keep
        row.save(update_fields=["supplier", "updated_at"])
        # The site may have got another code on its way.
        if row.site is not None and "site" in approval.payload:
            approval.payload["site"] = row.site.code
    approval.supplier = keep
    approval.save(update_fields=["supplier", "payload"])


def _end_approval(
    actor: User, keep: Supplier, drop: Supplier, approval: Approval, message: str
) -> None:
    approval.state, approval.decided_at = ApprovalState.WITHDRAWN, clock.now()
    approval.save(update_fields=["state", "decided_at"])
    approval_rows(approval).update(state=QualificationState.WITHDRAWN, updated_at=clock.now())
    record_activity(actor, "approval.withdrawn", drop, approval=approval.pk, kind=approval.kind)
    settle_about(approval, "approval.requested")
    label = approval.get_kind_display
    _tell(approval.requested_by, keep, drop, message, label)


def _tell(
    asker: User | None,
    keep: Supplier,
    drop: Supplier,
    message: str,
    what: Callable[[], str | Promise],
) -> None:
    """``what`` names the request in the language that is active."""
    notify(
        who_see(keep, [asker]),
        "supplier.merged",
        message,
        {
            "duplicate": drop.name,
            "supplier": told_name(keep),
            "what": in_each_language(lambda: str(what())),
        },
        url=keep.get_absolute_url(),
        subject=keep,
        about=keep,
    )
