"""The page of one supplier: its record, declarations, contacts and history."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.policies import can_invite_contacts
from accounts.web.invitations import invite
from accounts.web.requests import SignedInRequest
from core.errors import DomainError
from core.web.errors import show_in_form
from minerals.policies import can_upload
from minerals.selectors.declarations import declarations_for
from minerals.selectors.verdict_words import verdict_badge
from suppliers import policies
from suppliers.models import Supplier
from suppliers.selectors.suppliers import contacts_of, history_of, supplier_for
from suppliers.services.contacts import add_contact
from suppliers.web.forms import ContactForm
from suppliers.web.history import history_lines

DECLARATIONS_SHOWN = 20
HISTORY_SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def supplier_detail(request: SignedInRequest, supplier_id: int) -> HttpResponse:
    """A POST adds a contact; a new account's invitation link is shown once, on this answer."""
    policies.require_view_suppliers(request.user)
    supplier = supplier_for(request.user, supplier_id)
    form = ContactForm(request.POST or None)
    invitation = None
    if request.method == "POST" and form.is_valid():
        try:
            contact, created = add_contact(request.user, supplier_id, **form.cleaned_data)
        except DomainError as error:
            show_in_form(form, error)
        else:
            if not created:
                messages.success(request, _("%(name)s is a contact now.") % {"name": contact.user})
                return redirect(supplier)
            invitation = invite(request, contact.user) if contact.user else None
            form = ContactForm()
    context = _context(request, supplier) | {"contact_form": form, "invitation": invitation}
    return render(request, "suppliers/supplier_detail.html", context)


def _context(request: SignedInRequest, supplier: Supplier) -> dict[str, object]:
    declarations = declarations_for(request.user).filter(supplier=supplier)
    shown = declarations[:DECLARATIONS_SHOWN]
    return {
        "supplier": supplier,
        "declarations": [(item, verdict_badge(item)) for item in shown],
        "declaration_count": declarations.count(),
        "contacts": contacts_of(supplier),
        "history": history_lines(history_of(supplier)[:HISTORY_SHOWN]),
        "may_manage": policies.can_manage_suppliers(request.user),
        "may_invite": can_invite_contacts(request.user),
        "may_upload": can_upload(request.user),
    }
