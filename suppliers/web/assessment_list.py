"""Lists of self-assessments: of all suppliers for our own people, the supplier's own ones."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.web.requests import SignedInRequest
from core import clock
from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column
from core.web.exports import export_response
from core.web.paging import page_of
from suppliers.enums import CsrArea
from suppliers.filters.assessments import AssessmentFilter
from suppliers.models import Assessment
from suppliers.policies import assessments as policies
from suppliers.selectors.assessments import assessments_for, valid_until
from suppliers.web.assessment_words import state_badge


def _filters(request: SignedInRequest) -> AssessmentFilter:
    policies.require_view_all_assessments(request.user)
    return AssessmentFilter(request.GET, assessments_for(request.user), request=request)


@require_safe
def assessment_list(request: SignedInRequest) -> HttpResponse:
    filters = _filters(request)
    page = page_of(request, filters.qs)
    today = clock.today()
    context = {
        "form": filters.form,
        "page_obj": page,
        "rows": [(one, state_badge(one, today)) for one in page],
        "export_url": reverse("suppliers:assessment-export"),
        "may_request": policies.can_request_assessments(request.user),
    }
    return render(request, "suppliers/assessments/list.html", context)


@require_safe
def assessment_export(request: SignedInRequest) -> HttpResponseBase:
    """What the list shows with the same filters, with the score of each area."""
    filters = _filters(request)
    rows = _table_rows(filters.qs)
    return export_response(request, _("Self-assessments"), filters.form, _columns(), rows)


@require_safe
def assessment_own(request: SignedInRequest) -> HttpResponse:
    policies.require_view_own_assessments(request.user)
    today = clock.today()
    found = assessments_for(request.user)
    rows = [(one, state_badge(one, today, for_supplier=True)) for one in found]
    return render(request, "suppliers/assessments/own.html", {"rows": rows})


def _columns() -> list[Column]:
    heads = [
        Column(_("Supplier code"), 16),
        Column(_("Supplier"), 36),
        Column(_("Questionnaire"), 32),
        Column(_("State"), 20),
        Column(_("Due on"), 12),
        Column(_("Submitted"), 18),
        Column(_("Score"), 9),
        Column(_("Counts until"), 12),
    ]
    return [*heads, *(Column(str(area.label), 14) for area in CsrArea)]


def _table_rows(assessments: QuerySet[Assessment]) -> Iterator[list[Value]]:
    for one in assessments.iterator(chunk_size=500):
        submitted = timezone.localtime(one.submitted_at) if one.submitted_at else None
        yield [
            one.supplier.code,
            one.supplier.name,
            one.questionnaire.label,
            str(one.get_state_display()),
            one.due_on,
            submitted,
            one.score,
            valid_until(one),
            *(one.area_scores.get(area) for area in CsrArea.values),
        ]
