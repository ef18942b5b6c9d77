"""Pages of suppliers. The page of one supplier is composed by the portal (``config.urls``)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.web.requests import SignedInRequest
from core.errors import DomainError
from core.web.errors import show_in_form, tell_error
from suppliers import policies
from suppliers.selectors.suppliers import supplier_for
from suppliers.services.contacts import remove_contact
from suppliers.services.suppliers import create_supplier, delete_supplier, update_supplier
from suppliers.web.forms import SupplierForm


@require_http_methods(["GET", "HEAD", "POST"])
def supplier_create(request: SignedInRequest) -> HttpResponse:
    policies.require_manage_suppliers(request.user)
    form = SupplierForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            supplier = create_supplier(request.user, form.to_input())
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(request, _("%(name)s is stored.") % {"name": supplier.name})
            return redirect(supplier)
    return render(request, "suppliers/supplier_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def supplier_edit(request: SignedInRequest, supplier_id: int) -> HttpResponse:
    policies.require_manage_suppliers(request.user)
    supplier = supplier_for(request.user, supplier_id)
    form = SupplierForm(request.POST or None, initial=SupplierForm.initial_of(supplier))
    if request.method == "POST" and form.is_valid():
        try:
            supplier = update_supplier(request.user, supplier_id, form.to_input())
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(request, _("%(name)s is stored.") % {"name": supplier.name})
            return redirect(supplier)
    context = {"form": form, "supplier": supplier}
    return render(request, "suppliers/supplier_form.html", context)


@require_POST
def supplier_delete(request: SignedInRequest, supplier_id: int) -> HttpResponse:
    try:
        delete_supplier(request.user, supplier_id)
    except DomainError as error:
        tell_error(request, error)
        return redirect("suppliers:supplier-edit", supplier_id)
    messages.success(request, _("The supplier is deleted."))
    return redirect("suppliers:supplier-list")


@require_POST
def contact_remove(request: SignedInRequest, supplier_id: int, user_id: int) -> HttpResponse:
    remove_contact(request.user, supplier_id, user_id)
    messages.success(request, _("This person no longer sees the supplier."))
    page = reverse("suppliers:supplier-detail", args=[supplier_id])
    return redirect(f"{page}?tab=contacts")
