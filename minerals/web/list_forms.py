"""Forms of the pages about smelter lists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from core import clock
from core.spreadsheets.headings import column_letters
from core.widgets import DayInput
from minerals.enums import ListSource
from minerals.models import SmelterList
from minerals.rules.smelter_list.columns import COLUMNS
from minerals.services.status_words import SAYABLE


class ListUploadForm(forms.Form):
    source = forms.ChoiceField(label=_("Whose list is it?"), choices=ListSource.choices)
    listed_on = forms.DateField(
        label=_("Date of the list"),
        widget=DayInput,
        help_text=_("The day on which it was published or downloaded. From that day on it counts."),
    )
    # Empty files are let through: the service says what is wrong and what to do.
    file = forms.FileField(label=_("File"), allow_empty_file=True, max_length=255)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["listed_on"].widget.attrs["max"] = clock.today().isoformat()


class ColumnsForm(forms.Form):
    """A choice of the file's columns for each thing a list can say."""

    def __init__(self, smelter_list: SmelterList, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [
            (str(place), f"{column_letters(place)} · {heading or '–'}")
            for place, heading in enumerate(smelter_list.headings)
        ]
        nothing = ("", pgettext("column", "not in the file"))
        for column in COLUMNS:
            self.fields[column.code] = forms.ChoiceField(
                label=gettext(column.label),
                choices=[nothing, *places],
                required=column.code == "cid" and smelter_list.source == ListSource.RMAP,
                initial=str(smelter_list.columns.get(column.code, "")),
            )

    @property
    def chosen(self) -> dict[str, int]:
        return {code: int(place) for code, place in self.cleaned_data.items() if place}


class StatusWordForm(forms.Form):
    text = forms.CharField(max_length=120, widget=forms.HiddenInput)
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[("", _("Choose what it means")), *((each, each.label) for each in SAYABLE)],
    )
