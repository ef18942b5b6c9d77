"""Handing in files and watching them being judged."""

from __future__ import annotations

from pathlib import Path
from typing import cast
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.web.requests import SignedInRequest, frame
from core.errors import DomainError
from core.numbers import whole_number
from core.uploads.contract import MEGABYTE
from core.web.errors import form_page, show_in_form
from minerals.enums import Source
from minerals.policies import declarations as policies
from minerals.selectors.batches import upload_batch
from minerals.selectors.reference import snapshots_in_force
from minerals.services.receive import Delivery, IncomingFile, receive_files
from minerals.web.forms import ENDINGS, UploadForm
from suppliers.selectors.suppliers import supplier_of_contact


@require_http_methods(["GET", "HEAD", "POST"])
def declaration_upload(request: SignedInRequest) -> HttpResponse:
    actor = request.user
    own = None if actor.is_internal else supplier_of_contact(actor)
    policies.require_upload(actor, own)
    sent = request.method == "POST"
    posted = (request.POST, request.FILES) if sent else (None, None)
    form = UploadForm(actor, *posted, initial=_chosen(request))
    if sent and form.is_valid():
        delivery = Delivery(actor, Source.WEB, form.cleaned_data["supplier"])
        try:
            receive_files(delivery, [_incoming(file) for file in form.cleaned_data["files"]])
        except DomainError as error:
            show_in_form(form, error)
        else:
            return redirect("minerals:upload-batch", batch=delivery.batch)
    context = {
        **frame(actor),
        "form": form,
        "own": own,
        "endings": ENDINGS,
        "max_mb": settings.UPLOAD_MAX_BYTES // MEGABYTE,
        "max_archive_mb": settings.UPLOAD_MAX_ARCHIVE_BYTES // MEGABYTE,
        "max_files": settings.UPLOAD_MAX_MEMBERS,
        "blank_forms": snapshots_in_force(),
    }
    return form_page(request, "minerals/upload.html", context)


def _chosen(request: SignedInRequest) -> dict[str, str]:
    """A link from a supplier's page says whose file it will be."""
    supplier = whole_number(request.GET.get("supplier", ""))
    return {} if supplier is None else {"supplier": str(supplier)}


def incoming_files(request: SignedInRequest) -> list[IncomingFile]:
    """What was sent as ``files``, without a form around it."""
    return [_incoming(cast(TemporaryUploadedFile, file)) for file in request.FILES.getlist("files")]


def _incoming(file: TemporaryUploadedFile) -> IncomingFile:
    """Django keeps every upload in a file of its own (``FILE_UPLOAD_HANDLERS``)."""
    return IncomingFile(Path(file.temporary_file_path()), file.name or "")


@require_safe
def upload_batch_page(request: SignedInRequest, batch: UUID) -> HttpResponse:
    context = {**frame(request.user), "upload": upload_batch(request.user, batch)}
    return render(request, "minerals/upload_batch.html", context)


@require_safe
def upload_batch_cards(request: SignedInRequest, batch: UUID) -> HttpResponse:
    """The cards alone, for htmx; without it they come with their page."""
    if not request.htmx:
        return redirect("minerals:upload-batch", batch=batch)
    context = {**frame(request.user), "upload": upload_batch(request.user, batch)}
    return render(request, "minerals/_upload_cards.html", context)
