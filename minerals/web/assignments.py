"""Saying whose declaration a file is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.web.requests import SignedInRequest
from core.errors import DomainError
from core.web.errors import tell_error
from minerals.policies import declarations as policies
from minerals.selectors.declarations import declaration_for
from minerals.services.assign import assign_supplier
from minerals.web.forms import AssignForm


@require_POST
def declaration_assign(request: SignedInRequest, pk: int) -> HttpResponse:
    declaration = declaration_for(request.user, pk)
    policies.require_assign_supplier(request.user)
    form = AssignForm(request.user, request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a supplier from the list."))
        return redirect(declaration)
    supplier = form.cleaned_data["supplier"]
    try:
        assign_supplier(request.user, pk, supplier.pk)
    except DomainError as error:
        tell_error(request, error)
    else:
        messages.success(request, _("Assigned to %(name)s.") % {"name": supplier.shown_name})
    return redirect(declaration)
