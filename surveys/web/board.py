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
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.web.requests import SignedInRequest
from core import clock
from core.errors import DomainError, InvalidInput
from core.numbers import whole_number
from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column
from core.web.errors import form_page, show_in_form
from core.web.exports import export_response
from core.web.paging import page_of
from surveys import policies
from surveys.enums import Stage
from surveys.filters import ParticipantFilter
from surveys.models import Campaign
from surveys.selectors.board import (
    board_of,
    funnel_of,
    groups_of,
    participants_for,
    standings_of,
)
from surveys.selectors.campaigns import campaign_for
from surveys.selectors.progress import before_of, chart_of, progress_of
from surveys.selectors.stages import SILENT
from surveys.selectors.words import stage_badge, state_badge
from surveys.services import chasing
from surveys.services.chasing import Done
from surveys.web.forms import ExtendForm, HandOverForm, RemindForm, TakeOutForm

SHOWN = 100
GROUPS = ("category", "buyer", "country")
GROUP_WORDS = {
    "category": _("By category"),
    "buyer": _("By buyer"),
    "country": _("By country or region"),
}


@require_safe
def campaign_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The board; while the survey is being prepared, whom it would ask."""
    campaign = campaign_for(request.user, pk)
    if campaign.is_draft:
        return redirect("surveys:campaign-scope", pk)
    filters = _filters(request, campaign)
    page = page_of(request, filters.qs)
    standings = standings_of(request.user, campaign)
    board = board_of(request.user, campaign, standings)
    before = before_of(request.user, campaign)
    by = request.GET.get("by", "")
    by = by if by in GROUPS else GROUPS[0]
    may_chase = policies.can_chase(request.user) and campaign.is_running
    context = {
        "campaign": campaign,
        "badge": state_badge(campaign),
        "board": board,
        "stages": [(stage_badge(one), board.stages[one], one) for one in Stage.values],
        "funnel": funnel_of(board),
        "before": before,
        "chart": chart_of(progress_of(request.user, campaign, standings), campaign, before),
        "form": filters.form,
        "page_obj": page,
        "rows": [(one, stage_badge(one.stage), _is_late(one)) for one in page],
        "export_url": reverse("surveys:campaign-export", args=[pk]),
        "groups": groups_of(request.user, campaign, by, standings),
        "group_tabs": [(code, GROUP_WORDS[code], code == by) for code in GROUPS],
        "filter_pairs": _filter_pairs(request),
        "bulk_actions": _bulk_actions(request.user, campaign) if may_chase else [],
        "may_run": policies.can_run_surveys(request.user),
        "may_chase": may_chase,
    }
    return render(request, "surveys/campaign_detail.html", context)


def _filter_pairs(request: SignedInRequest) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if name not in ("ids", "all", "page", "by", "sort") and value
    ]


def _bulk_actions(actor: User, campaign: Campaign) -> list[dict[str, Any]]:
    return [
        {
            "url": reverse("surveys:campaign-bulk", args=[campaign.pk, code]),
            "label": bulk.heading,
            "icon": bulk.icon,
        }
        for code, bulk in BULK.items()
        if bulk.may(actor)
    ]


def _is_late(participant: Any) -> bool:
    return participant.stage in SILENT and participant.due_on < clock.today()


def _filters(request: SignedInRequest, campaign: Campaign) -> ParticipantFilter:
    rows = participants_for(request.user, campaign)
    filters = ParticipantFilter(request.GET, rows, request=request)
    seen = campaign.participants.exclude(supplier__country="").order_by()
    filters.offer_countries(seen.values_list("supplier__country", flat=True).distinct())
    return filters


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
        Column(gettext("Supplier code"), 16),
        Column(gettext("Supplier"), 36),
        Column(gettext("Country or region"), 16),
        Column(gettext("Who cares"), 20),
        Column(gettext("Contact"), 30),
        Column(gettext("Stage"), 20),
        Column(gettext("Due"), 12),
        Column(gettext("Overdue"), 10),
        Column(gettext("Asked"), 12),
        Column(gettext("Opened"), 12),
        Column(gettext("Started"), 12),
        Column(gettext("Reason"), 40),
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
            gettext("yes") if _is_late(one) else "",
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
    icon: str
    may: Callable[[User], bool] = policies.can_chase


BULK: dict[str, Bulk] = {
    "remind": Bulk(
        RemindForm,
        _("Remind"),
        _("Send the reminder"),
        lambda actor, pk, keys, _data: chasing.remind(actor, pk, keys),
        "bell",
    ),
    "extend": Bulk(
        ExtendForm,
        _("Give more time"),
        _("Give more time"),
        lambda actor, pk, keys, data: chasing.extend(
            actor, pk, keys, data["due_on"], data["reason"]
        ),
        "calendar",
    ),
    "hand-over": Bulk(
        HandOverForm,
        _("Hand over to a colleague"),
        _("Hand over"),
        lambda actor, pk, keys, data: chasing.hand_over(actor, pk, keys, data["owner"].pk),
        "user-check",
    ),
    "take-out": Bulk(
        TakeOutForm,
        _("Take out of the survey"),
        _("Take out"),
        lambda actor, pk, keys, data: chasing.take_out(actor, pk, keys, data["reason"]),
        "user-x",
        policies.can_run_surveys,
    ),
    "put-back": Bulk(
        RemindForm,
        _("Put back"),
        _("Put back into the survey"),
        lambda actor, pk, keys, _data: chasing.put_back(actor, pk, keys),
        "arrow-back-up",
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
    keys = _chosen_keys(request, campaign)
    sent = request.method == "POST"
    form = bulk.form(request.POST) if sent else bulk.form()
    if sent and form.is_valid():
        try:
            _require_same(request, keys)
            done = bulk.run(request.user, pk, keys, form.cleaned_data)
        except DomainError as error:
            show_in_form(form, error)
        else:
            words = gettext("Done for %(done)s, left out %(skipped)s.")
            messages.success(request, words % {"done": done.done, "skipped": done.skipped})
            return redirect("surveys:campaign-detail", pk)
    rows = participants_for(request.user, campaign).filter(pk__in=keys[:SHOWN])
    context = {
        "campaign": campaign,
        "bulk": bulk,
        "form": form,
        "rows": rows,
        "count": len(keys),
        "more": max(0, len(keys) - SHOWN),
    }
    return form_page(request, "surveys/campaign_bulk.html", context)


def _chosen_keys(request: SignedInRequest, campaign: Campaign) -> list[int]:
    """Those of the list whose boxes were ticked, or, with ``all``, all that fit the filters."""
    if request.GET.get("all"):
        return list(_filters(request, campaign).qs.order_by("pk").values_list("pk", flat=True))
    return [key for one in request.GET.getlist("ids") if (key := whole_number(one)) is not None]


def _require_same(request: SignedInRequest, keys: list[int]) -> None:
    """Between looking and confirming others may have answered, or begun to fit the filters."""
    expected = whole_number(request.POST.get("expected", ""))
    if expected != len(keys):
        raise InvalidInput(
            "selection_changed",
            N_("The list has changed meanwhile. Look at it again and confirm."),
        )
