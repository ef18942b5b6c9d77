"""Suppliers x documents: the matrix, its export, asking in bulk, one supplier's documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.contrib import messages
from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.web.requests import SignedInRequest
from core.errors import DomainError
from core.numbers import whole_number
from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column
from core.web.errors import form_page, show_in_form, tell_error
from core.web.exports import export_response
from core.web.paging import page_of, page_of_costly
from suppliers.enums import SignatureState
from suppliers.filters.commitments import MatrixFilter, matrix_filter
from suppliers.models import Supplier
from suppliers.policies import commitments as policies
from suppliers.selectors.commitment_matrix import matrix_suppliers
from suppliers.selectors.commitments import (
    Commitment,
    commitments_in_use,
    requests_for,
    signatures_for,
    standings,
)
from suppliers.selectors.documents_card import documents_card
from suppliers.selectors.request_plan import request_plan
from suppliers.selectors.suppliers import supplier_for
from suppliers.services.document_requests import (
    MAX_SUPPLIERS,
    BulkRequestInput,
    cancel_request,
    chosen_suppliers,
    request_documents,
)
from suppliers.services.document_versions import require_future
from suppliers.web.commitment_forms import RequestForm
from suppliers.web.list_state import selected

EXPORTED_AT_ONCE = 500


def _filters(request: SignedInRequest) -> MatrixFilter:
    policies.require_view_commitments(request.user)
    return matrix_filter(request.GET, matrix_suppliers(request.user), request)


@require_safe
def commitment_matrix(request: SignedInRequest) -> HttpResponse:
    filters = _filters(request)
    form = filters.form
    page = _page(request, filters)
    found = standings(page, filters.commitments)
    signatures = signatures_for(request.user)
    context = {
        "form": form,
        "page_obj": page,
        "rows": [(supplier, found[supplier.pk]) for supplier in page],
        "commitments": filters.commitments,
        "export_to": reverse("suppliers:commitment-export"),
        "may_request": policies.can_request_signatures(request.user),
        "to_check": signatures.filter(state=SignatureState.TO_CHECK).count(),
        "bulk_limit": MAX_SUPPLIERS,
    }
    return render(request, "suppliers/commitment_matrix.html", context)


def _page(request: SignedInRequest, filters: MatrixFilter) -> Page[Supplier]:
    if request.GET.get("state"):
        return page_of_costly(request, filters.qs, Supplier.objects.all())
    return page_of(request, filters.qs)


@require_safe
def commitment_export(request: SignedInRequest) -> HttpResponseBase:
    """What the matrix shows with the same filters, as a workbook or (``format=csv``) as CSV."""
    filters = _filters(request)
    form = filters.form
    rows = _export_rows(filters.qs, filters.commitments)
    return export_response(request, _("Documents"), form, _columns(filters.commitments), rows)


def _columns(commitments: Sequence[Commitment]) -> list[Column]:
    fixed = [
        Column(_("Supplier code"), 16),
        Column(_("Name"), 40),
        Column(_("Name in the local language"), 32),
        Column(_("Kind"), 20),
        Column(_("Country code"), 14),
        Column(_("Status"), 18),
    ]
    for one in commitments:
        fixed.append(Column(one.document.label, 24))
        fixed.append(Column(_("%(document)s: date") % {"document": one.document.label}, 16))
    return fixed


def _export_rows(
    suppliers: QuerySet[Supplier], commitments: Sequence[Commitment]
) -> Iterator[list[Value]]:
    stream = suppliers.iterator(chunk_size=EXPORTED_AT_ONCE)
    while chunk := list(islice(stream, EXPORTED_AT_ONCE)):
        found = standings(chunk, commitments)
        for supplier in chunk:
            row: list[Value] = [
                supplier.code,
                supplier.name,
                supplier.local_name,
                str(supplier.get_kind_display()),
                str(supplier.country or ""),
                str(supplier.get_status_display()),
            ]
            for one in found[supplier.pk]:
                until = one.signature.valid_until if one.signature else None
                row += [str(one.words.label), one.due_on or until]
            yield row


@require_safe
def commitment_supplier(request: SignedInRequest, supplier_id: int) -> HttpResponse:
    """Everything about the documents of one supplier."""
    policies.require_view_commitments(request.user)
    supplier = supplier_for(request.user, supplier_id)
    context = {
        "supplier": supplier,
        "documents_card": documents_card(request.user, supplier),
        "requests": requests_for(request.user).filter(supplier=supplier).order_by("-pk")[:50],
        "signatures": signatures_for(request.user).filter(supplier=supplier)[:50],
        "may_request": policies.can_request_signatures(request.user),
    }
    return render(request, "suppliers/commitment_supplier.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def commitment_request(request: SignedInRequest, *, from_list: bool = False) -> HttpResponse:
    """Choose documents and date, see exactly who is asked and who is not, then send.

    ``from_list``: for the selection of the list of suppliers.
    """
    policies.require_request_signatures(request.user)
    commitments = commitments_in_use()
    if request.method == "POST":
        return _send(request, commitments)
    keys = _chosen_keys(request, from_list)
    wanted = request.GET.get("preview") == "1"
    form = RequestForm(commitments, request.GET if wanted else None, initial=_initial(request))
    context: dict[str, Any] = {"form": form, "chosen": request.GET.copy()}
    try:
        suppliers = context["suppliers"] = chosen_suppliers(request.user, keys)
        if wanted and form.is_valid():
            require_future(form.cleaned_data["due_on"])
            asked = [one for one in commitments if one.document.pk in form.document_ids]
            context["plan"] = request_plan(suppliers, asked)
            context["keys"] = ",".join(str(supplier.pk) for supplier in suppliers)
    except DomainError as error:
        form = form if form.is_bound else RequestForm(commitments, request.GET)
        form.full_clean()
        show_in_form(form, error)
        context["form"] = form
    return form_page(request, "suppliers/commitment_request.html", context)


def _initial(request: SignedInRequest) -> dict[str, Any]:
    """The document of the matrix's filter is the one that is meant."""
    code = request.GET.get("document", "")
    chosen = [str(one.document.pk) for one in commitments_in_use() if one.document.code == code]
    return {"ask": chosen, **RequestForm([]).initial}


def _chosen_keys(request: SignedInRequest, from_list: bool) -> list[int]:
    """Selected rows, or (``all=1``) everything the matrix shows with these filters.

    Errors: filter_invalid.
    """
    if from_list:
        return list(selected(request).values_list("pk", flat=True)[: MAX_SUPPLIERS + 1])
    if request.GET.get("all") == "1":
        filters = matrix_filter(request.GET, matrix_suppliers(request.user), request)
        return list(filters.everything_found.values_list("pk", flat=True)[: MAX_SUPPLIERS + 1])
    numbers = (whole_number(text) for text in request.GET.getlist("supplier"))
    return [number for number in numbers if number is not None]


def _send(request: SignedInRequest, commitments: list[Commitment]) -> HttpResponse:
    form = RequestForm(commitments, request.POST)
    numbers = (whole_number(text) for text in request.POST.get("suppliers", "").split(","))
    keys = [number for number in numbers if number is not None]
    if not form.is_valid():
        return _refused(request, form, keys)
    try:
        plan = request_documents(
            request.user,
            BulkRequestInput(keys, form.document_ids, form.cleaned_data["due_on"]),
        )
    except DomainError as error:
        show_in_form(form, error)
        return _refused(request, form, keys)
    count = len(plan.asked)
    text = ngettext("%(count)s supplier is asked.", "%(count)s suppliers are asked.", count)
    messages.success(request, text % {"count": count})
    if len(plan.asked) == 1:
        return redirect("suppliers:commitment-supplier", plan.asked[0].supplier.pk)
    return redirect("suppliers:commitment-matrix")


def _refused(request: SignedInRequest, form: RequestForm, keys: list[int]) -> HttpResponse:
    """The page again with the suppliers that were chosen."""
    chosen = request.GET.copy()
    if not chosen:
        chosen.setlist("supplier", [str(key) for key in keys])
    suppliers = chosen_suppliers(request.user, keys[:MAX_SUPPLIERS])
    context = {"form": form, "chosen": chosen, "suppliers": suppliers}
    return form_page(request, "suppliers/commitment_request.html", context)


@require_POST
def commitment_cancel(request: SignedInRequest, request_id: int) -> HttpResponse:
    try:
        found = cancel_request(request.user, request_id)
    except DomainError as error:
        tell_error(request, error)
        return redirect("suppliers:commitment-matrix")
    messages.success(request, _("The request is taken back."))
    return redirect("suppliers:commitment-supplier", found.supplier_id)
