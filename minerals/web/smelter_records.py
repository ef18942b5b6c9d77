"""Writing notes and certificates of a smelter."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.web.requests import SignedInRequest
from core.errors import DomainError
from core.web.errors import form_page, show_in_form, tell_error
from minerals.models import Smelter
from minerals.policies import smelters as policies
from minerals.selectors.smelters import smelter_with_cid
from minerals.services.smelter_certificates import (
    record_certificate,
    verify_certificate,
    withdraw_certificate,
)
from minerals.services.smelter_notes import add_note, withdraw_note
from minerals.web.smelter_forms import CertificateForm, NoteForm
from minerals.web.smelter_page import smelter_context


@require_POST
def note_add(request: SignedInRequest, cid: str) -> HttpResponse:
    policies.require_view_smelters(request.user)
    smelter = smelter_with_cid(cid)
    policies.require_write_notes(request.user)
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            add_note(request.user, cid, form.to_input())
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(request, _("The note is kept."))
            return redirect(f"{smelter.get_absolute_url()}#notes")
    context = {**smelter_context(request, smelter, form), "form": form}
    return form_page(request, "minerals/smelters/detail.html", context)


@require_POST
def note_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    note = withdraw_note(request.user, pk)
    messages.success(request, _("The note is withdrawn; it stays on record."))
    return redirect(f"{note.smelter.get_absolute_url()}#notes")


@require_http_methods(["GET", "HEAD", "POST"])
def certificate_add(request: SignedInRequest, cid: str) -> HttpResponse:
    policies.require_view_smelters(request.user)
    smelter = smelter_with_cid(cid)
    policies.require_write_notes(request.user)
    sent = request.method == "POST"
    form = CertificateForm(request.POST, request.FILES) if sent else CertificateForm()
    if sent and form.is_valid():
        try:
            record_certificate(request.user, cid, form.to_input())
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(
                request, _("The certificate is recorded; it counts once somebody else verified it.")
            )
            return redirect(f"{smelter.get_absolute_url()}#certificates")
    context = {"smelter": smelter, "form": form}
    return form_page(request, "minerals/smelters/certificate.html", context)


@require_POST
def certificate_verify(request: SignedInRequest, pk: int) -> HttpResponse:
    return _changed(request, lambda: verify_certificate(request.user, pk).smelter, pk)


@require_POST
def certificate_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    return _changed(request, lambda: withdraw_certificate(request.user, pk).smelter, pk)


def _changed(request: SignedInRequest, change: Callable[[], Smelter], pk: int) -> HttpResponse:
    try:
        smelter = change()
    except DomainError as error:
        tell_error(request, error)
        smelter = Smelter.objects.get(certificates=pk)
    else:
        messages.success(request, _("The certificate is changed."))
    return redirect(f"{smelter.get_absolute_url()}#certificates")
