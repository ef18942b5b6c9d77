"""A supplier keeps its own data: what we have, and what it wants changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.web.forms import LANGUAGE_CHOICES
from accounts.web.requests import SignedInRequest
from core.errors import DomainError, NotFound
from core.web.errors import form_page, show_in_form, tell_error
from suppliers.enums import ContactRole
from suppliers.models import SupplierContact
from suppliers.policies.commitments import require_speak_for_company
from suppliers.rules.related_data import ContactInput
from suppliers.selectors.commitments import contact_of
from suppliers.selectors.data_changes import changed_fields
from suppliers.services import data_changes

LATEST = 10


class CompanyForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=255)
    local_name = forms.CharField(
        label=gettext_lazy("Name in the local language"), max_length=255, required=False
    )
    region = forms.CharField(label=gettext_lazy("Province or state"), max_length=80, required=False)
    city = forms.CharField(label=gettext_lazy("City"), max_length=80, required=False)
    address = forms.CharField(label=gettext_lazy("Address"), max_length=255, required=False)
    note = forms.CharField(
        label=gettext_lazy("Anything we should know"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class OwnPersonForm(forms.Form):
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=150)
    email = forms.CharField(label=gettext_lazy("E-mail"), max_length=254, required=False)
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=40, required=False)
    title = forms.CharField(label=gettext_lazy("Job title"), max_length=120, required=False)
    role = forms.ChoiceField(
        label=pgettext_lazy("of a contact", "Role"), choices=ContactRole.choices
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=LANGUAGE_CHOICES, required=False
    )
    note = forms.CharField(
        label=gettext_lazy("Anything we should know"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@require_safe
def own_data(request: SignedInRequest) -> HttpResponse:
    require_speak_for_company(request.user)
    supplier = contact_of(request.user).supplier
    changes = supplier.data_changes.select_related("contact", "asked_by")[:LATEST]
    context = {
        "supplier": supplier,
        "people": supplier.contacts.all(),
        "changes": [(one, changed_fields(one)) for one in changes],
    }
    return render(request, "suppliers/own_data.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def own_company(request: SignedInRequest) -> HttpResponse:
    require_speak_for_company(request.user)
    supplier = contact_of(request.user).supplier
    first = {name: getattr(supplier, name) for name in data_changes.COMPANY_FIELDS}
    posted = request.POST if request.method == "POST" else None
    form = CompanyForm(posted, initial=first)

    def run(data: dict[str, Any]) -> object:
        note = data.pop("note")
        return data_changes.propose_company(request.user, data, note)

    return _proposed(request, form, run, _("Change the company data"))


@require_http_methods(["GET", "HEAD", "POST"])
def own_person(request: SignedInRequest, contact_id: int | None = None) -> HttpResponse:
    require_speak_for_company(request.user)
    contact = _person(request, contact_id) if contact_id is not None else None
    first = (
        {name: getattr(contact, name) for name in data_changes.CONTACT_FIELDS} if contact else {}
    )
    posted = request.POST if request.method == "POST" else None
    form = OwnPersonForm(posted, initial=first)

    def run(data: dict[str, Any]) -> object:
        note = data.pop("note")
        return data_changes.propose_contact(request.user, ContactInput(**data), contact_id, note)

    return _proposed(
        request, form, run, _("Change a person’s data") if contact else _("Add a person")
    )


def _person(request: SignedInRequest, contact_id: int) -> SupplierContact:
    own = contact_of(request.user).supplier.contacts.filter(pk=contact_id).first()
    if own is None:
        raise NotFound("contact_not_found", _("This person does not speak for the supplier."))
    return own


def _proposed(
    request: SignedInRequest,
    form: forms.Form,
    run: Callable[[dict[str, Any]], object],
    heading: str,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            run(dict(form.cleaned_data))
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(
                request, _("Thank you. It counts as soon as your buyer has taken it over.")
            )
            return redirect("suppliers:own-data")
    return form_page(request, "suppliers/own_data_form.html", {"form": form, "heading": heading})


@require_POST
def own_person_gone(request: SignedInRequest, contact_id: int) -> HttpResponse:
    return _act(request, lambda: data_changes.propose_contact_gone(request.user, contact_id))


@require_POST
def own_withdraw(request: SignedInRequest, change_id: int) -> HttpResponse:
    return _act(request, lambda: data_changes.withdraw_change(request.user, change_id))


def _act(request: SignedInRequest, run: Callable[[], object]) -> HttpResponse:
    try:
        run()
    except DomainError as error:
        tell_error(request, error)
    else:
        messages.success(request, _("Thank you."))
    return redirect("suppliers:own-data")
