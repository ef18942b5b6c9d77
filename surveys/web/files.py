"""The one file that a supplier hands in or has checked."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from django import forms
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from minerals.services.receive import IncomingFile

ENDINGS = ".xlsx,.xlsm,.xls"


class FileForm(forms.Form):
    """``auto_id`` keeps several on one page apart."""

    files = forms.FileField(label=_("Choose your filled form"))  # type: ignore[assignment]


def sent_file(request: HttpRequest) -> IncomingFile | None:
    """Django keeps every upload in a file of its own (``FILE_UPLOAD_HANDLERS``)."""
    file = request.FILES.get("files")
    if file is None:
        return None
    kept = cast(TemporaryUploadedFile, file)
    return IncomingFile(Path(kept.temporary_file_path()), file.name or "")
