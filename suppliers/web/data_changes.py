"""Changes that suppliers ask for: look at them, take them over or not."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.web.requests import SignedInRequest
from core.errors import DomainError
from core.web.errors import tell_error
from core.web.paging import page_of
from core.web.posted import posted_text
from suppliers.policies import can_manage_suppliers, require_view_suppliers
from suppliers.selectors.data_changes import change_for, changed_fields, changes_for
from suppliers.services.data_changes import approve_change, decline_change


@require_safe
def change_list(request: SignedInRequest) -> HttpResponse:
    require_view_suppliers(request.user)
    page = page_of(request, changes_for(request.user))
    return render(
        request, "suppliers/data_change_list.html", {"page_obj": page, "rows": list(page)}
    )


@require_safe
def change_detail(request: SignedInRequest, change_id: int) -> HttpResponse:
    require_view_suppliers(request.user)
    change = change_for(request.user, change_id)
    context = {
        "change": change,
        "supplier": change.supplier,
        "fields": changed_fields(change),
        "may_decide": change.is_open and can_manage_suppliers(request.user),
    }
    return render(request, "suppliers/data_change.html", context)


@require_POST
def change_approve(request: SignedInRequest, change_id: int) -> HttpResponse:
    try:
        change = approve_change(request.user, change_id)
    except DomainError as error:
        tell_error(request, error)
        return redirect("suppliers:data-change", change_id)
    messages.success(request, _("Taken over into the record."))
    return redirect(change.supplier)


@require_POST
def change_decline(request: SignedInRequest, change_id: int) -> HttpResponse:
    try:
        decline_change(request.user, change_id, posted_text(request, "reason"))
    except DomainError as error:
        tell_error(request, error)
    else:
        messages.success(request, _("The supplier is told."))
    return redirect("suppliers:data-change", change_id)
