"""Sites of a supplier."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.web.requests import SignedInRequest
from core.errors import DomainError, NotFound
from core.web.errors import form_page, show_in_form, tell_error
from suppliers import policies
from suppliers.models import Site, Supplier
from suppliers.selectors.suppliers import supplier_for
from suppliers.services.sites import remove_site, save_site
from suppliers.web.forms import SiteForm


@require_http_methods(["GET", "HEAD", "POST"])
def site_edit(
    request: SignedInRequest, supplier_id: int, site_id: int | None = None
) -> HttpResponse:
    """Without ``site_id``: a new site."""
    policies.require_manage_suppliers(request.user)
    supplier = supplier_for(request.user, supplier_id)
    site = _site_of(supplier, site_id) if site_id else None
    initial = SiteForm.initial_of(site) if site else {"country": str(supplier.country or "")}
    form = SiteForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_site(request.user, supplier_id, form.to_input(), site_id)
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(request, _("%(name)s is stored.") % {"name": saved.name})
            return redirect(supplier)
    context = {"form": form, "supplier": supplier, "site": site}
    return form_page(request, "suppliers/site_form.html", context)


@require_POST
def site_remove(request: SignedInRequest, supplier_id: int, site_id: int) -> HttpResponse:
    supplier = supplier_for(request.user, supplier_id)
    try:
        remove_site(request.user, supplier_id, site_id)
    except DomainError as error:
        tell_error(request, error)
        return redirect("suppliers:site-edit", supplier_id, site_id)
    messages.success(request, _("The site is removed."))
    return redirect(supplier)


def _site_of(supplier: Supplier, site_id: int) -> Site:
    site = supplier.sites.filter(pk=site_id).first()
    if site is None:
        raise NotFound("site_not_found", _("The supplier has no such site."))
    return site
