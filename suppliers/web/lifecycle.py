"""Where a supplier stands, the steps that lead on, and the results its conditions look at."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.web.requests import SignedInRequest
from core.errors import DomainError
from core.web.errors import form_page, show_in_form, tell_error
from suppliers.enums import GateKind, SupplierStatus
from suppliers.models import Approval, Supplier
from suppliers.policies.lifecycle import can_record_gate, require_act, require_record_gate
from suppliers.selectors.approvals import open_approvals
from suppliers.selectors.effects import effects_of_step
from suppliers.selectors.gate_words import for_reader, gate_line
from suppliers.selectors.gates import open_gates
from suppliers.selectors.recipients import reachable
from suppliers.selectors.suppliers import supplier_for
from suppliers.services.actions import ActionResult, take_action
from suppliers.services.gates import RECORDED, record_gate, withdraw_gate
from suppliers.web.lifecycle_forms import ActionForm, GateForm
from suppliers.web.upload_fields import posted
from suppliers.workflow import BY_CODE, Transition, actions_from, transition


@require_http_methods(["GET", "HEAD", "POST"])
def supplier_action(request: SignedInRequest, supplier_id: int, code: str) -> HttpResponse:
    """One page per step: what will happen, what it asks for, the button."""
    step = BY_CODE.get(code)
    if step is None or step.way == "decided":
        raise Http404
    require_act(request.user, step)
    supplier = supplier_for(request.user, supplier_id)
    form = ActionForm(step, supplier, *posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            result = take_action(request.user, supplier_id, code, form.to_input())
        except DomainError as error:
            supplier.refresh_from_db()
            show_in_form(form, error)
        else:
            return _taken(request, result)
    context = _page(request.user, supplier, step, form)
    return form_page(request, "suppliers/supplier_action.html", context)


def _taken(request: SignedInRequest, result: ActionResult) -> HttpResponse:
    name = result.supplier.shown_name
    if result.approval is not None:
        messages.success(
            request, _("%(name)s: a second person is asked to decide.") % {"name": name}
        )
        return redirect("suppliers:approval-detail", result.approval.pk)
    status = result.supplier.get_status_display()
    messages.success(
        request, _("%(name)s: the status is “%(status)s” now.") % {"name": name, "status": status}
    )
    if _is_unreachable(result.supplier, result.supplier.status):
        messages.warning(request, _("Nobody of this supplier can sign in. Add a contact first."))
    return redirect("suppliers:supplier-detail", result.supplier.pk)


def _is_unreachable(supplier: Supplier, status: str) -> bool:
    """Signing asks for documents at once, of nobody where nobody can sign in."""
    return status == SupplierStatus.SIGNING and not reachable([supplier])


def _page(actor: User, supplier: Supplier, step: Transition, form: ActionForm) -> dict[str, Any]:
    is_possible = transition(supplier.status, step.code) is not None
    unmet = open_gates(supplier, step.gates) if is_possible else []
    lines = [gate_line(supplier, gate, is_needed=True) for gate in unmet]
    restrictions = supplier.restrictions.not_lifted() if step.code == "lift" else []
    return {
        "supplier": supplier,
        "step": step,
        "form": form,
        "is_possible": is_possible,
        "waiting": _waiting(supplier, step),
        "unmet": [for_reader(actor, line) for line in lines],
        "effects": effects_of_step(supplier, step) if is_possible else [],
        "restrictions": restrictions,
        "is_unreachable": is_possible and _is_unreachable(supplier, step.target),
        "alternatives": [one for one in actions_from(supplier.status) if one.tone == "primary"],
    }


def _waiting(supplier: Supplier, step: Transition) -> Approval | None:
    """The request that stands in the way of another of its kind."""
    return open_approvals(supplier).filter(kind=step.opens).first() if step.opens else None


@require_http_methods(["GET", "HEAD", "POST"])
def gate_record(request: SignedInRequest, supplier_id: int, kind: str) -> HttpResponse:
    """Record a result by hand, with evidence."""
    if kind not in RECORDED:
        raise Http404
    require_record_gate(request.user, kind)
    supplier = supplier_for(request.user, supplier_id)
    form = GateForm(*posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            record_gate(request.user, supplier_id, form.to_input(kind))
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(request, _("The result is recorded."))
            return redirect("suppliers:supplier-detail", supplier_id)
    context = {
        "supplier": supplier,
        "label": GateKind(kind).label,
        "form": form,
        "records": supplier.gate_records.filter(kind=kind).select_related("recorded_by"),
        "may_record": can_record_gate(request.user, kind),
    }
    return form_page(request, "suppliers/gate_record.html", context)


@require_POST
def gate_withdraw(request: SignedInRequest, supplier_id: int, record_id: int) -> HttpResponse:
    supplier_for(request.user, supplier_id)
    try:
        withdraw_gate(request.user, record_id)
    except DomainError as error:
        tell_error(request, error)
    else:
        messages.success(request, _("The result no longer counts."))
    return redirect("suppliers:supplier-detail", supplier_id)
