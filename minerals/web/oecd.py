"""Evidence of the five steps: of a supplier, of the company, as a page and as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.web.requests import SignedInRequest
from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column
from core.web.exports import export_response
from minerals.policies.mitigation import require_view_all_mitigations
from minerals.rules.oecd import Step
from minerals.selectors.oecd_company import evidence_of_company
from minerals.selectors.oecd_supplier import evidence_of_supplier
from minerals.selectors.oecd_words import StepWords, steps_in_words
from minerals.selectors.removals import removal_counts
from suppliers.models import Supplier
from suppliers.selectors.suppliers import supplier_for


@require_safe
def oecd_company(request: SignedInRequest) -> HttpResponse:
    require_view_all_mitigations(request.user)
    context = _context(evidence_of_company(request.user))
    context["export_url"] = reverse("minerals:oecd-company-export")
    context["removals"] = removal_counts(request.user)
    return render(request, "minerals/oecd.html", context)


@require_safe
def oecd_supplier(request: SignedInRequest, supplier_id: int) -> HttpResponse:
    supplier = _supplier(request, supplier_id)
    context = _context(evidence_of_supplier(request.user, supplier))
    context["supplier"] = supplier
    context["export_url"] = reverse("minerals:oecd-supplier-export", args=[supplier.pk])
    return render(request, "minerals/oecd.html", context)


@require_safe
def oecd_company_export(request: SignedInRequest) -> HttpResponseBase:
    require_view_all_mitigations(request.user)
    return _export(request, _("Evidence of the five steps"), evidence_of_company(request.user))


@require_safe
def oecd_supplier_export(request: SignedInRequest, supplier_id: int) -> HttpResponseBase:
    supplier = _supplier(request, supplier_id)
    title = f"{_('Evidence of the five steps')} {supplier.code}"
    return _export(request, title, evidence_of_supplier(request.user, supplier))


def _supplier(request: SignedInRequest, supplier_id: int) -> Supplier:
    require_view_all_mitigations(request.user)
    return supplier_for(request.user, supplier_id)


def _context(steps: Sequence[Step]) -> dict[str, Any]:
    words = steps_in_words(steps)
    return {"steps": words, "gap_count": sum(step.gap_count for step in words)}


def _export(request: SignedInRequest, title: str, steps: Sequence[Step]) -> HttpResponseBase:
    columns = [
        Column(_("Step"), 34),
        Column(_("Evidence"), 50),
        Column(_("Found"), 10),
        Column(_("Of"), 10),
        Column(_("Newest"), 12),
        Column(_("Gap"), 50),
        Column(_("What to do"), 60),
    ]
    return export_response(request, title, None, columns, _rows(steps_in_words(steps)))


def _rows(steps: Sequence[StepWords]) -> Iterator[list[Value]]:
    for step in steps:
        for line in step.lines:
            yield [
                f"{step.number} {step.title}",
                line.label,
                line.count,
                line.of,
                line.on,
                line.gap,
                line.remedy,
            ]
