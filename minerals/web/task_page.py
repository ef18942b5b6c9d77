"""The page of one task about smelters: for our people, and for the supplier who is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.web.requests import SignedInRequest, frame
from core import clock
from core.errors import DomainError
from core.web.errors import form_page, show_in_form, tell_error
from minerals.enums import TaskState
from minerals.models import SmelterTask, SmelterTaskItem
from minerals.policies import smelters as policies
from minerals.policies.declarations import can_upload
from minerals.rules.smelter_status import status_fact
from minerals.selectors.smelter_status import StatusBook, status_book
from minerals.selectors.smelter_tasks import task_for
from minerals.selectors.smelter_words import action_words, smelter_badge, words_for_supplier
from minerals.services.smelter_tasks import close_task
from minerals.web.smelter_forms import CloseForm
from minerals.web.task_list import task_badge

SETTLED_WORDS: Mapping[str, str | Promise] = {
    "not_named": gettext_lazy("No longer named in the current declaration"),
    "status": gettext_lazy("The status of the smelter is better"),
    "replaced": gettext_lazy("A later task asks about it"),
    "by_hand": gettext_lazy("Closed by hand"),
}
SECOND_STEPS: Mapping[str, str | Promise] = {
    "alternate_source": gettext_lazy("If it does not enrol, look for another source."),
    "legal_check": gettext_lazy("Our people check in addition whether the law forbids it."),
}


@require_safe
def task_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    context = _context(request, task_for(request.user, pk))
    return render(request, "minerals/smelter_tasks/detail.html", context)


@require_POST
def task_close(request: SignedInRequest, pk: int) -> HttpResponse:
    task = task_for(request.user, pk)
    policies.require_close_tasks(request.user)
    form = CloseForm(request.POST)
    if form.is_valid():
        try:
            close_task(request.user, pk, form.to_input())
        except DomainError as error:
            if error.field:
                show_in_form(form, error)
            else:
                # Somebody else was quicker, and the form is gone.
                tell_error(request, error)
                return redirect(task)
        else:
            messages.success(request, _("The task is closed."))
            return redirect(task)
    context = _context(request, task, form)
    return form_page(request, "minerals/smelter_tasks/detail.html", context)


def _context(
    request: SignedInRequest, task: SmelterTask, form: CloseForm | None = None
) -> dict[str, Any]:
    actor, today = request.user, clock.today()
    book = status_book(today)
    items: list[SmelterTaskItem] = getattr(task, "smelter_items", [])
    is_open = task.state == TaskState.OPEN
    return {
        **frame(actor),
        "task": task,
        "badge": task_badge(task, today),
        "items": [_item(item, book, internal=actor.is_internal) for item in items],
        "form": form or CloseForm(),
        "may_close": is_open and policies.can_close_tasks(actor),
        "may_upload": is_open and can_upload(actor),
        "is_open": is_open,
    }


def _item(item: SmelterTaskItem, book: StatusBook, *, internal: bool) -> dict[str, Any]:
    fact = status_fact(item.status)
    found: dict[str, Any] = {
        "item": item,
        "action": action_words(item.status),
        "also": SECOND_STEPS.get(fact.also, ""),
        "settled": SETTLED_WORDS.get(item.settled_by, ""),
        "why": words_for_supplier(item.status),
    }
    if internal:
        found |= {
            "status": smelter_badge(item.status),
            "before": smelter_badge(item.status_before).label,
            "now": smelter_badge(book.status_of(item.smelter.cid)),
        }
    return found
