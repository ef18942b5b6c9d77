"""Forms of the supplier pages. The services check; the forms only take texts apart."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_countries import countries

from accounts.web.forms import LANGUAGE_CHOICES
from suppliers.models import Supplier
from suppliers.services.suppliers import SupplierInput


class SupplierForm(forms.Form):
    code = forms.CharField(
        label=_("Supplier code"), max_length=40, help_text=_("The number of your ERP system.")
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=255,
        help_text=_("The legal name, in Latin letters if it has one."),
    )
    local_name = forms.CharField(
        label=_("Name in the local language"), max_length=255, required=False
    )
    country = forms.ChoiceField(
        label=_("Country or region"), required=False, choices=[("", "–"), *countries]
    )

    @staticmethod
    def initial_of(supplier: Supplier) -> dict[str, str]:
        return {
            "code": supplier.code,
            "name": supplier.name,
            "local_name": supplier.local_name,
            "country": str(supplier.country or ""),
        }

    def to_input(self) -> SupplierInput:
        return SupplierInput(**self.cleaned_data)


class ContactForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"))
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=150)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGE_CHOICES, required=False)
