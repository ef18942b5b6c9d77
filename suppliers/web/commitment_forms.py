"""Forms of documents and signatures. The services check; the forms only take texts apart."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.widgets import DayInput
from suppliers.enums import ChangeKind, SupplierKind
from suppliers.models import DocumentType, DocumentVersion
from suppliers.selectors.commitments import Commitment
from suppliers.services.document_types import DocumentTypeInput
from suppliers.services.document_versions import DAYS_TO_SIGN, VersionInput
from suppliers.services.paper_signatures import PaperInput

TEXT_ROWS = 18


class DocumentTypeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Small letters, digits and dashes. Programs know the document by it."),
    )
    name = forms.CharField(label=_("English name"), max_length=160)
    local_name = forms.CharField(label=_("Chinese name"), max_length=160, required=False)
    kinds = forms.MultipleChoiceField(
        label=_("Signed by"),
        choices=SupplierKind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    minerals_only = forms.BooleanField(
        label=_("Only suppliers with minerals in scope"), required=False
    )
    at_certification = forms.BooleanField(
        label=_("Must be signed before certification"), required=False
    )
    validity_months = forms.IntegerField(
        label=_("Valid for months"),
        required=False,
        min_value=0,
        max_value=1000,
        help_text=_("Empty: until a material new version."),
    )
    order = forms.IntegerField(
        label=_("Place in lists"), min_value=0, max_value=10_000, initial=100
    )
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, current: DocumentType | None = None, **kwargs: Any) -> None:
        if current is not None:
            kwargs["initial"] = {name: getattr(current, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        if current is not None:
            self.fields["code"].disabled = True

    def to_input(self) -> DocumentTypeInput:
        return DocumentTypeInput(**self.cleaned_data)


class VersionForm(forms.Form):
    change = forms.ChoiceField(
        label=_("Change"),
        choices=[(one.value, one.label) for one in (ChangeKind.MATERIAL, ChangeKind.COSMETIC)],
        widget=forms.RadioSelect,
        initial=ChangeKind.MATERIAL,
    )
    note = forms.CharField(
        label=_("What changed"),
        max_length=500,
        required=False,
        help_text=_("Suppliers who sign again read it."),
    )
    text_en = forms.CharField(
        label=_("English text"), widget=forms.Textarea(attrs={"rows": TEXT_ROWS}), strip=False
    )
    text_zh = forms.CharField(
        label=_("Chinese text"), widget=forms.Textarea(attrs={"rows": TEXT_ROWS}), strip=False
    )

    @staticmethod
    def initial_of(version: DocumentVersion | None) -> dict[str, str]:
        """A new draft begins with the texts of the version before it."""
        if version is None:
            return {}
        texts = {"text_en": version.text_en, "text_zh": version.text_zh}
        if version.published_at is None:
            return {**texts, "change": version.change, "note": version.note}
        return texts

    def to_input(self) -> VersionInput:
        return VersionInput(**self.cleaned_data)


class DueForm(forms.Form):
    due_on = forms.DateField(label=_("To be signed until"), widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"due_on": clock.today() + dt.timedelta(days=DAYS_TO_SIGN)})
        super().__init__(*args, **kwargs)


class RequestForm(DueForm):
    ask = forms.MultipleChoiceField(
        label=_("Documents"), widget=forms.CheckboxSelectMultiple, required=True
    )
    field_order = ["ask", "due_on"]

    def __init__(self, commitments: list[Commitment], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.document.pk), one.document.label) for one in commitments if one.newest]
        self.fields["ask"].choices = choices  # type: ignore[attr-defined]

    @property
    def document_ids(self) -> list[int]:
        return [int(key) for key in self.cleaned_data["ask"]]


class SignForm(forms.Form):
    signer_name = forms.CharField(
        label=_("Your full name"), max_length=150, widget=forms.TextInput({"autocomplete": "name"})
    )
    signer_title = forms.CharField(
        label=_("Your job title"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "organization-title"}),
    )
    language = forms.CharField(max_length=10, widget=forms.HiddenInput)
    is_confirmed = forms.BooleanField(required=False)


class PaperForm(forms.Form):
    signed_on = forms.DateField(label=_("Date on the paper"), widget=DayInput)
    signer_name = forms.CharField(label=_("Who signed it"), max_length=150)
    signer_title = forms.CharField(label=_("Job title of the signer"), max_length=120)
    evidence = forms.FileField(label=_("Scan"), help_text=_("PDF, PNG or JPEG, up to 20 MB."))

    def to_input(self, version_id: int) -> PaperInput:
        return PaperInput(
            version_id=version_id,
            signed_on=self.cleaned_data["signed_on"],
            signer_name=self.cleaned_data["signer_name"],
            signer_title=self.cleaned_data["signer_title"],
            upload=self.cleaned_data["evidence"],
        )


class RecordForm(PaperForm):
    """Our own people also say which document it is."""

    version = forms.ChoiceField(label=pgettext_lazy("signature", "Document and version"))
    field_order = ["version", "signed_on", "signer_name", "signer_title", "evidence"]

    def __init__(self, versions: list[DocumentVersion], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.pk), f"{one.document.label} · {one.number}") for one in versions]
        self.fields["version"].choices = choices  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class CheckForm(forms.Form):
    note = forms.CharField(
        label=_("Note"),
        max_length=500,
        required=False,
        help_text=_("Needed for a rejection: the supplier reads it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class VerifyForm(forms.Form):
    file = forms.FileField(label=_("Signed PDF"))
