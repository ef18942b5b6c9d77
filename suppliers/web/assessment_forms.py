"""Forms of self-assessments. The services check; the forms only take texts apart."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.numbers import whole_number
from core.widgets import DayInput
from suppliers.enums import AnswerKind, CsrArea, RatingPartKind
from suppliers.models import Question, Questionnaire
from suppliers.services.questionnaires import EditionInput, QuestionInput
from suppliers.services.ratings import RatingPartInput


class SendForm(forms.Form):
    """``suppliers``: keys with commas, so that exactly those on screen get the form."""

    suppliers = forms.CharField(widget=forms.HiddenInput)
    due_on = forms.DateField(
        label=_("Answer by"),
        widget=DayInput,
        help_text=_(
            "They are reminded 14 and 7 days before, on the day, and up to four weeks after it."
        ),
    )

    def clean_suppliers(self) -> list[int]:
        numbers = [whole_number(part.strip()) for part in self.cleaned_data["suppliers"].split(",")]
        return [number for number in numbers if number is not None]


class UploadForm(forms.Form):
    file = forms.FileField(label=_("The filled form"), allow_empty_file=True)


class RatingPartForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Part"),
        choices=[
            choice
            for choice in RatingPartKind.choices
            if choice[0] != RatingPartKind.SELF_ASSESSMENT
        ],
    )
    score = forms.DecimalField(label=_("Score"), help_text=_("0 (worst) to 100 (best)."))
    dated_on = forms.DateField(label=_("Date of the result"), widget=DayInput)
    valid_until = forms.DateField(label=_("Counts until"), widget=DayInput)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Where the result comes from."),
    )
    evidence = forms.FileField(
        label=_("Evidence"),
        required=False,
        allow_empty_file=True,
        help_text=_("PDF, picture or Office document; the supplier does not see it."),
    )

    def to_input(self) -> RatingPartInput:
        data = {name: value for name, value in self.cleaned_data.items() if name != "evidence"}
        return RatingPartInput(**data)


class EditionForm(forms.Form):
    code = forms.CharField(label=_("Code"), help_text=_("Such as csr-2027."))
    title = forms.CharField(label=_("English title"))
    local_title = forms.CharField(label=_("Chinese title"))
    valid_months = forms.IntegerField(
        label=_("Answers count for months"), initial=12, min_value=1, max_value=36
    )

    @staticmethod
    def initial_of(edition: Questionnaire) -> dict[str, object]:
        names = ("code", "title", "local_title", "valid_months")
        return {name: getattr(edition, name) for name in names}

    def to_input(self) -> EditionInput:
        return EditionInput(**self.cleaned_data)


class QuestionForm(forms.Form):
    area = forms.ChoiceField(label=_("Area"), choices=CsrArea.choices)
    code = forms.CharField(label=_("Code"), help_text=_("Such as LAB-7."))
    text_en = forms.CharField(
        label=_("English text"), widget=forms.Textarea(attrs={"rows": 3}), strip=True
    )
    text_zh = forms.CharField(label=_("Chinese text"), widget=forms.Textarea(attrs={"rows": 3}))
    help_en = forms.CharField(
        label=_("English help"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    help_zh = forms.CharField(
        label=_("Chinese help"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    kind = forms.ChoiceField(label=_("Kind of answer"), choices=AnswerKind.choices)
    weight = forms.IntegerField(
        label=_("Weight"), initial=1, help_text=_("Inside its area; 0 is asked but not scored.")
    )
    is_key = forms.BooleanField(
        label=pgettext_lazy("question", "Key question: a “no” holds area and total down"),
        required=False,
    )
    asks_evidence = forms.BooleanField(label=_("Asks for evidence"), required=False)

    @classmethod
    def initial_of(cls, question: Question) -> dict[str, object]:
        return {name: getattr(question, name) for name in cls.base_fields}

    def to_input(self) -> QuestionInput:
        return QuestionInput(**self.cleaned_data)
