"""Requests that a second person decides: list, export, page, decision."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.web.requests import SignedInRequest
from core.errors import DomainError
from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column
from core.web.errors import form_page, show_in_form, tell_error
from core.web.exports import export_response
from core.web.paging import page_of
from suppliers.enums import ApprovalState
from suppliers.filters.lifecycle import APPROVAL_TABS, ApprovalFilter
from suppliers.models import Approval, Supplier
from suppliers.policies import require_view_suppliers
from suppliers.policies.lifecycle import can_decide
from suppliers.selectors.approvals import (
    approval_for,
    approvals_for,
    evidence_of,
    in_tab,
)
from suppliers.selectors.effects import effects_of_approval
from suppliers.selectors.gate_words import GateLine, for_reader, gate_line
from suppliers.selectors.gates import gates_of
from suppliers.services.approvals import decide, withdraw_request
from suppliers.web.lifecycle_forms import NoteForm
from suppliers.workflow import action_of, transition

COUNTED = ("waiting", "open")
APPROVAL_TONES = {
    ApprovalState.OPEN: ("progress", "hourglass"),
    ApprovalState.APPROVED: ("verified", "circle-check"),
    ApprovalState.REJECTED: ("now", "circle-x"),
    ApprovalState.WITHDRAWN: ("unknown", "arrow-back-up"),
}


def _tab(request: SignedInRequest) -> str:
    wanted = request.GET.get("tab", "")
    return wanted if wanted in dict(APPROVAL_TABS) else "waiting"


def _filters(request: SignedInRequest) -> ApprovalFilter:
    data = request.GET.copy()
    data["tab"] = _tab(request)
    return ApprovalFilter(data, approvals_for(request.user).order_by(), request=request)


@require_safe
def approval_list(request: SignedInRequest) -> HttpResponse:
    require_view_suppliers(request.user)
    filters = _filters(request)
    page = page_of(request, filters.qs)
    context = {
        "form": filters.form,
        "page_obj": page,
        "rows": [(one, APPROVAL_TONES[ApprovalState(one.state)]) for one in page],
        "export_url": reverse("suppliers:approval-export"),
        "tab": _tab(request),
        "tabs": _tabs(request),
    }
    return render(request, "suppliers/approval_list.html", context)


def _tabs(request: SignedInRequest) -> list[dict[str, object]]:
    """Those that hold work carry its number."""
    seen = approvals_for(request.user)
    return [
        {
            "label": label,
            "url": f"?tab={name}",
            "here": name == _tab(request),
            "count": in_tab(seen, request.user, name).count() if name in COUNTED else "",
        }
        for name, label in APPROVAL_TABS
    ]


@require_safe
def approval_export(request: SignedInRequest) -> HttpResponseBase:
    """What the list shows with the same tab and filters."""
    require_view_suppliers(request.user)
    filters = _filters(request)
    return export_response(
        request, _("Approvals"), filters.form, _columns(), _table_rows(filters.qs)
    )


def _columns() -> list[Column]:
    return [
        Column(_("Supplier code"), 16),
        Column(_("Supplier"), 40),
        Column(_("What"), 26),
        Column(_("Reason"), 24),
        Column(_("Explanation"), 60),
        Column(_("State"), 22),
        Column(_("Asked by"), 24),
        Column(_("Asked on"), 18),
        Column(_("Decided by"), 24),
        Column(_("Decided on"), 18),
        Column(_("Note of the decision"), 60),
    ]


def _table_rows(approvals: QuerySet[Approval]) -> Iterator[list[Value]]:
    for one in approvals.iterator(chunk_size=500):
        yield [
            one.supplier.code,
            one.supplier.name,
            one.get_kind_display(),
            one.get_reason_code_display() if one.reason_code else "",
            one.explanation,
            one.get_state_display(),
            str(one.requested_by),
            timezone.localtime(one.requested_at),
            str(one.decided_by or ""),
            timezone.localtime(one.decided_at) if one.decided_at else None,
            one.decision_note,
        ]


@require_safe
def approval_detail(request: SignedInRequest, approval_id: int) -> HttpResponse:
    require_view_suppliers(request.user)
    return _page(request, approval_for(request.user, approval_id), NoteForm())


def _page(request: SignedInRequest, approval: Approval, form: NoteForm) -> HttpResponse:
    is_open = approval.state == ApprovalState.OPEN
    step = action_of(approval.kind)
    context = {
        "approval": approval,
        "supplier": approval.supplier,
        "tone": APPROVAL_TONES[ApprovalState(approval.state)],
        "form": form,
        "effects": effects_of_approval(approval),
        "gates": _gates(request.user, approval.supplier) if is_open else [],
        "evidence": evidence_of(approval).visible_to(request.user),
        "restrictions": approval.supplier.restrictions.not_lifted(),
        "is_open": is_open,
        "is_own": approval.requested_by_id == request.user.pk,
        "may_decide": is_open and can_decide(request.user, approval),
        "is_outdated": is_open
        and step is not None
        and transition(approval.supplier.status, step.code) is None,
        "danger": step is not None and step.tone == "danger",
    }
    return form_page(request, "suppliers/approval_detail.html", context)


def _gates(actor: User, supplier: Supplier) -> list[GateLine]:
    step = action_of("qualify")
    needed = step.gates if step else ()
    return [
        for_reader(actor, gate_line(supplier, gate, is_needed=gate.kind in needed))
        for gate in gates_of(supplier)
    ]


@require_POST
def approval_decide(request: SignedInRequest, approval_id: int) -> HttpResponse:
    """``verdict`` is the button: approve or reject."""
    form = NoteForm(request.POST)
    if not form.is_valid():
        # Nothing is decided without the words that were meant to go with it.
        return _page(request, approval_for(request.user, approval_id), form)
    note = form.cleaned_data["note"]
    approve = request.POST.get("verdict") == "approve"
    try:
        approval = decide(request.user, approval_id, approve=approve, note=note)
    except DomainError as error:
        show_in_form(form, error)
        return _page(request, approval_for(request.user, approval_id), form)
    name = {"name": approval.supplier.shown_name}
    if approve:
        messages.success(request, _("%(name)s: approved and carried out.") % name)
    else:
        messages.success(request, _("%(name)s: rejected. The person who asked is told why.") % name)
    return redirect("suppliers:approval-detail", approval_id)


@require_POST
def approval_withdraw(request: SignedInRequest, approval_id: int) -> HttpResponse:
    try:
        withdraw_request(request.user, approval_id)
    except DomainError as error:
        tell_error(request, error)
    else:
        messages.success(request, _("The request is withdrawn."))
    return redirect("suppliers:approval-detail", approval_id)
