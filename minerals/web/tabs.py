"""What each tab of the declaration page shows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.web.requests import SignedInRequest
from core import clock
from core.filters import every_word
from core.numbers import whole_number
from core.web.paging import page_of
from minerals.enums import MatchKind
from minerals.filters.declarations import choose_from
from minerals.filters.smelter_lines import SmelterLineFilter
from minerals.models import Declaration, SmelterLine
from minerals.selectors.answer_matrix import answer_matrix
from minerals.selectors.company_fields import company_fields
from minerals.selectors.decisions import with_rejections
from minerals.selectors.declarations import previous_declaration, twins_of
from minerals.selectors.finding_lines import finding_lines, group_counts, sections_of, with_reviews
from minerals.selectors.history import history_of
from minerals.selectors.line_statuses import declared_on, line_statuses, statuses_in
from minerals.selectors.questions import mineral_name
from minerals.web.reviews import may_decide_findings

Context = dict[str, Any]
FINDINGS_PER_PAGE = 200
ROWS_PER_PAGE = 100
FROM_PERSONS = [("waiting", _("Waiting for a decision")), ("decided", _("Decided by a person"))]


def findings(request: SignedInRequest, declaration: Declaration) -> Context:
    group, search = request.GET.get("group", ""), request.GET.get("search", "")
    decisions = request.user.is_internal
    every = finding_lines(declaration, decisions=decisions)
    shown = every
    if group or search:
        shown = finding_lines(declaration, group=group, search=search, decisions=decisions)
    page = page_of(request, shown, FINDINGS_PER_PAGE)
    lines = with_reviews(declaration, page) if decisions else list(page)
    return {
        "page_obj": page,
        "sections": sections_of(lines),
        "may_decide_findings": may_decide_findings(request.user, declaration),
        "groups": group_counts(every),
        "group": group,
        "search": search,
        "shown_count": len(shown),
        "severity_counts": _severities([line.row.severity for line in shown]),
    }


def _severities(found: list[str]) -> dict[str, int]:
    return {severity: found.count(severity) for severity in ("error", "warning", "info")}


def answers(request: SignedInRequest, declaration: Declaration) -> Context:
    previous = previous_declaration(declaration)
    return {
        "matrix": answer_matrix(declaration, previous),
        "company_fields": company_fields(declaration),
        "previous": previous,
    }


def smelters(request: SignedInRequest, declaration: Declaration) -> Context:
    filters = smelter_filter(request, declaration)
    rows = with_pinned(request, declaration, filters)
    page = page_of(request, rows, ROWS_PER_PAGE)
    lines = list(page)
    return {
        "form": filters.form,
        "page_obj": page,
        "views": with_rejections(lines),
        **_statuses(request, declaration, lines, filters.day),
    }


def _statuses(
    request: SignedInRequest, declaration: Declaration, lines: list[SmelterLine], day: dt.date
) -> Context:
    """Of the day that is asked for; nothing for people of suppliers."""
    if not request.user.is_internal:
        return {"statuses": {}}
    return {
        "statuses": line_statuses(declaration, lines, day),
        "status_day": None if day == clock.today() else day,
        "declared_on": declared_on(declaration),
    }


def smelter_filter(request: SignedInRequest, declaration: Declaration) -> SmelterLineFilter:
    """The filter with the metals, countries and ways of recognition that occur here. What our own
    people decided, or have to, is theirs."""
    lines = declaration.smelters.all()
    rows = lines.select_related("decision__decided_by", "link_by")
    filters = SmelterLineFilter(request.GET, rows, request=request)
    metals = lines.order_by("metal").values_list("metal", flat=True).distinct()
    countries = lines.order_by("country").values_list("country", flat=True).distinct()
    choose_from(filters, "metal", metals, mineral_name)
    choose_from(filters, "country", countries)
    persons = FROM_PERSONS if request.user.is_internal else []
    filters.offer("match", [*persons, *MatchKind.choices])
    if request.user.is_internal:
        filters.offer("status", statuses_in(declaration, filters.day))
    return filters


def with_pinned(
    request: SignedInRequest, declaration: Declaration, filters: SmelterLineFilter
) -> QuerySet[SmelterLine]:
    """``row`` in the address, a link from a finding, shows that row alone."""
    found: QuerySet[SmelterLine] = filters.qs
    row = whole_number(request.GET.get("row", ""))
    return found if row is None else found.filter(row=row)


def products(request: SignedInRequest, declaration: Declaration) -> Context:
    rows = declaration.products.all()
    search = request.GET.get("search", "").strip()
    if search:
        fields = ("number", "name", "requester_number", "requester_name")
        rows = rows.filter(every_word(search, *fields))
    page = page_of(request, rows, ROWS_PER_PAGE)
    ours = any(row.requester_number or row.requester_name for row in page)
    return {"page_obj": page, "rows": list(page), "search": search, "ours": ours}


def mines(request: SignedInRequest, declaration: Declaration) -> Context:
    rows = declaration.mines.all()
    search = request.GET.get("search", "").strip()
    if search:
        rows = rows.filter(every_word(search, "name", "smelter", "country", "metal"))
    page = page_of(request, rows, ROWS_PER_PAGE)
    return {"page_obj": page, "rows": list(page), "search": search}


def history(request: SignedInRequest, declaration: Declaration) -> Context:
    return {"entries": history_of(declaration, request.user)}


def file_facts(request: SignedInRequest, declaration: Declaration) -> Context:
    return {
        "workbook": declaration.workbook,
        "twins": twins_of(declaration, request.user),
    }
