"""The board of a survey: how far it is, who is where, and what can be done about many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.web.requests import SignedInRequest
from core import clock
from core.errors import DomainError
from core.models import Letter
from core.numbers import whole_number
from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column
from core.web.errors import form_page, show_in_form, tell_error
from core.web.exports import export_response
from core.web.paging import page_of
from surveys import policies
from surveys.enums import Stage
from surveys.filters import ParticipantFilter
from surveys.models import Campaign
from surveys.rules.schedule import planned_steps
from surveys.selectors.board import (
    SILENT,
    board_of,
    groups_of,
    participants_for,
    progress_of,
)
from surveys.selectors.campaigns import campaign_for, participant_for
from surveys.selectors.own_task import own_task
from surveys.selectors.stages import with_stage
from surveys.selectors.words import stage_badge, state_badge
from surveys.services import chasing
from surveys.services.chasing import Done
from surveys.services.messages import answer_message, settle_message
from surveys.web.forms import ExtendForm, HandOverForm, RemindForm, TakeOutForm

GROUPS = ("category", "buyer", "country")


@require_safe
def campaign_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The board; while the survey is being prepared, whom it would ask."""
    campaign = campaign_for(request.user, pk)
    if campaign.is_draft:
        return redirect("surveys:campaign-scope", pk)
    filters = _filters(request, campaign)
    page = page_of(request, filters.qs)
    by = request.GET.get("by", "")
    board = board_of(request.user, campaign)
    context = {
        "campaign": campaign,
        "badge": state_badge(campaign),
        "board": board,
        "stages": [(stage_badge(one), board.stages[one], one) for one in Stage.values],
        "form": filters.form,
        "page_obj": page,
        "rows": [(one, stage_badge(one.stage), _is_late(one)) for one in page],
        "export_url": reverse("surveys:campaign-export", args=[pk]),
        "groups": groups_of(request.user, campaign, by) if by in GROUPS else [],
        "by": by,
        "progress": progress_of(request.user, campaign),
        "may_run": policies.can_run_surveys(request.user),
        "may_chase": policies.can_chase(request.user) and campaign.is_running,
    }
    return render(request, "surveys/campaign_detail.html", context)


def _is_late(participant: Any) -> bool:
    return participant.stage in SILENT and participant.due_on < clock.today()


def _filters(request: SignedInRequest, campaign: Campaign) -> ParticipantFilter:
    rows = participants_for(request.user, campaign)
    return ParticipantFilter(request.GET, rows, request=request)


@require_safe
def campaign_export(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """What the board lists, with the same filters."""
    campaign = campaign_for(request.user, pk)
    filters = _filters(request, campaign)
    return export_response(
        request, campaign.name, filters.form, _columns(), _table_rows(filters.qs)
    )


def _columns() -> list[Column]:
    return [
        Column(_now("Supplier code"), 16),
        Column(_now("Supplier"), 36),
        Column(_now("Country or region"), 16),
        Column(_now("Who cares"), 20),
        Column(_now("Contact"), 30),
        Column(_now("Stage"), 20),
        Column(_now("Due"), 12),
        Column(_now("Overdue"), 10),
        Column(_now("Asked"), 12),
        Column(_now("Opened"), 12),
        Column(_now("Started"), 12),
        Column(_now("Reason"), 40),
    ]


def _table_rows(participants: QuerySet[Any]) -> Iterator[list[Value]]:
    for one in participants.iterator(chunk_size=500):
        yield [
            one.supplier.code,
            one.supplier.name,
            one.supplier.country.code or "",
            str(one.owner or ""),
            one.contact.email if one.contact else "",
            str(Stage(one.stage).label),
            one.due_on,
            _now("yes") if _is_late(one) else "",
            one.asked_on,
            clock.day_of(one.opened_at) if one.opened_at else None,
            clock.day_of(one.started_at) if one.started_at else None,
            one.decline_reason or one.exclude_reason,
        ]


@dataclass(frozen=True, slots=True)
class Bulk:
    """One thing done about many participants."""

    form: type[forms.Form]
    heading: Any
    button: Any
    run: Callable[[User, int, list[int], dict[str, Any]], Done]
    may: Callable[[User], bool] = policies.can_chase


BULK: dict[str, Bulk] = {
    "remind": Bulk(
        RemindForm,
        _("Remind"),
        _("Send the reminder"),
        lambda actor, pk, keys, _data: chasing.remind(actor, pk, keys),
    ),
    "extend": Bulk(
        ExtendForm,
        _("Give more time"),
        _("Give more time"),
        lambda actor, pk, keys, data: chasing.extend(
            actor, pk, keys, data["due_on"], data["reason"]
        ),
    ),
    "hand-over": Bulk(
        HandOverForm,
        _("Hand over to a colleague"),
        _("Hand over"),
        lambda actor, pk, keys, data: chasing.hand_over(actor, pk, keys, data["owner"].pk),
    ),
    "take-out": Bulk(
        TakeOutForm,
        _("Take out of the survey"),
        _("Take out"),
        lambda actor, pk, keys, data: chasing.take_out(actor, pk, keys, data["reason"]),
        policies.can_run_surveys,
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_bulk(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """``code``: of ``BULK``; the participants are in ``chosen``. Shows to whom it will be done."""
    campaign = campaign_for(request.user, pk)
    bulk = BULK.get(code)
    if bulk is None:
        raise Http404
    if not bulk.may(request.user):
        policies.require_chase(request.user)
        policies.require_run_surveys(request.user)
    asked = request.POST if request.method == "POST" else request.GET
    keys = [key for one in asked.getlist("chosen") if (key := whole_number(one)) is not None]
    sent = request.method == "POST" and "do" in request.POST
    form = bulk.form(request.POST) if sent else bulk.form()
    if sent and form.is_valid():
        try:
            done = bulk.run(request.user, pk, keys, form.cleaned_data)
        except DomainError as error:
            show_in_form(form, error)
        else:
            words = _now("Done for %(done)s, left out %(skipped)s.")
            messages.success(request, words % {"done": done.done, "skipped": done.skipped})
            return redirect("surveys:campaign-detail", pk)
    rows = participants_for(request.user, campaign).filter(pk__in=keys)
    context = {"campaign": campaign, "bulk": bulk, "form": form, "rows": rows, "code": code}
    return form_page(request, "surveys/campaign_bulk.html", context)


@require_safe
def participant_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    policies.require_view_surveys(request.user)
    participant = participant_for(request.user, pk)
    stage = with_stage(participant.campaign.participants.filter(pk=pk)).get().stage
    country = participant.supplier.country.code or ""
    taken = {one.code: one for one in participant.steps.all()}
    planned = planned_steps(participant.asked_on, participant.due_on, country)
    letters = Letter.objects.filter(
        params__link__in=list(participant.links.values_list("pk", flat=True))
    )
    context = {
        "participant": participant,
        "campaign": participant.campaign,
        "supplier": participant.supplier,
        "badge": stage_badge(stage),
        "task": own_task(participant),
        "steps": [(one, taken.get(one.step.code)) for one in planned],
        "letters": letters.select_related("mail").order_by("-pk")[:30],
        "said": participant.messages.select_related("handled_by"),
        "may_chase": policies.can_chase(request.user) and participant.campaign.is_running,
        "may_run": policies.can_run_surveys(request.user),
    }
    return render(request, "surveys/participant_detail.html", context)


@require_POST
def message_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Answer a question, or note that a message was seen to."""
    text = request.POST.get("text", "")
    try:
        said = (
            answer_message(request.user, pk, text)
            if text.strip()
            else settle_message(request.user, pk)
        )
    except DomainError as error:
        tell_error(request, error)
        return redirect("surveys:campaign-list")
    return redirect("surveys:participant-detail", said.participant_id)
