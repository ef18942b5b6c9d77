"""Forms of steps, results, qualifications and waivers. The services check what they mean."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.widgets import DayInput
from suppliers.enums import GateResult, ReasonCode, RestrictionScope
from suppliers.models import Category, Supplier
from suppliers.rules.months import months_later
from suppliers.services.actions import ActionInput
from suppliers.services.gates import GateInput
from suppliers.services.qualifications import DEFAULT_MONTHS, EndInput, QualificationInput
from suppliers.services.restrictions import RestrictionInput
from suppliers.services.waivers import WaiverInput
from suppliers.web.upload_fields import EvidenceField
from suppliers.workflow import Transition

# The service tells what is missing.
WORDS_OR_FILE = _("Explain it, or add a file that proves it: one of the two is needed.")
REASONS = [("", "–"), *ReasonCode.choices]


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput, **{"required": True, **options})


def _words(label: Any, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, widget=widget, **{"required": False, **options})


def _reason() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Reason"), choices=REASONS)


def category_choices(blank: Any = "–") -> list[tuple[str, str]]:
    """Categories in use by code, indented as the tree is."""
    found = Category.objects.filter(is_active=True).order_by("path")
    return [("", blank), *((one.code, f"{'  ' * one.depth}{one}") for one in found)]


class ActionForm(forms.Form):
    """Only the fields that the step asks for."""

    def __init__(self, step: Transition, supplier: Supplier, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        if step.needs_reason:
            self.fields["reason_code"] = _reason()
        if step.code == "restrict":
            self._add_restriction()
        if step.code == "phase_out":
            self.fields["phase_out_on"] = _day(
                _("Nothing is ordered from this day on"), initial=supplier.phase_out_on
            )
        if step.code == "submit_for_approval":
            self._add_categories(supplier)
        label = _("Explanation")
        if step.code == "lift":
            label = _("How the conditions were fulfilled")
        only_words = step.needs_proof and not step.needs_second_person
        self.words_or_file = step.needs_proof and step.needs_second_person
        self.fields["explanation"] = _words(
            label, required=only_words, help_text=WORDS_OR_FILE if self.words_or_file else ""
        )
        if step.needs_second_person or step.needs_proof:
            self.fields["evidence"] = EvidenceField()

    def _add_restriction(self) -> None:
        self.fields["scope"] = forms.ChoiceField(
            label=_("What is not allowed"),
            choices=RestrictionScope.choices,
            widget=forms.RadioSelect,
        )
        self.fields["starts_on"] = _day(_("First day"), initial=clock.today)
        self.fields["ends_on"] = _day(
            _("Planned last day"),
            required=False,
            help_text=_("It holds until it is lifted; on this day you are reminded."),
        )
        self.fields["conditions"] = _words(
            _("What must be done before it is lifted"), required=True
        )

    def _add_categories(self, supplier: Supplier) -> None:
        own = list(supplier.categories.order_by("path"))
        self.fields["categories"] = forms.MultipleChoiceField(
            label=_("Categories"),
            choices=[(one.code, str(one)) for one in own],
            initial=[one.code for one in own],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.fields["valid_months"] = _months()

    def to_input(self) -> ActionInput:
        given = self.cleaned_data
        restriction = RestrictionInput(
            given.get("scope", ""),
            given.get("starts_on"),
            given.get("ends_on"),
            given.get("conditions", ""),
        )
        return ActionInput(
            given.get("reason_code", ""),
            given["explanation"],
            given.get("evidence", ()),
            restriction,
            given.get("phase_out_on"),
            given.get("categories"),
            given.get("valid_months", DEFAULT_MONTHS),
        )


def _months() -> forms.IntegerField:
    return forms.IntegerField(label=_("Valid for months"), initial=DEFAULT_MONTHS)


class GateForm(forms.Form):
    result = forms.ChoiceField(
        label=_("Result"), choices=GateResult.choices, widget=forms.RadioSelect
    )
    dated_on = _day(_("Date"), help_text=_("When it took place."))
    valid_until = _day(
        _("Valid until"), required=False, help_text=_("Empty: until a newer result.")
    )
    note = _words(
        pgettext_lazy("remark", "Note"), help_text=_("Who, where, which report. Or add the file.")
    )
    evidence = EvidenceField()

    def to_input(self, kind: str) -> GateInput:
        given = self.cleaned_data
        return GateInput(
            kind,
            given["result"],
            given["dated_on"],
            given["valid_until"],
            given["note"],
            evidence=given["evidence"],
        )


class QualificationForm(forms.Form):
    category = forms.ChoiceField(label=_("Category"))
    site = forms.ChoiceField(label=_("Site"), required=False)
    valid_months = _months()
    explanation = _words(_("Explanation"))
    evidence = EvidenceField()

    def __init__(self, supplier: Supplier, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = supplier.sites.filter(is_active=True).order_by("code")
        self.fields["category"].choices = category_choices()  # type: ignore[attr-defined]
        self.fields["site"].choices = [  # type: ignore[attr-defined]
            ("", _("All sites")),
            *((one.code, str(one)) for one in sites),
        ]

    def to_input(self) -> QualificationInput:
        return QualificationInput(**self.cleaned_data)


class EndQualificationForm(forms.Form):
    reason_code = _reason()
    ended_on = _day(_("No longer valid from"), required=False, initial=clock.today)

    def to_input(self) -> EndInput:
        return EndInput(**self.cleaned_data)


class WaiverForm(forms.Form):
    category = forms.ChoiceField(label=_("Category"), required=False)
    starts_on = _day(_("First day"), initial=clock.today)
    ends_on = _day(_("Last day"), help_text=_("At most twelve months after the first day."))
    reason_code = _reason()
    explanation = _words(
        _("Why is it needed, and what is done meanwhile?"), help_text=WORDS_OR_FILE
    )
    evidence = EvidenceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = category_choices(_("All categories"))
        self.fields["category"].choices = choices  # type: ignore[attr-defined]
        self.fields["ends_on"].initial = months_later(clock.today(), 3)

    def to_input(self) -> WaiverInput:
        return WaiverInput(**self.cleaned_data)


class NoteForm(forms.Form):
    """What the decider says about the decision."""

    note = _words(pgettext_lazy("remark", "Note"), help_text=_("Needed when you reject."))
