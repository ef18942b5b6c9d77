"""Tasks of suppliers about smelters: list, export, closing several at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.web.requests import SignedInRequest
from core import clock
from core.badges import Badge
from core.errors import DomainError
from core.numbers import whole_number
from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column
from core.web.errors import form_page, show_in_form
from core.web.exports import export_response
from core.web.paging import page_of
from minerals.enums import TaskState
from minerals.filters.smelters import SmelterTaskFilter
from minerals.models import SmelterTask
from minerals.policies import smelters as policies
from minerals.selectors.smelter_tasks import tasks_for
from minerals.selectors.smelter_words import action_words, smelter_badge
from minerals.services.smelter_tasks import close_tasks
from minerals.web.smelter_forms import CloseForm

NAMED = 12
# What of the address is no filter.
NO_FILTERS = ("page", "ids", "all")


def task_badge(task: SmelterTask, today: dt.date) -> Badge:
    if task.state == TaskState.OPEN:
        if task.due_on < today:
            return Badge("now", _("Overdue"), "clock-exclamation")
        return Badge("info", str(task.get_state_display()), "hourglass")
    tone, icon = ("verified", "circle-check")
    if task.state == TaskState.CANCELLED:
        tone, icon = ("unknown", "circle-minus")
    return Badge(tone, str(task.get_state_display()), icon)


def _filters(request: SignedInRequest) -> SmelterTaskFilter:
    policies.require_view_all_tasks(request.user)
    return SmelterTaskFilter(request.GET, tasks_for(request.user).order_by(), request=request)


@require_safe
def task_list(request: SignedInRequest) -> HttpResponse:
    filters = _filters(request)
    page = page_of(request, filters.qs)
    today = clock.today()
    context = {
        "form": filters.form,
        "page_obj": page,
        "rows": [(task, task_badge(task, today)) for task in page],
        "export_url": reverse("minerals:task-export"),
        "may_close": policies.can_close_tasks(request.user),
        "filter_pairs": [
            (name, value)
            for name, values in request.GET.lists()
            for value in values
            if name not in NO_FILTERS
        ],
    }
    return render(request, "minerals/smelter_tasks/list.html", context)


@require_safe
def task_export(request: SignedInRequest) -> HttpResponseBase:
    """One row for each smelter of the tasks that the list shows."""
    filters = _filters(request)
    rows = _table_rows(filters.qs)
    return export_response(request, _("Smelter tasks"), filters.form, _columns(), rows)


def _columns() -> list[Column]:
    return [
        Column(_("Supplier code"), 14),
        Column(_("Supplier"), 36),
        Column(_("List"), 24),
        Column(_("State"), 16),
        Column(_("Opened"), 18),
        Column(_("Smelter ID"), 14),
        Column(_("Smelter"), 40),
        Column(_("Status"), 24),
        Column(_("Status before"), 24),
        Column(_("What is asked"), 44),
        Column(_("Due on"), 12),
        Column(_("Settled on"), 12),
        Column(_("Note"), 40),
    ]


def _table_rows(tasks: QuerySet[SmelterTask]) -> Iterator[list[Value]]:
    found: Any
    for found in tasks.iterator(chunk_size=200):
        for item in found.smelter_items:
            yield [
                found.supplier.code,
                found.supplier.name,
                str(found.list),
                str(found.get_state_display()),
                timezone.localtime(found.opened_at),
                item.smelter.cid,
                item.smelter.name,
                smelter_badge(item.status).label,
                smelter_badge(item.status_before).label,
                action_words(item.status),
                item.due_on,
                item.settled_on,
                found.note,
            ]


@require_http_methods(["GET", "HEAD", "POST"])
def task_close_many(request: SignedInRequest) -> HttpResponse:
    """The chosen tasks, or all that fit the filters, end with the same words."""
    policies.require_close_tasks(request.user)
    chosen = _chosen(request)
    keys = list(chosen.values_list("pk", flat=True))
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            count = close_tasks(request.user, keys, form.to_input())
        except DomainError as error:
            show_in_form(form, error)
        else:
            text = ngettext("%(count)s task closed.", "%(count)s tasks closed.", count)
            messages.success(request, text % {"count": count})
            return redirect("minerals:task-list")
    context = {
        "form": form,
        "count": len(keys),
        "named": chosen[:NAMED],
        "more": max(0, len(keys) - NAMED),
    }
    return form_page(request, "minerals/smelter_tasks/close_many.html", context)


def _chosen(request: SignedInRequest) -> QuerySet[SmelterTask]:
    """Open ones: ``?ids=1&ids=2``, or with ``all=1`` those that fit the filters of the address."""
    waiting = tasks_for(request.user).filter(state=TaskState.OPEN)
    if request.GET.get("all") == "1":
        filters = SmelterTaskFilter(request.GET, waiting.order_by(), request=request)
        found: QuerySet[SmelterTask] = filters.everything_found
        return found
    keys = (whole_number(text) for text in request.GET.getlist("ids"))
    chosen = waiting.filter(pk__in=[key for key in keys if key is not None])
    return chosen.order_by("due_on", "pk")
