"""Forms of surveys for our own people. The services check what they mean."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from core import clock
from core.widgets import DayInput
from minerals.enums import Family
from suppliers.models import SupplierContact
from surveys.enums import AnswerScope, MailLanguage, ScopeMethod
from surveys.models import Campaign
from surveys.policies import CHASERS
from surveys.services.campaigns import CampaignInput

WRITTEN_OTHERWISE = ("rates", "families", "days_off", "amrt_minerals")
FAMILIES = (Family.CMRT, Family.EMRT, Family.AMRT)


def colleagues() -> Any:
    names = [role.value for role in CHASERS]
    return User.objects.filter(groups__name__in=names, is_active=True).distinct().order_by("name")


class CampaignForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    counts_from = forms.DateField(
        label=_("Answers count from"),
        widget=DayInput,
        help_text=_("Whoever sent a report on this day or later has answered already."),
    )
    due_on = forms.DateField(label=_("Due date"), widget=DayInput)
    families = forms.MultipleChoiceField(
        label=_("Forms asked for"),
        choices=[(one.value, one.label) for one in FAMILIES],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each supplier is asked for those that concern its materials."),
    )
    cmrt_minimum = forms.CharField(label=_("Oldest CMRT"), max_length=12, required=False)
    emrt_minimum = forms.CharField(label=_("Oldest EMRT"), max_length=12, required=False)
    amrt_minimum = forms.CharField(label=_("Oldest AMRT"), max_length=12, required=False)
    amrt_minerals = forms.CharField(
        label=_("Minerals of the AMRT"),
        max_length=255,
        required=False,
        help_text=_("Such as “nickel, lithium”; suppliers read it as it is written here."),
    )
    mail_language = forms.ChoiceField(
        label=_("Language of the mails"), choices=MailLanguage.choices
    )
    days_off = forms.CharField(
        label=_("Further days off"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "No reminders on weekends and public holidays of the supplier’s country, nor on these"
            " days: one a line, such as 2027-02-05, or from–to: 2027-02-05 2027-02-12."
        ),
    )
    answer_scope = forms.ChoiceField(label=_("Answers speak for"), choices=AnswerScope.choices)
    contact_person = forms.ModelChoiceField(label=_("Contact person"), queryset=User.objects.none())
    manager = forms.ModelChoiceField(
        label=_("Manager"),
        queryset=User.objects.none(),
        required=False,
        help_text=_("Decides about suppliers that stay silent."),
    )
    scope_method = forms.ChoiceField(label=_("Whom to ask"), choices=ScopeMethod.choices)
    share = forms.DecimalField(label=_("Share of the spend, %"), max_digits=5, decimal_places=2)
    threshold = forms.DecimalField(label=_("Spend from"), max_digits=18, decimal_places=2)
    spend_year = forms.IntegerField(label=_("Spend of the year"), min_value=2000, max_value=2100)
    currency = forms.CharField(label=_("Currency"), max_length=3)
    rates = forms.CharField(
        label=_("Exchange rates"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line: USD 7.1 means that one dollar is worth 7.1 of the currency."),
    )
    with_high_risk = forms.BooleanField(
        label=_("Always ask suppliers at high risk"), required=False
    )
    with_new = forms.BooleanField(label=_("Always ask new suppliers"), required=False)
    with_single_source = forms.BooleanField(label=_("Always ask single sources"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("contact_person", "manager"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = colleagues()

    def clean_rates(self) -> dict[str, str]:
        found = {}
        for line in str(self.cleaned_data["rates"]).splitlines():
            parts = line.replace("=", " ").split()
            if not parts:
                continue
            if len(parts) != 2 or not parts[1].replace(".", "", 1).isdigit():
                raise forms.ValidationError(_("Write each rate as “USD 7.1”."))
            found[parts[0].upper()] = parts[1]
        return found

    def clean_days_off(self) -> list[dt.date]:
        found: list[dt.date] = []
        for line in str(self.cleaned_data["days_off"]).splitlines():
            parts = line.split()
            if not parts:
                continue
            try:
                days = [dt.date.fromisoformat(part) for part in parts]
            except ValueError:
                days = []
            if not 1 <= len(days) <= 2 or days[-1] < days[0] or (days[-1] - days[0]).days > 60:
                raise forms.ValidationError(_("Write each day as 2027-02-05."))
            span = (days[-1] - days[0]).days
            found += [days[0] + dt.timedelta(days=at) for at in range(span + 1)]
        return found

    def to_input(self) -> CampaignInput:
        data = self.cleaned_data
        forms_asked = [(one, data[f"{one.lower()}_minimum"].strip()) for one in data["families"]]
        same = (
            "name", "year", "counts_from", "due_on", "contact_person", "spend_year", "manager",
            "answer_scope", "scope_method", "rates", "share", "threshold", "with_high_risk",
            "with_new", "with_single_source", "mail_language", "amrt_minerals", "days_off",
        )  # fmt: skip
        return CampaignInput(
            forms=forms_asked,
            currency=data["currency"].upper(),
            **{name: data[name] for name in same},
        )


def initial_of(campaign: Campaign | None, person: User) -> dict[str, Any]:
    """What a form shows first: the survey as it is, or a usual one of this year."""
    if campaign is None:
        year = clock.today().year
        last = Campaign.objects.first()
        return {
            "rates": _rates_in_lines(last) if last else "",
            "year": year, "spend_year": year - 1, "counts_from": clock.today(), "share": 95,
            "threshold": 0, "currency": "CNY", "families": ["CMRT", "EMRT"],
            "contact_person": person.pk, "scope_method": ScopeMethod.COVERAGE,
            "answer_scope": AnswerScope.PRODUCT, "mail_language": MailLanguage.READER,
            "with_high_risk": True, "with_new": True,
            "with_single_source": True,
        }  # fmt: skip
    names = [
        name
        for name in CampaignForm.base_fields
        if hasattr(campaign, name)
        and name not in ("rates", "families", "days_off", "amrt_minerals")
    ]
    found: dict[str, Any] = {name: getattr(campaign, name) for name in names}
    found["rates"] = _rates_in_lines(campaign)
    found["days_off"] = "\n".join(campaign.days_off)
    asked = list(campaign.forms.all())
    found["amrt_minerals"] = next((one.minerals for one in asked if one.minerals), "")
    found["families"] = [one.family for one in asked]
    return found | {f"{one.family.lower()}_minimum": one.minimum_version for one in asked}


def _rates_in_lines(campaign: Campaign) -> str:
    return "\n".join(f"{code} {rate}" for code, rate in campaign.rates.items())


class ChoiceForm(forms.Form):
    """Ask a supplier, or not, by hand."""

    reason = forms.CharField(label=_("Why"), max_length=255)


class ExtendForm(forms.Form):
    due_on = forms.DateField(label=_("New due date"), widget=DayInput)
    reason = forms.CharField(label=_("Why"), max_length=255)


class HandOverForm(forms.Form):
    owner = forms.ModelChoiceField(label=_("Who cares from now on"), queryset=User.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = colleagues()


class TakeOutForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=255)


class RemindForm(forms.Form):
    """Only a yes."""


class ContactForm(forms.Form):
    """Somebody who is known already, or a new person."""

    contact = forms.ModelChoiceField(
        label=_("Person"),
        queryset=SupplierContact.objects.none(),
        required=False,
        empty_label=_("Somebody new"),
    )
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=150, required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False)

    def __init__(self, contacts: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["contact"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = contacts


class HoldForm(forms.Form):
    until = forms.DateField(label=_("No reminders before"), widget=DayInput, required=False)


class TextForm(forms.Form):
    title = forms.CharField(label=_("Subject"), max_length=200)
    body = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 14}))


class AddForm(forms.Form):
    """One more supplier in a running survey."""

    code = forms.CharField(label=_("Supplier code"), max_length=40)
    reason = forms.CharField(label=_("Why"), max_length=255)
