"""“Not me?”: a supplier's contact says that somebody else is responsible."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.web.requests import SignedInRequest
from core.errors import DomainError
from core.web.errors import show_in_form
from suppliers.policies import commitments as policies
from suppliers.selectors.commitments import contact_of
from suppliers.services.wrong_contact import MAX_WORDS, WrongContactInput, report_wrong_contact


class WrongContactForm(forms.Form):
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=150, required=False)
    email = forms.CharField(label=gettext_lazy("E-mail"), max_length=254, required=False)
    words = forms.CharField(
        label=gettext_lazy("Anything else we should know"),
        max_length=MAX_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def wrong_contact(request: SignedInRequest) -> HttpResponse:
    policies.require_speak_for_company(request.user)
    contact = contact_of(request.user)
    # An empty form is an answer too: "not me" may be all that somebody knows.
    form = WrongContactForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            report_wrong_contact(request.user, WrongContactInput(**form.cleaned_data))
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(request, _("Thank you. We have told your contact with us."))
            return redirect("portal:home")
    context = {"form": form, "supplier": contact.supplier}
    return render(request, "suppliers/wrong_contact.html", context)
