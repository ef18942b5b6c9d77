"""The form as a workbook: download it, fill it in, upload it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.web.requests import SignedInRequest
from core.downloads import attachment
from core.errors import DomainError
from core.uploads.contract import MEGABYTE
from core.web.errors import form_page, show_in_form
from suppliers.policies import assessments as policies
from suppliers.selectors.assessments import assessment_for
from suppliers.services.assessment_workbook import (
    LIMITS,
    form_name,
    read_workbook,
    write_workbook,
)
from suppliers.web.assessment_forms import UploadForm


@require_safe
def assessment_workbook(request: SignedInRequest, assessment_id: int) -> HttpResponseBase:
    """In the reader's language, with the answers so far; for the supplier's own people."""
    assessment_for(request.user, assessment_id)
    policies.require_answer_assessments(request.user)
    target = TemporaryFile()  # noqa: SIM115 - closed by the response when it has been sent
    assessment = write_workbook(request.user, assessment_id, target)
    target.seek(0)
    return attachment(target, form_name(assessment), "xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def assessment_upload(request: SignedInRequest, assessment_id: int) -> HttpResponse:
    """Everything is stored, or nothing and every problem is told at once."""
    assessment = assessment_for(request.user, assessment_id)
    policies.require_answer_assessments(request.user)
    sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if sent else UploadForm()
    context: dict[str, Any] = {"assessment": assessment, "form": form, "problems": []}
    if sent and form.is_valid():
        file: TemporaryUploadedFile = form.cleaned_data["file"]
        path = Path(file.temporary_file_path())
        try:
            result = read_workbook(request.user, assessment_id, path, file.name or "")
        except DomainError as error:
            show_in_form(form, error)
        else:
            if not result.problems:
                messages.success(request, _saved_words(result.saved))
                return redirect("suppliers:assessment-detail", assessment_id)
            context["problems"] = result.problems
    context["max_mb"] = LIMITS.max_file_bytes // MEGABYTE
    return form_page(request, "suppliers/assessments/upload.html", context, refused=sent)


def _saved_words(count: int) -> str:
    if not count:
        return _("The file says the same as what is stored already.")
    words = ngettext(
        "%(count)s answer was taken from the file.",
        "%(count)s answers were taken from the file.",
        count,
    )
    return words % {"count": count}
