"""Creating, changing and deleting a supplier's record."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.web.requests import SignedInRequest
from core.errors import DomainError
from core.web.errors import form_page, show_in_form, tell_error
from suppliers import policies
from suppliers.selectors.links import seen_by
from suppliers.selectors.resemblance import lookalikes
from suppliers.selectors.suppliers import supplier_for
from suppliers.services.suppliers import create_supplier, delete_supplier, update_supplier
from suppliers.web.forms import SupplierForm
from suppliers.web.meanwhile import collision, decided, opened_form


@require_http_methods(["GET", "HEAD", "POST"])
def supplier_create(request: SignedInRequest) -> HttpResponse:
    """A supplier that resembles another is stored only after the person has seen which."""
    policies.require_manage_suppliers(request.user)
    form = SupplierForm(request.POST or None)
    alike: list[Any] = []
    if request.method == "POST" and form.is_valid():
        data = form.to_input()
        if not request.POST.get("is_new"):
            alike = lookalikes(request.user, data)
        if not alike:
            try:
                supplier = create_supplier(request.user, data)
            except DomainError as error:
                show_in_form(form, error)
            else:
                messages.success(request, _("%(name)s is stored.") % {"name": supplier.shown_name})
                return redirect(supplier)
    context = {"form": form, "alike": alike}
    return form_page(request, "suppliers/supplier_form.html", context, refused=bool(alike))


@require_http_methods(["GET", "HEAD", "POST"])
def supplier_edit(request: SignedInRequest, supplier_id: int) -> HttpResponse:
    policies.require_manage_suppliers(request.user)
    supplier = supplier_for(request.user, supplier_id)
    seen = seen_by(request.user, supplier)
    form = opened_form(seen, decided(request.POST, seen) or None)
    found = None
    if request.method == "POST" and form.is_valid():
        data = form.to_input()
        revision = form.cleaned_data["revision"]
        try:
            supplier = update_supplier(request.user, supplier_id, data, revision=revision)
        except DomainError as error:
            if error.code == "changed_meanwhile":
                seen = seen_by(request.user, supplier)
                found = collision(seen, form.cleaned_data["base"], data)
            if found is None:
                show_in_form(form, error)
        else:
            messages.success(request, _("%(name)s is stored.") % {"name": supplier.shown_name})
            return redirect(supplier)
    context = {"form": found.form if found else form, "supplier": supplier, "collision": found}
    return form_page(request, "suppliers/supplier_form.html", context, refused=found is not None)


@require_POST
def supplier_delete(request: SignedInRequest, supplier_id: int) -> HttpResponse:
    try:
        delete_supplier(request.user, supplier_id)
    except DomainError as error:
        tell_error(request, error)
        return redirect("suppliers:supplier-edit", supplier_id)
    messages.success(request, _("The supplier is deleted."))
    return redirect("suppliers:supplier-list")
