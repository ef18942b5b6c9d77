"""Contacts of a supplier: the person's record, and access to the self-service."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.policies import can_invite_contacts
from accounts.web.requests import SignedInRequest
from core.errors import DomainError, NotFound
from core.web.errors import form_page, show_in_form, tell_error
from suppliers import policies
from suppliers.models import Supplier, SupplierContact
from suppliers.selectors.suppliers import supplier_for
from suppliers.services.contacts import (
    give_access,
    remove_access,
    remove_contact,
    save_contact,
)
from suppliers.web.forms import PersonForm
from suppliers.web.inviting import invite_person


def contacts_url(supplier: Supplier) -> str:
    return f"{supplier.get_absolute_url()}?tab=contacts"


@require_http_methods(["GET", "HEAD", "POST"])
def contact_edit(
    request: SignedInRequest, supplier_id: int, contact_id: int | None = None
) -> HttpResponse:
    """Without ``contact_id``: a new person."""
    policies.require_manage_suppliers(request.user)
    supplier = supplier_for(request.user, supplier_id)
    contact = _contact_of(supplier, contact_id) if contact_id else None
    initial = PersonForm.initial_of(contact) if contact else {}
    form = PersonForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_contact(request.user, supplier_id, form.to_input(), contact_id)
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(request, _("%(name)s is stored.") % {"name": saved.name})
            return redirect(contacts_url(supplier))
    context = {
        "form": form,
        "supplier": supplier,
        "contact": contact,
        "back_url": contacts_url(supplier),
        "may_invite": can_invite_contacts(request.user),
    }
    return form_page(request, "suppliers/contact_form.html", context)


@require_POST
@never_cache
def contact_access(request: SignedInRequest, supplier_id: int, contact_id: int) -> HttpResponse:
    """A new account's invitation link is shown once, on this answer."""
    supplier = supplier_for(request.user, supplier_id)
    try:
        contact, created = give_access(request.user, supplier_id, contact_id)
    except DomainError as error:
        tell_error(request, error)
        return redirect(contacts_url(supplier))
    if not created or contact.user is None:
        messages.success(request, _("%(name)s can sign in now.") % {"name": contact.name})
        return redirect(contacts_url(supplier))
    context = {
        "supplier": supplier,
        "contact": contact,
        "invitation": invite_person(request, contact.user),
        "back_url": contacts_url(supplier),
    }
    return render(request, "suppliers/contact_invited.html", context)


@require_POST
def contact_access_remove(
    request: SignedInRequest, supplier_id: int, contact_id: int
) -> HttpResponse:
    supplier = supplier_for(request.user, supplier_id)
    remove_access(request.user, supplier_id, contact_id)
    messages.success(request, _("This person no longer sees the supplier."))
    return redirect(contacts_url(supplier))


@require_POST
def contact_remove(request: SignedInRequest, supplier_id: int, contact_id: int) -> HttpResponse:
    supplier = supplier_for(request.user, supplier_id)
    remove_contact(request.user, supplier_id, contact_id)
    messages.success(request, _("The contact is removed."))
    return redirect(contacts_url(supplier))


def _contact_of(supplier: Supplier, contact_id: int) -> SupplierContact:
    contact = supplier.contacts.filter(pk=contact_id).first()
    if contact is None:
        raise NotFound("contact_not_found", _("This person does not speak for the supplier."))
    return contact
