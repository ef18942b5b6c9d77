"""Asking for categories and sites, withdrawing them; asking for waivers, ending them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.web.requests import SignedInRequest
from core import clock
from core.errors import DomainError
from core.web.errors import form_page, show_in_form, tell_error
from suppliers.models import Approval, Qualification, Supplier, Waiver
from suppliers.policies.lifecycle import require_act
from suppliers.selectors.suppliers import supplier_for
from suppliers.services.qualifications import (
    end_qualification,
    request_qualification,
    require_extendable,
)
from suppliers.services.waivers import end_waiver, request_waiver
from suppliers.web.lifecycle_forms import EndQualificationForm, QualificationForm, WaiverForm
from suppliers.web.upload_fields import posted


@require_http_methods(["GET", "HEAD", "POST"])
def qualification_request(request: SignedInRequest, supplier_id: int) -> HttpResponse:
    require_act(request.user)
    supplier = supplier_for(request.user, supplier_id)
    initial = {"category": request.GET.get("category"), "site": request.GET.get("site")}
    form = QualificationForm(supplier, *posted(request), initial=initial)
    context = {"supplier": supplier, "form": form, "refusal": _refusal(supplier)}
    if request.method == "POST" and form.is_valid():
        try:
            approval = request_qualification(request.user, supplier_id, form.to_input())
        except DomainError as error:
            show_in_form(form, error)
        else:
            return _asked(request, approval)
    return form_page(request, "suppliers/qualification_request.html", context)


def _refusal(supplier: Supplier) -> str:
    """Why it is not possible at all, before anybody fills in a form; empty when it is."""
    try:
        require_extendable(supplier)
    except DomainError as error:
        return error.message
    return ""


def _asked(request: SignedInRequest, approval: Approval) -> HttpResponse:
    text = _("%(name)s: a second person is asked to decide.")
    messages.success(request, text % {"name": approval.supplier.shown_name})
    return redirect("suppliers:approval-detail", approval.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def qualification_end(request: SignedInRequest, qualification_id: int) -> HttpResponse:
    require_act(request.user)
    visible = Qualification.objects.visible_to(request.user)
    row = visible.select_related("supplier", "category", "site").filter(pk=qualification_id).first()
    if row is None:
        raise Http404
    form = EndQualificationForm(*posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            end_qualification(request.user, qualification_id, form.to_input())
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(request, _("The qualification is withdrawn."))
            return redirect("suppliers:supplier-detail", row.supplier_id)
    context = {
        "row": row,
        "supplier": row.supplier,
        "form": form,
        "is_possible": row.can_end_on(clock.today()),
    }
    return form_page(request, "suppliers/qualification_end.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def waiver_request(request: SignedInRequest, supplier_id: int) -> HttpResponse:
    require_act(request.user)
    supplier = supplier_for(request.user, supplier_id)
    form = WaiverForm(*posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            approval = request_waiver(request.user, supplier_id, form.to_input())
        except DomainError as error:
            show_in_form(form, error)
        else:
            return _asked(request, approval)
    return form_page(request, "suppliers/waiver_request.html", {"supplier": supplier, "form": form})


@require_POST
def waiver_end(request: SignedInRequest, waiver_id: int) -> HttpResponse:
    require_act(request.user)
    found = Waiver.objects.visible_to(request.user).filter(pk=waiver_id).first()
    if found is None:
        raise Http404
    try:
        end_waiver(request.user, waiver_id)
    except DomainError as error:
        tell_error(request, error)
    else:
        messages.success(request, _("The waiver has ended."))
    return redirect("suppliers:supplier-detail", found.supplier_id)
