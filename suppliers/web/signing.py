"""What a supplier's contact does with documents: read, sign, refuse, hand in a scan."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.web.addresses import client_address
from accounts.web.requests import SignedInRequest
from core.downloads import attachment
from core.errors import DomainError
from core.web.errors import form_page, show_in_form, tell_error
from core.web.posted import posted_text
from suppliers.models import DocumentVersion
from suppliers.policies import commitments as policies
from suppliers.rules.clauses import clauses_of, differs
from suppliers.selectors.commitments import Standing, contact_of, standing_of
from suppliers.selectors.documents import (
    clause_changes,
    newest_version,
    published_version,
    text_of,
    version_for,
)
from suppliers.selectors.own_documents import earlier_signatures, own_documents
from suppliers.services.document_requests import refuse_request
from suppliers.services.paper_signatures import hand_in_own_scan
from suppliers.services.signature_pdf import blank_for
from suppliers.services.signing import Circumstances, SigningInput, sign_document
from suppliers.web.commitment_forms import PaperForm, ReasonForm, SignForm
from suppliers.web.documents import reading_language


@require_safe
def commitment_own(request: SignedInRequest) -> HttpResponse:
    policies.require_speak_for_company(request.user)
    own = own_documents(request.user)
    if own is None:
        raise Http404
    context = {"own": own, "earlier": earlier_signatures(own)}
    return render(request, "suppliers/commitment_own.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def commitment_sign(request: SignedInRequest, version_id: int) -> HttpResponse:
    policies.require_speak_for_company(request.user)
    contact = contact_of(request.user)
    version = published_version(version_id)
    language = reading_language(request)
    start = {"signer_name": contact.name, "signer_title": contact.title, "language": language}
    form = SignForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            sign_document(request.user, _input(form, version_id), _circumstances(request))
        except DomainError as error:
            if error.code == "already_signed":
                messages.info(request, error.message)
                return redirect("suppliers:commitment-own")
            show_in_form(form, error)
        else:
            messages.success(
                request, _("Signed. Thank you. The sealed PDF is in your list of documents.")
            )
            return redirect("suppliers:commitment-own")
    standing = standing_of(contact.supplier, version.document)
    if not (standing.required or standing.is_asked or standing.signature):
        raise Http404
    context = {
        "form": form,
        "contact": contact,
        "supplier": contact.supplier,
        "refusal_form": ReasonForm(auto_id="refusal_%s"),
        **_reading(version, standing, language),
    }
    return form_page(request, "suppliers/commitment_sign.html", context)


def _input(form: SignForm, version_id: int) -> SigningInput:
    return SigningInput(version_id=version_id, **form.cleaned_data)


def _circumstances(request: SignedInRequest) -> Circumstances:
    agent = " ".join(request.headers.get("User-Agent", "").split())
    return Circumstances(client_address(request), agent)


def _reading(version: DocumentVersion, standing: Standing, language: str) -> dict[str, Any]:
    """The text in one language; on top what changed since the company signed last."""
    newest = newest_version(version.document)
    signed = standing.signature
    again = signed is not None and signed.version_id != version.pk
    before = version_for(signed.version_id) if signed is not None and again else None
    changes = clause_changes(before, version, language) if before else []
    return {
        "version": version,
        "document": version.document,
        "standing": standing,
        "newest": newest if newest and newest.pk != version.pk else None,
        "language": language,
        "other_language": "en" if language != "en" else "zh-hans",
        "clauses": clauses_of(text_of(version, language)),
        "signed_version": before,
        "changes": [change for change in changes if differs(change)],
    }


@require_POST
def commitment_refuse(request: SignedInRequest, request_id: int) -> HttpResponse:
    try:
        refuse_request(request.user, request_id, posted_text(request, "reason"))
    except DomainError as error:
        tell_error(request, error)
    else:
        messages.success(
            request, _("Your answer was sent. Your buyer will talk to you about what comes next.")
        )
    return redirect("suppliers:commitment-own")


@require_http_methods(["GET", "HEAD", "POST"])
def commitment_paper(request: SignedInRequest, version_id: int) -> HttpResponse:
    """A contact hands in a scan; anybody of the company may, the paper carries the signature."""
    policies.require_speak_for_company(request.user)
    contact = contact_of(request.user)
    version = published_version(version_id)
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            hand_in_own_scan(request.user, form.to_input(version_id))
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(
                request, _("Thank you. We check the scan within a few days and tell you.")
            )
            return redirect("suppliers:commitment-own")
    context = {
        "form": form,
        "version": version,
        "document": version.document,
        "supplier": contact.supplier,
    }
    return form_page(request, "suppliers/commitment_paper.html", context)


@require_safe
def document_blank(request: SignedInRequest, version_id: int) -> HttpResponseBase:
    """The document in both languages with lines to sign on, for our people and suppliers."""
    name, content = blank_for(request.user, version_id)
    return attachment(io.BytesIO(content), name, "pdf")
