"""Forms of the risk pages. The services check what they mean."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.countries import country_choices
from core.widgets import DayInput
from minerals.enums import CountryListKind, RiskEventKind, RiskLevel
from minerals.models import RiskPolicyVersion
from minerals.rules.risk.policy import DEFAULTS, most
from minerals.selectors.policies import group_keys, group_words
from minerals.selectors.risk_words import key_words
from minerals.services.country_lists import LONGEST_REGION, LONGEST_SOURCE, ListingInput
from minerals.services.risk_events import EventInput
from minerals.services.risk_overrides import LevelInput


def _words(label: Any, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, widget=widget, **{"required": True, **options})


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput, **{"required": True, **options})


class AsOfForm(forms.Form):
    on = _day(_("As of"), required=False)


class EventForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What happened"), choices=RiskEventKind.choices, widget=forms.RadioSelect
    )
    happened_on = _day(_("Date"), initial=clock.today)
    note = _words(_("What happened, and how you know"))

    def to_input(self) -> EventInput:
        return EventInput(**self.cleaned_data)


class NoteForm(forms.Form):
    note = _words(_("Reason"))


class DecisionForm(forms.Form):
    note = _words(_("Note of the decision"), required=False)


class LevelForm(forms.Form):
    level = forms.ChoiceField(label=_("Level"), choices=RiskLevel.choices, widget=forms.RadioSelect)
    reason = _words(_("Reason"))
    valid_until = _day(
        _("Last day"),
        required=False,
        help_text=_(
            "Needed for a lower level, a year at most. Then the computed one counts again."
        ),
    )

    def to_input(self) -> LevelInput:
        return LevelInput(**self.cleaned_data)


class ListingForm(forms.Form):
    kind = forms.ChoiceField(label=_("List"), choices=CountryListKind.choices)
    country = forms.ChoiceField(label=_("Country or region"), choices=country_choices)
    region = forms.CharField(
        label=_("Part of the country"),
        max_length=LONGEST_REGION,
        required=False,
        help_text=_(
            "Empty for the whole country. Declarations name countries, so it counts whole."
        ),
    )
    valid_from = _day(_("First day"), initial=clock.today)
    source = forms.CharField(label=_("Source and edition"), max_length=LONGEST_SOURCE)

    def to_input(self) -> ListingInput:
        return ListingInput(**self.cleaned_data)


class ListingEndForm(forms.Form):
    valid_until = _day(_("Last day"), initial=clock.today)


class PolicyForm(forms.Form):
    """A field for each number; ``groups`` are the fields by part of the rubric."""

    note = _words(_("What changes and why"), required=False)

    def __init__(self, draft: RiskPolicyVersion, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].initial = draft.note
        for key in DEFAULTS:
            self.fields[key] = forms.IntegerField(
                label=key_words(key),
                initial=draft.numbers.get(key, DEFAULTS[key]),
                min_value=0,
                max_value=most(key),
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "size": 4}),
            )

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [
            (group_words(code), [self[key] for key in keys]) for code, keys in group_keys().items()
        ]

    def numbers(self) -> dict[str, object]:
        return {key: self.cleaned_data[key] for key in DEFAULTS}


class PublishForm(forms.Form):
    note = _words(_("What changed and why"))

    def __init__(self, draft: RiskPolicyVersion, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].initial = draft.note
