"""The correction workbook: ordered, watched, downloaded."""

from __future__ import annotations

from uuid import UUID

from django.core.files.storage import default_storage
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_noop as N_
from django.views.decorators.http import require_http_methods, require_safe

from accounts.web.requests import SignedInRequest, frame
from core.downloads import attachment
from core.errors import DomainError, NotFound
from core.models import Job, JobState
from core.web.errors import tell_error
from core.web.htmx import with_message
from minerals.enums import JobKind
from minerals.models import Declaration
from minerals.selectors.declarations import declaration_for
from minerals.selectors.texts import job_problem
from minerals.services.correction import request_correction


@require_http_methods(["GET", "HEAD", "POST"])
def declaration_correction(request: SignedInRequest, pk: int) -> HttpResponse:
    """POST orders the workbook; GET with ``?job=`` shows how far it is."""
    declaration = declaration_for(request.user, pk)
    if request.method != "POST":
        return _progress(request, declaration, _job_of(request, declaration))
    try:
        job = request_correction(request.user, pk)
    except DomainError as error:
        return _refused(request, declaration, error)
    if request.htmx:
        return _progress(request, declaration, job)
    address = reverse("minerals:declaration-correction", args=[pk])
    return redirect(f"{address}?job={job.pk}")


@require_safe
def declaration_correction_download(request: SignedInRequest, pk: int) -> HttpResponseBase:
    declaration = declaration_for(request.user, pk)
    job = _job_of(request, declaration)
    name = str(job.result.get("file", ""))
    if job.state != JobState.DONE or not name or not default_storage.exists(name):
        raise NotFound(
            "correction_missing",
            N_("The correction workbook is not ready. Order it on the declaration's page."),
        )
    return attachment(default_storage.open(name), str(job.result["name"]), "xlsx")


def _progress(request: SignedInRequest, declaration: Declaration, job: Job) -> HttpResponse:
    problem = job_problem(job)
    context = {
        **frame(request.user),
        "declaration": declaration,
        "job": job,
        "fresh": bool(request.htmx),
        "failure": problem.message if problem else "",
    }
    template = "minerals/_correction.html" if request.htmx else "minerals/correction.html"
    return render(request, template, context)


def _refused(
    request: SignedInRequest, declaration: Declaration, error: DomainError
) -> HttpResponse:
    if request.htmx:
        return with_message(HttpResponse(status=204), error.message, "now")
    tell_error(request, error)
    return redirect(declaration)


def _job_of(request: SignedInRequest, declaration: Declaration) -> Job:
    """The job named in the address, when it is one of this declaration."""
    missing = NotFound("job_not_found", N_("There is no such job."))
    try:
        key = UUID(request.GET.get("job", ""))
    except ValueError:
        raise missing from None
    job = Job.objects.about(declaration).filter(pk=key, kind=JobKind.CORRECTION).first()
    if job is None:
        raise missing
    return job
