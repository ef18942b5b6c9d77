"""Signatures: one in detail, its PDF, checking scans, revoking, verifying files."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.web.requests import SignedInRequest, frame
from core.downloads import attachment
from core.errors import DomainError
from core.filters import ListFilter
from core.numbers import whole_number
from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column
from core.web.errors import form_page, show_in_form, tell_error
from core.web.exports import export_response
from core.web.paging import page_of
from core.web.posted import posted_text
from suppliers.enums import SignatureState
from suppliers.filters.commitments import check_filter
from suppliers.models import DocumentVersion, Signature
from suppliers.policies import commitments as policies
from suppliers.selectors.commitment_words import SIGNATURE_WORDS
from suppliers.selectors.commitments import signature_for, signatures_for
from suppliers.selectors.signature_files import pdf_name, sealed_signature
from suppliers.selectors.suppliers import supplier_for
from suppliers.services.paper_signatures import check_paper_signature, record_paper_signature
from suppliers.services.signing import revoke_signature
from suppliers.services.verifying import verify_file, verify_signature
from suppliers.web.commitment_forms import CheckForm, ReasonForm, RecordForm, VerifyForm


@require_safe
def signature_detail(request: SignedInRequest, signature_id: int) -> HttpResponse:
    signature = signature_for(request.user, signature_id)
    may_act = policies.can_request_signatures(request.user)
    context = {
        "signature": signature,
        "document": signature.version.document,
        "words": SIGNATURE_WORDS[signature.state],
        "checks": verify_signature(signature) if request.user.is_internal else None,
        "may_check": policies.can_check_signature(request.user, signature),
        "may_act": may_act,
        "check_form": CheckForm(),
        "reason_form": ReasonForm(),
        **frame(request.user),
    }
    return render(request, "suppliers/signature_detail.html", context)


@require_safe
def signature_pdf(request: SignedInRequest, signature_id: int) -> HttpResponseBase:
    """The sealed PDF, unchanged."""
    signature = sealed_signature(request.user, signature_id)
    return attachment(signature.pdf.open("rb"), pdf_name(signature), "pdf")


@require_safe
def signature_check_list(request: SignedInRequest) -> HttpResponse:
    filters = _to_check(request)
    context = {
        "form": filters.form,
        "page_obj": page_of(request, filters.qs),
        "export_url": reverse("suppliers:signature-check-export"),
    }
    return render(request, "suppliers/signature_check_list.html", context)


@require_safe
def signature_check_export(request: SignedInRequest) -> HttpResponseBase:
    """What the list of scans to check shows with the same filters."""
    filters = _to_check(request)
    columns = [
        Column(_("Supplier code"), 16),
        Column(_("Supplier"), 40),
        Column(_("Document"), 40),
        Column(_("Version"), 9),
        Column(_("Signer"), 24),
        Column(_("Signed on"), 12),
        Column(_("Handed in"), 18),
        Column(_("Handed in by"), 26),
    ]
    rows = _rows_to_check(filters.qs)
    return export_response(request, _("Scans to check"), filters.form, columns, rows)


def _to_check(request: SignedInRequest) -> ListFilter:
    policies.require_view_commitments(request.user)
    waiting = signatures_for(request.user).filter(state=SignatureState.TO_CHECK)
    return check_filter(request.GET, waiting, request)


def _rows_to_check(signatures: QuerySet[Signature]) -> Iterator[list[Value]]:
    for one in signatures.iterator(chunk_size=500):
        yield [
            one.supplier.code,
            one.supplier.name,
            one.version.document.label,
            one.version.number,
            one.signer_name,
            one.signed_on,
            timezone.localtime(one.signed_at),
            str(one.recorded_by or ""),
        ]


@require_POST
def signature_check(request: SignedInRequest, signature_id: int) -> HttpResponse:
    try:
        signature = check_paper_signature(
            request.user,
            signature_id,
            is_valid=request.POST.get("decision") == "valid",
            note=posted_text(request, "note"),
        )
    except DomainError as error:
        tell_error(request, error)
    else:
        accepted = signature.state == SignatureState.VALID
        text = _("The scan counts as signed.") if accepted else _("The scan is rejected.")
        messages.success(request, text)
    return redirect("suppliers:signature-detail", signature_id)


@require_POST
def signature_revoke(request: SignedInRequest, signature_id: int) -> HttpResponse:
    try:
        revoke_signature(request.user, signature_id, posted_text(request, "reason"))
    except DomainError as error:
        tell_error(request, error)
    else:
        messages.success(request, _("The signature no longer counts; the supplier is told."))
    return redirect("suppliers:signature-detail", signature_id)


@require_http_methods(["GET", "HEAD", "POST"])
def signature_record(request: SignedInRequest, supplier_id: int) -> HttpResponse:
    """Our own people hand in a scan they received."""
    policies.require_request_signatures(request.user)
    supplier = supplier_for(request.user, supplier_id)
    start = {"version": request.GET.get("version", "")}
    form = RecordForm(_versions(), request.POST or None, request.FILES or None, initial=start)
    if request.method == "POST" and form.is_valid():
        version_id = whole_number(form.cleaned_data["version"]) or 0
        try:
            signature = record_paper_signature(request.user, supplier_id, form.to_input(version_id))
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(request, _("The scan is stored; a colleague has to check it."))
            return redirect("suppliers:signature-detail", signature.pk)
    context = {"form": form, "supplier": supplier}
    return form_page(request, "suppliers/signature_record.html", context)


def _versions() -> list[DocumentVersion]:
    published = DocumentVersion.objects.filter(
        published_at__isnull=False, document__is_active=True
    ).select_related("document")
    return list(
        published.defer("text_en", "text_zh").order_by("document__order", "document", "-number")
    )


@require_http_methods(["GET", "HEAD", "POST"])
def signature_verify(request: SignedInRequest) -> HttpResponse:
    """Is this PDF one of ours, unchanged? Reads only; the file is not kept."""
    policies.require_view_commitments(request.user)
    form = VerifyForm(request.POST or None, request.FILES or None)
    result = None
    if request.method == "POST" and form.is_valid():
        try:
            result = verify_file(request.user, form.cleaned_data["file"])
        except DomainError as error:
            show_in_form(form, error)
    context = {"form": form, "result": result}
    return form_page(request, "suppliers/signature_verify.html", context)
