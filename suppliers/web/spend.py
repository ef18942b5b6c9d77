"""Spend of a supplier by year and currency."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.web.requests import SignedInRequest
from core import clock
from core.errors import DomainError
from core.web.errors import show_in_form, tell_error
from suppliers import policies
from suppliers.excel.import_cells import spend_of_texts
from suppliers.models import AnnualSpend, Supplier
from suppliers.selectors.suppliers import spend_of, supplier_for
from suppliers.services.spend import add_spend, remove_spend, set_spend
from suppliers.web.forms import AmountForm, SpendForm


@require_http_methods(["GET", "HEAD", "POST"])
def spend_create(request: SignedInRequest, supplier_id: int) -> HttpResponse:
    """A year and currency that has no spend yet."""
    policies.require_manage_suppliers(request.user)
    supplier = supplier_for(request.user, supplier_id)
    form = SpendForm(request.POST or None, initial=_initial(supplier))
    if request.method == "POST" and form.is_valid():
        data = spend_of_texts(**form.cleaned_data)
        try:
            row = add_spend(request.user, supplier_id, data)
        except DomainError as error:
            show_in_form(form, error)
        else:
            return _stored(request, supplier, row)
    return _shown(request, supplier, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def spend_edit(
    request: SignedInRequest, supplier_id: int, year: int, currency: str
) -> HttpResponse:
    """Another amount for the year and currency."""
    policies.require_manage_suppliers(request.user)
    supplier = supplier_for(request.user, supplier_id)
    row = spend_of(supplier, year, currency)
    form = AmountForm(request.POST or None, initial={"amount": row.amount})
    if request.method == "POST" and form.is_valid():
        data = spend_of_texts(str(row.year), row.currency, form.cleaned_data["amount"])
        try:
            row, _new = set_spend(request.user, supplier_id, data)
        except DomainError as error:
            show_in_form(form, error)
        else:
            return _stored(request, supplier, row)
    return _shown(request, supplier, form, row)


@require_POST
def spend_remove(
    request: SignedInRequest, supplier_id: int, year: int, currency: str
) -> HttpResponse:
    supplier = supplier_for(request.user, supplier_id)
    try:
        remove_spend(request.user, supplier_id, year, currency)
    except DomainError as error:
        tell_error(request, error)
    else:
        messages.success(request, _("The spend is removed."))
    return redirect(supplier)


def _initial(supplier: Supplier) -> dict[str, object]:
    """The year that is complete, in the currency used last."""
    newest = supplier.spend.order_by("-year", "-updated_at").first()
    return {
        "year": clock.today().year - 1,
        "currency": newest.currency if newest else "",
    }


def _stored(request: SignedInRequest, supplier: Supplier, row: AnnualSpend) -> HttpResponse:
    messages.success(request, _("%(name)s is stored.") % {"name": f"{row.year} {row.currency}"})
    return redirect(supplier)


def _shown(
    request: SignedInRequest,
    supplier: Supplier,
    form: SpendForm | AmountForm,
    row: AnnualSpend | None,
) -> HttpResponse:
    context = {
        "form": form,
        "supplier": supplier,
        "spend": row,
        "recorded": supplier.spend.order_by("-year", "currency"),
    }
    status = 422 if form.errors else 200
    return render(request, "suppliers/spend_form.html", context, status=status)
