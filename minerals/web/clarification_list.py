"""The list of questions to suppliers and its export."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.web.requests import SignedInRequest
from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column
from core.web.exports import export_response
from core.web.paging import page_of
from minerals.filters.review import ClarificationFilter
from minerals.models import Clarification, ClarificationItem
from minerals.policies import review as policies
from minerals.selectors.clarifications import clarification_badge, clarifications_for
from minerals.selectors.texts import text_of

BATCH = 500


def _filters(request: SignedInRequest) -> ClarificationFilter:
    policies.require_see_review(request.user)
    found = clarifications_for(request.user).annotate(item_count=Count("items"))
    return ClarificationFilter(request.GET, found, request=request)


@require_safe
def clarification_list(request: SignedInRequest) -> HttpResponse:
    filters = _filters(request)
    page = page_of(request, filters.qs)
    context = {
        "form": filters.form,
        "page_obj": page,
        "rows": [(one, clarification_badge(one, internal=True)) for one in page],
        "export_url": reverse("minerals:clarification-export"),
    }
    return render(request, "minerals/clarifications/list.html", context)


@require_safe
def clarification_export(request: SignedInRequest) -> HttpResponseBase:
    """Each question of what the list shows with the same filters."""
    filters = _filters(request)
    rows = _table_rows(filters.qs)
    return export_response(request, _("Questions to suppliers"), filters.form, _columns(), rows)


def _columns() -> list[Column]:
    return [
        Column(_("Supplier code"), 14),
        Column(_("Supplier"), 32),
        Column(_("Form"), 12),
        Column(_("File name"), 36),
        Column(_("State"), 20),
        Column(_("Owner"), 20),
        Column(_("Asked"), 18),
        Column(_("Due on"), 12),
        Column(_("Answered"), 18),
        Column(_("Corrected file"), 36),
        Column(_("Cell"), 24),
        Column(_("Finding"), 60),
        Column(_("Question"), 40),
        Column(_("Answer"), 60),
    ]


def _table_rows(found: QuerySet[Clarification]) -> Iterator[list[Value]]:
    """Read in batches; the questions of each batch in one query."""
    rows = found.prefetch_related("items").iterator(chunk_size=BATCH)
    for one in rows:
        for item in one.items.all():
            yield [*_head(one), *_question(item)]


def _head(one: Clarification) -> list[Value]:
    answered = timezone.localtime(one.answered_at) if one.answered_at else None
    return [
        one.supplier.code,
        one.supplier.name,
        one.declaration.title,
        one.declaration.file_name,
        str(one.get_state_display()),
        str(one.owner),
        timezone.localtime(one.asked_at),
        one.due_on,
        answered,
        one.answered_with.file_name if one.answered_with else "",
    ]


def _question(item: ClarificationItem) -> list[Value]:
    return [item.cell, text_of(item.code, item.params).message, item.question, item.answer]
