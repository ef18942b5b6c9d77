"""Forms of the supplier pages. The services check; the forms only take texts apart."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.web.forms import LANGUAGE_CHOICES
from core.countries import country_choices
from core.currencies import CURRENCIES
from core.widgets import DayInput
from suppliers.enums import ContactRole, Metal, SupplierKind
from suppliers.models import Category, Site, Supplier, SupplierContact
from suppliers.rules.master_data import SupplierInput
from suppliers.rules.related_data import ContactInput, SiteInput
from suppliers.selectors.links import possible_buyers, record_of

NONE = ("", "–")


def country_or_none() -> list[tuple[str, str]]:
    return [NONE, *country_choices()]


def category_choices() -> list[tuple[str, str]]:
    """The tree in use, each below its parent."""
    rows = Category.objects.filter(is_active=True).order_by("path")
    return [(row.code, f"{'· ' * row.depth}{row.code} {row.label}") for row in rows]


def buyer_choices() -> list[tuple[str, str]]:
    people = possible_buyers().order_by("name", "email")
    return [NONE, *((person.email, str(person)) for person in people)]


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
    kind = forms.ChoiceField(label=_("Kind"), choices=SupplierKind.choices, required=False)
    buyer = forms.ChoiceField(label=_("Buyer"), choices=buyer_choices, required=False)
    parent = forms.CharField(
        label=_("Parent company"),
        required=False,
        help_text=_("The supplier code of the parent company, if it is a supplier too."),
    )
    country = forms.ChoiceField(
        label=_("Country or region"), required=False, choices=country_or_none
    )
    region = forms.CharField(label=_("Province or state"), max_length=80, required=False)
    city = forms.CharField(label=_("City"), max_length=80, required=False)
    address = forms.CharField(label=_("Address"), max_length=255, required=False)
    categories = forms.MultipleChoiceField(
        label=_("Categories"),
        choices=category_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    single_source = forms.BooleanField(
        label=_("The only source of what it delivers"), required=False
    )
    uscc = forms.CharField(
        label=_("Unified social credit code"), required=False, help_text=_("18 characters.")
    )
    duns = forms.CharField(label=_("D-U-N-S number"), required=False, help_text=_("Nine digits."))
    vat = forms.CharField(label=_("VAT number"), required=False)
    minerals = forms.MultipleChoiceField(
        label=_("The goods may contain"),
        choices=Metal.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    minerals_reason = forms.CharField(
        label=_("Why"),
        max_length=255,
        required=False,
        help_text=_("Parts or process, for example “solder paste”."),
    )
    phase_out_on = forms.DateField(label=_("Phase-out on"), required=False, widget=DayInput)
    phase_out_reason = forms.CharField(
        label=_("Reason of the phase-out"), max_length=255, required=False
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    # The record as it was when the form was opened (``suppliers.web.meanwhile``).
    base = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, supplier: Supplier | None = None, **kwargs: Any) -> None:
        """``supplier``: the one to change. What it has is offered, also out of use: saving another
        field takes nothing away."""
        if supplier is not None:
            more = kwargs.get("initial") or {}
            kwargs["initial"] = {**record_of(supplier), "revision": supplier.revision, **more}
        super().__init__(*args, **kwargs)
        if supplier is not None:
            kept = [(each.code, str(each)) for each in supplier.categories.order_by("path")]
            self._offer_kept("categories", kept)
            if supplier.buyer is not None:
                self._offer_kept("buyer", [(supplier.buyer.email, str(supplier.buyer))])

    def _offer_kept(self, name: str, kept: list[tuple[str, str]]) -> None:
        offered = self.fields[name]
        assert isinstance(offered, forms.ChoiceField)
        offers: Any = offered.choices
        choices = list(offers)
        known = {code for code, _label in choices}
        more = [(code, f"{label} ({_('not in use')})") for code, label in kept if code not in known]
        offered.choices = [*choices, *more]

    def to_input(self) -> SupplierInput:
        data = {**self.cleaned_data}
        for name in ("revision", "base"):
            data.pop(name)
        for name in ("categories", "minerals"):
            data[name] = tuple(data[name])
        data["kind"] = data["kind"] or SupplierKind.PRODUCTION
        return SupplierInput(**data)


class ContactForm(forms.Form):
    """A person who gets an account at once."""

    email = forms.EmailField(label=_("E-mail"))
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=150)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGE_CHOICES, required=False)


class PersonForm(forms.Form):
    """A contact of the supplier's record, with or without an account."""

    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=150)
    title = forms.CharField(label=_("Job title"), max_length=120, required=False)
    email = forms.CharField(label=_("E-mail"), max_length=254, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=ContactRole.choices)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGE_CHOICES, required=False)
    is_primary = forms.BooleanField(label=_("First contact of the company"), required=False)
    may_sign = forms.BooleanField(
        label=_("Authorised to sign documents for the company"), required=False
    )

    @staticmethod
    def initial_of(contact: SupplierContact) -> dict[str, Any]:
        return {name: getattr(contact, name) for name in PersonForm.base_fields}

    def to_input(self) -> ContactInput:
        return ContactInput(**self.cleaned_data)


class SiteForm(forms.Form):
    code = forms.CharField(
        label=_("Site code"), max_length=40, help_text=_("Unique within the supplier.")
    )
    name = forms.CharField(label=_("Name"), max_length=255)
    local_name = forms.CharField(
        label=_("Name in the local language"), max_length=255, required=False
    )
    country = forms.ChoiceField(
        label=_("Country or region"), required=False, choices=country_or_none
    )
    region = forms.CharField(label=_("Province or state"), max_length=80, required=False)
    city = forms.CharField(label=_("City"), max_length=80, required=False)
    address = forms.CharField(label=_("Address"), max_length=255, required=False)
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)
    closed_on = forms.DateField(
        label=_("Closed on"),
        required=False,
        widget=DayInput,
        help_text=_("Empty for a site in use. One that is closed without a day is closed today."),
    )

    @staticmethod
    def initial_of(site: Site) -> dict[str, Any]:
        values = {name: getattr(site, name) for name in SiteForm.base_fields}
        return {**values, "country": str(site.country or "")}

    def to_input(self) -> SiteInput:
        return SiteInput(**self.cleaned_data)


class AmountForm(forms.Form):
    amount = forms.CharField(
        label=_("Amount"), max_length=40, help_text=_("Net, with a decimal point: 1250000.00.")
    )


class SpendForm(AmountForm):
    year = forms.CharField(label=_("Year"), max_length=10)
    currency = forms.ChoiceField(
        label=_("Currency"), choices=[NONE, *((code, code) for code in sorted(CURRENCIES))]
    )


class CategoryForm(forms.Form):
    code = forms.CharField(label=_("Code"), max_length=30)
    name = forms.CharField(label=_("Name"), max_length=120)
    local_name = forms.CharField(label=_("Chinese name"), max_length=120, required=False)
    parent = forms.ChoiceField(
        label=_("Part of"), required=False, choices=lambda: [NONE, *category_choices()]
    )
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)


class MergeForm(forms.Form):
    other = forms.CharField(
        label=_("Code of the duplicate"), help_text=_("The record that will go.")
    )
    confirmed = forms.BooleanField(
        label=_("I have read how the two differ, and they are the same company."), required=False
    )
