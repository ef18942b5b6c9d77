"""The page of one mitigation plan, for both audiences, and a page for each thing to do."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.web.requests import SignedInRequest
from core import clock
from core.badges import Badge
from core.errors import DomainError
from core.web.errors import form_page, show_in_form
from minerals.models import Measure, MitigationPlan
from minerals.policies.mitigation import (
    can_manage_mitigations,
    require_decide_mitigations,
    require_manage_mitigations,
)
from minerals.rules.smelter_status import ACTION_WORDS, BY_CODE
from minerals.selectors.mitigation import files_of_measures, measure_for, plan_for, shown_steps
from minerals.selectors.mitigation_words import (
    is_overdue,
    level_badge,
    measure_badge,
    measure_words,
    next_words,
    state_badge,
    step_lines,
)
from minerals.selectors.smelter_status import StatusBook, status_book
from minerals.web.mitigation_actions import (
    MEASURE_ACTIONS,
    PLAN_ACTIONS,
    Action,
    actions_of_measure,
    actions_of_plan,
)
from suppliers.models import EvidenceFile
from suppliers.web.upload_fields import posted


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """``status``: of its smelter today; ``asks``: what such a status asks for."""

    measure: Measure
    badge: Badge
    files: list[EvidenceFile]
    actions: list[Action]
    status: str = ""
    asks: str = ""


@require_safe
def mitigation_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = plan_for(request.user, pk)
    return render(request, "minerals/mitigation/detail.html", _context(request.user, plan))


def _context(actor: User, plan: MitigationPlan) -> dict[str, Any]:
    today = clock.today()
    lines = _measure_lines(actor, plan, today)
    return {
        "plan": plan,
        "supplier": plan.supplier,
        "state": state_badge(plan),
        "level": level_badge(plan.level),
        "level_now": level_badge(plan.rating.level) if plan.rating else None,
        "next": next_words(plan, today),
        "is_overdue": is_overdue(plan, today),
        "measures": lines,
        "done": sum(line.measure.state == "verified" for line in lines),
        "steps": step_lines(shown_steps(actor, plan)),
        "actions": {row.code: row for row in actions_of_plan(actor, plan)},
        "files": EvidenceFile.objects.visible_to(actor).about(plan),
        "may_manage": can_manage_mitigations(actor),
        "today": today,
    }


def _measure_lines(actor: User, plan: MitigationPlan, today: dt.date) -> list[MeasureLine]:
    measures = list(plan.measures.select_related("smelter", "certificate", "verified_by"))
    files = files_of_measures(actor, measures)
    book = status_book(today) if any(one.smelter_id for one in measures) else None
    return [
        MeasureLine(
            one,
            measure_badge(one, today),
            files.get(one.pk, []),
            actions_of_measure(actor, plan, one),
            *_smelter_words(one, book),
        )
        for one in measures
    ]


def _smelter_words(measure: Measure, book: StatusBook | None) -> tuple[str, str]:
    if measure.smelter is None or book is None:
        return "", ""
    status = book.status_of(measure.smelter.cid)
    return status, gettext(ACTION_WORDS[BY_CODE[status].action])


@require_http_methods(["GET", "HEAD", "POST"])
def mitigation_action(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """One page per thing to do with a plan: what happens, what it asks for, the button."""
    plan = plan_for(request.user, pk)
    action = _action(PLAN_ACTIONS, request, code)
    return _act(request, action, plan, plan)


@require_http_methods(["GET", "HEAD", "POST"])
def measure_action(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """The same for a measure."""
    measure = measure_for(request.user, pk)
    action = _action(MEASURE_ACTIONS, request, code)
    return _act(request, action, measure.plan, measure)


def _action(table: tuple[Action, ...], request: SignedInRequest, code: str) -> Action:
    """A form is shown to those who may send it; what is sent is judged by the service."""
    found = next((row for row in table if row.code == code), None)
    if found is None:
        raise Http404
    if not found.may(request.user):
        require_manage_mitigations(request.user)
        require_decide_mitigations(request.user)
    return found


def _act(
    request: SignedInRequest, action: Action, plan: MitigationPlan, about: MitigationPlan | Measure
) -> HttpResponse:
    form = action.form(about, *posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            action.run(request.user, about.pk, form)
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(request, str(action.done))
            return redirect("minerals:mitigation-detail", plan.pk)
    context = {
        "plan": plan,
        "supplier": plan.supplier,
        "action": action,
        "form": form,
        "measure": measure_words(about) if isinstance(about, Measure) else "",
        "fits": action.fits(about),
    }
    return form_page(request, "minerals/mitigation/action.html", context)
