"""Merging two records of one company: look at both side by side, then confirm."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.web.requests import SignedInRequest
from core.errors import DomainError, NotFound
from core.web.errors import form_page, show_in_form
from portal.services.merging import merge
from suppliers import policies
from suppliers.models import Supplier
from suppliers.selectors.links import input_of
from suppliers.selectors.merge_checks import merge_warnings
from suppliers.selectors.resemblance import lookalikes
from suppliers.selectors.suppliers import supplier_for, supplier_with_code
from suppliers.web.forms import MergeForm


@dataclass(frozen=True, slots=True)
class Side:
    """What a record holds, for choosing the one that stays."""

    supplier: Supplier
    counts: list[tuple[str, int]]


@require_http_methods(["GET", "HEAD", "POST"])
def supplier_merge(request: SignedInRequest, supplier_id: int) -> HttpResponse:
    """GET with ``other`` shows both; POST merges the other into this supplier."""
    policies.require_merge_suppliers(request.user)
    keep = supplier_for(request.user, supplier_id)
    form = MergeForm(request.POST or request.GET or None)
    drop = None
    if form.is_bound and form.is_valid():
        drop = _other(request, form)
    if request.method == "POST" and drop is not None:
        try:
            merge(request.user, keep.pk, drop.pk, confirmed=form.cleaned_data["confirmed"])
        except DomainError as error:
            show_in_form(form, error)
        else:
            words = {"other": drop.name, "name": keep.name}
            messages.success(request, _("%(other)s is part of %(name)s now.") % words)
            return redirect(keep)
    context = {
        "form": form,
        "supplier": keep,
        "sides": [_side(keep), _side(drop)] if drop and drop != keep else [],
        "warnings": merge_warnings(keep, drop) if drop and drop != keep else [],
        "alike": lookalikes(request.user, input_of(keep), besides=keep.pk),
    }
    return form_page(request, "suppliers/supplier_merge.html", context)


def _other(request: SignedInRequest, form: MergeForm) -> Supplier | None:
    try:
        return supplier_with_code(request.user, form.cleaned_data["other"])
    except NotFound as error:
        form.add_error("other", error.message)
        return None


def _side(supplier: Supplier) -> Side:
    return Side(
        supplier,
        [
            (_("Declarations"), supplier.declarations.count()),
            (_("Contacts"), supplier.contacts.count()),
            (_("Sites"), supplier.sites.count()),
            (_("Signatures"), supplier.signatures.count()),
            (_("Qualifications"), supplier.qualifications.count()),
            (_("Years of spend"), supplier.spend.count()),
        ],
    )
