"""Lists of mitigation plans: of all suppliers for our own people, the supplier's own ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.web.requests import SignedInRequest
from core import clock
from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column
from core.web.exports import export_response
from core.web.paging import page_of
from minerals.filters.mitigation import MitigationFilter
from minerals.models import MitigationPlan
from minerals.policies.mitigation import (
    require_own_mitigations,
    require_view_all_mitigations,
)
from minerals.selectors.mitigation import plans_for, with_progress
from minerals.selectors.mitigation_words import (
    is_overdue,
    level_badge,
    next_words,
    state_badge,
)
from minerals.selectors.removals import removal_counts


def _filters(request: SignedInRequest) -> MitigationFilter:
    require_view_all_mitigations(request.user)
    return MitigationFilter(request.GET, with_progress(plans_for(request.user)), request=request)


@require_safe
def mitigation_list(request: SignedInRequest) -> HttpResponse:
    filters = _filters(request)
    page = page_of(request, filters.qs)
    today = clock.today()
    context = {
        "form": filters.form,
        "page_obj": page,
        "rows": [_row(plan, today) for plan in page],
        "export_url": reverse("minerals:mitigation-export"),
        "removals": removal_counts(request.user),
    }
    return render(request, "minerals/mitigation/list.html", context)


def _row(plan: MitigationPlan, today: dt.date) -> dict[str, object]:
    return {
        "plan": plan,
        "level": level_badge(plan.rating.level if plan.rating else plan.level),
        "state": state_badge(plan),
        "next": next_words(plan, today),
        "is_overdue": is_overdue(plan, today),
    }


@require_safe
def mitigation_export(request: SignedInRequest) -> HttpResponseBase:
    """What the list shows with the same filters."""
    filters = _filters(request)
    rows = _table_rows(filters.qs)
    return export_response(request, _("Mitigation"), filters.form, _columns(), rows)


@require_safe
def mitigation_own(request: SignedInRequest) -> HttpResponse:
    """The supplier's own plans."""
    require_own_mitigations(request.user)
    today = clock.today()
    found = with_progress(plans_for(request.user)).order_by("closed_on", "-opened_on", "-pk")
    rows = [_row(plan, today) for plan in found]
    return render(request, "minerals/mitigation/own.html", {"rows": rows})


def _columns() -> list[Column]:
    return [
        Column(_("Supplier code"), 16),
        Column(_("Supplier"), 36),
        Column(_("Level at the start"), 14),
        Column(_("Level now"), 14),
        Column(_("State"), 24),
        Column(_("Owner"), 20),
        Column(_("Opened"), 12),
        Column(_("Plan agreed by"), 12),
        Column(_("Agreed"), 12),
        Column(_("Measures done by"), 12),
        Column(_("Overall limit"), 12),
        Column(_("Measures"), 10),
        Column(_("Verified"), 10),
        Column(_("Next"), 40),
        Column(_("Next date"), 12),
        Column(_("Overdue"), 10),
        Column(_("Proposed"), 24),
        Column(_("Closed"), 12),
        Column(_("Outcome"), 24),
    ]


def _table_rows(plans: QuerySet[MitigationPlan]) -> Iterator[list[Value]]:
    today = clock.today()
    for plan in plans.iterator(chunk_size=500):
        coming = next_words(plan, today)
        yield [
            plan.supplier.code,
            plan.supplier.name,
            str(plan.get_level_display()),
            str(plan.rating.get_level_display()) if plan.rating else "",
            str(plan.get_state_display()),
            str(plan.owner or ""),
            plan.opened_on,
            plan.plan_due_on,
            plan.agreed_on,
            plan.close_due_on,
            plan.limit_on,
            plan.total,  # type: ignore[attr-defined]  # annotated by with_progress
            plan.done,  # type: ignore[attr-defined]
            coming.words if coming else "",
            coming.on if coming else None,
            _("yes") if is_overdue(plan, today) else "",
            str(plan.get_proposal_display()) if plan.proposal else "",
            plan.closed_on,
            str(plan.get_outcome_display()) if plan.outcome else "",
        ]
