"""Forms of notes, certificates and closed tasks. The services check what they mean."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.widgets import DayInput
from minerals.enums import ListSource, TaskState
from minerals.services.smelter_certificates import CertificateInput
from minerals.services.smelter_notes import NoteInput
from minerals.services.smelter_tasks import CloseInput
from suppliers.web.upload_fields import EvidenceField


class NoteForm(forms.Form):
    text = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}))
    is_outreach = forms.BooleanField(label=_("This was an outreach to the smelter"), required=False)
    happened_on = forms.DateField(label=_("Date"), widget=DayInput, initial=clock.today)
    result = forms.CharField(label=_("Answer of the smelter"), max_length=500, required=False)

    def to_input(self) -> NoteInput:
        given = self.cleaned_data
        return NoteInput(given["text"], given["is_outreach"], given["happened_on"], given["result"])


class CertificateForm(forms.Form):
    scheme = forms.ChoiceField(label=_("Scheme"), choices=ListSource.choices)
    number = forms.CharField(label=_("Number"), max_length=120, required=False)
    valid_from = forms.DateField(label=_("Valid from"), widget=DayInput)
    valid_until = forms.DateField(label=_("Valid until"), widget=DayInput)
    supplier = forms.CharField(
        label=_("Handed in by (supplier code)"),
        max_length=40,
        required=False,
        help_text=_("The file is kept with this supplier. Leave it empty for one you found."),
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=500,
        required=False,
        help_text=_("Without a file: where the certificate is published."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"] = EvidenceField()

    def to_input(self) -> CertificateInput:
        given = self.cleaned_data
        return CertificateInput(
            scheme=given["scheme"],
            valid_from=given["valid_from"],
            valid_until=given["valid_until"],
            number=given["number"],
            supplier=given["supplier"],
            note=given["note"],
            evidence=given["evidence"],
        )


class CloseForm(forms.Form):
    state = forms.ChoiceField(
        label=_("How it ends"),
        choices=[
            (TaskState.DONE.value, _("Done: the supplier has settled it")),
            (TaskState.CANCELLED.value, _("No longer needed")),
        ],
        widget=forms.RadioSelect,
        initial=TaskState.DONE.value,
    )
    note = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}))

    def to_input(self) -> CloseInput:
        return CloseInput(self.cleaned_data["note"], self.cleaned_data["state"])
