"""Evidence in forms: several files at once, checked by the service."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from suppliers.services.evidence import KINDS, MAX_MEGABYTES


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class EvidenceField(forms.FileField):
    """Its value is a list of files, empty for none."""

    def __init__(self) -> None:
        endings = ",".join(f".{ending}" for ending in KINDS.values())
        super().__init__(
            label=_("Evidence"),
            required=False,
            # The service tells an empty file better than the form does.
            allow_empty_file=True,
            widget=SeveralFiles(attrs={"accept": f"{endings},.jpeg"}),
            help_text=lazy(_what_is_taken, str)(),
        )

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(EvidenceField, self).clean(file, initial) for file in files if file]


def _what_is_taken() -> str:
    """Put into words when it is shown: a form of a module is made before the reader is known."""
    words = gettext("PDF, pictures or Office documents, up to %(limit)s MB each.")
    return words % {"limit": MAX_MEGABYTES}


def posted(request: HttpRequest) -> tuple[Any, MultiValueDict[str, UploadedFile[bytes]] | None]:
    """Data and files for a form; a form that asks for nothing is sent all the same."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
