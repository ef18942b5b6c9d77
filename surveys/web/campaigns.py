"""Surveys for our own people: the list, preparing one, whom it asks, start, pause, close."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.web.requests import SignedInRequest
from core.errors import DomainError, NotFound
from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column
from core.web.errors import form_page, show_in_form, tell_error
from core.web.exports import export_response
from core.web.paging import page_of
from suppliers.models import Supplier
from suppliers.selectors.suppliers import supplier_with_code
from surveys import policies
from surveys.models import Campaign, Participant
from surveys.rules.scope import ScopeLine
from surveys.selectors.board import rates_by_campaign
from surveys.selectors.campaigns import campaign_for, campaigns_for
from surveys.selectors.previews import start_facts
from surveys.selectors.scope import HUNDRED, frozen_lines, scope_preview
from surveys.selectors.words import reason_words, state_badge
from surveys.services import campaigns as services
from surveys.services.running import close_campaign, pause_campaign, resume_campaign
from surveys.services.starting import add_supplier, start_campaign
from surveys.web.forms import AddForm, CampaignForm, ChoiceForm, initial_of

CHANGES_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class ScopeRow:
    """A line of the scope as shown; ``cumulated``: share of the spend reached with it, percent."""

    line: ScopeLine
    supplier: Supplier
    spend: Decimal
    cumulated: float | None
    reasons: str
    note: str


@require_safe
def campaign_list(request: SignedInRequest) -> HttpResponse:
    policies.require_view_surveys(request.user)
    page = page_of(request, campaigns_for(request.user))
    rates = rates_by_campaign(request.user, page)
    context = {
        "page_obj": page,
        "rows": [(one, state_badge(one), rates.get(one.pk)) for one in page],
        "may_run": policies.can_run_surveys(request.user),
    }
    return render(request, "surveys/campaign_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_create(request: SignedInRequest) -> HttpResponse:
    policies.require_run_surveys(request.user)
    return _form(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    campaign = campaign_for(request.user, pk)
    policies.require_run_surveys(request.user)
    return _form(request, campaign)


def _form(request: SignedInRequest, campaign: Campaign | None) -> HttpResponse:
    sent = request.method == "POST"
    first = initial_of(campaign, request.user)
    form = CampaignForm(request.POST) if sent else CampaignForm(initial=first)
    if sent and form.is_valid():
        try:
            if campaign is None:
                saved = services.create_campaign(request.user, form.to_input())
            else:
                saved = services.change_campaign(request.user, campaign.pk, form.to_input())
        except DomainError as error:
            show_in_form(form, error)
        else:
            return redirect("surveys:campaign-scope", saved.pk)
    return form_page(request, "surveys/campaign_form.html", {"form": form, "campaign": campaign})


@require_safe
def campaign_scope(request: SignedInRequest, pk: int) -> HttpResponse:
    """Whom it would ask, or asked: with reasons, before anything is sent."""
    campaign = campaign_for(request.user, pk)
    lines, facts = _scope(campaign)
    shown = _shown(request, lines)
    page = page_of(request, shown)
    context = {
        "campaign": campaign,
        "badge": state_badge(campaign),
        "page_obj": page,
        "rows": _rows(campaign, page.object_list, facts["spend"]),
        "facts": facts,
        "show": request.GET.get("show", "in"),
        "changed": _changed_since(request, campaign),
        "may_run": policies.can_run_surveys(request.user) and campaign.is_draft,
    }
    return render(request, "surveys/campaign_scope.html", context)


def _changed_since(request: SignedInRequest, campaign: Campaign) -> list[Participant]:
    """Who came or went after the scope was frozen."""
    if campaign.is_draft:
        return []
    asked = Q(supplier__in=campaign.scope.filter(is_included=True).values("supplier"))
    rows = Participant.objects.visible_to(request.user).filter(campaign=campaign)
    found = rows.filter(~asked | Q(excluded_at__isnull=False)).select_related("supplier")
    return list(found.order_by("supplier__name")[:CHANGES_AT_MOST])


@require_safe
def campaign_scope_export(request: SignedInRequest, pk: int) -> HttpResponseBase:
    campaign = campaign_for(request.user, pk)
    lines, facts = _scope(campaign)
    columns = [
        Column(_("Place"), 8),
        Column(_("Supplier code"), 16),
        Column(_("Supplier"), 36),
        Column(_("Spend"), 16),
        Column(_("Share reached, %"), 14),
        Column(_("Asked"), 10),
        Column(_("Why"), 40),
        Column(_("Reason given"), 40),
    ]
    rows = _export_rows(campaign, _shown(request, lines), facts["spend"])
    return export_response(request, _("Scope"), None, columns, rows)


def _export_rows(campaign: Campaign, lines: list[ScopeLine], whole: int) -> Iterator[list[Value]]:
    for row in _rows(campaign, lines, whole):
        yield [
            row.line.rank,
            row.supplier.code,
            row.supplier.name,
            row.spend,
            round(row.cumulated, 2) if row.cumulated is not None else None,
            _("yes") if row.line.included else _("no"),
            row.reasons,
            row.note,
        ]


def _scope(campaign: Campaign) -> tuple[list[ScopeLine], dict[str, Any]]:
    if campaign.is_draft:
        preview = scope_preview(campaign)
        scope = preview.scope
        facts: dict[str, Any] = {
            "spend": scope.spend,
            "asked_spend": scope.included_spend,
            "base_count": scope.base_count,
            "reached_aim": scope.reached_aim,
            "uncounted": sorted(preview.uncounted.items()),
        }
        lines = list(scope.lines)
    else:
        lines = frozen_lines(campaign)
        facts = {
            "spend": int(campaign.scope_spend * 100),
            "asked_spend": int(campaign.asked_spend * 100),
            "base_count": sum("coverage" in one.reasons for one in lines),
            "reached_aim": True,
            "uncounted": [],
        }
    facts["count"] = len(lines)
    facts["included"] = sum(one.included for one in lines)
    facts["coverage"] = 100 * facts["asked_spend"] / facts["spend"] if facts["spend"] else None
    return lines, facts


def _shown(request: SignedInRequest, lines: list[ScopeLine]) -> list[ScopeLine]:
    show = request.GET.get("show", "in")
    if show == "in":
        return [one for one in lines if one.included]
    if show == "forced":
        return [one for one in lines if one.included and not one.reached]
    return [one for one in lines if not one.included] if show == "out" else lines


def _rows(campaign: Campaign, lines: Any, whole: int) -> list[ScopeRow]:
    listed = list(lines)
    suppliers = Supplier.objects.in_bulk([one.key for one in listed])
    if campaign.is_draft:
        notes = dict(campaign.choices.values_list("supplier_id", "reason"))
    else:
        notes = dict(campaign.scope.exclude(note="").values_list("supplier_id", "note"))
    return [
        ScopeRow(
            one,
            suppliers[one.key],
            Decimal(one.spend) / HUNDRED,
            100 * one.reached / whole if one.reached and whole else None,
            reason_words(one),
            notes.get(one.key, ""),
        )
        for one in listed
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_choose(request: SignedInRequest, pk: int, supplier_id: int, word: str) -> HttpResponse:
    """``word``: ``in``, ``out``, or ``drop`` for what the rules say."""
    campaign = campaign_for(request.user, pk)
    policies.require_run_surveys(request.user)
    supplier = Supplier.objects.filter(pk=supplier_id).first()
    form = ChoiceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (word == "drop" or form.is_valid()):
        try:
            _choose(request, campaign, supplier_id, word, form)
        except DomainError as error:
            show_in_form(form, error)
        else:
            return redirect("surveys:campaign-scope", campaign.pk)
    context = {"form": form, "campaign": campaign, "supplier": supplier, "word": word}
    return form_page(request, "surveys/campaign_choose.html", context)


def _choose(
    request: SignedInRequest, campaign: Campaign, supplier_id: int, word: str, form: ChoiceForm
) -> None:
    if word == "drop":
        services.drop_choice(request.user, campaign.pk, supplier_id)
        return
    services.choose_supplier(
        request.user,
        campaign.pk,
        supplier_id,
        is_included=word == "in",
        reason=form.cleaned_data["reason"],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_start(request: SignedInRequest, pk: int) -> HttpResponse:
    """Exactly what will happen and to whom; then the button."""
    campaign = campaign_for(request.user, pk)
    policies.require_run_surveys(request.user)
    if request.method == "POST":
        try:
            started = start_campaign(request.user, pk)
        except DomainError as error:
            tell_error(request, error)
            return redirect("surveys:campaign-start", pk)
        count = started.participants.count()
        words = ngettext(
            "The survey runs: %(count)s supplier is asked.",
            "The survey runs: %(count)s suppliers are asked.",
            count,
        )
        messages.success(request, words % {"count": count})
        return redirect("surveys:campaign-detail", pk)
    context = {"campaign": campaign, **start_facts(campaign)}
    return render(request, "surveys/campaign_start.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask one more supplier while the survey runs."""
    campaign = campaign_for(request.user, pk)
    policies.require_run_surveys(request.user)
    form = AddForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            supplier = supplier_with_code(request.user, form.cleaned_data["code"])
            participant = add_supplier(request.user, pk, supplier.pk, form.cleaned_data["reason"])
        except NotFound as error:
            form.add_error("code", error.message)
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(request, _("The supplier is asked."))
            return redirect(participant)
    return form_page(request, "surveys/campaign_add.html", {"form": form, "campaign": campaign})


ACTIONS = {"pause": pause_campaign, "resume": resume_campaign, "close": close_campaign}


@require_POST
def campaign_act(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Pause, go on, close."""
    if code not in ACTIONS:
        raise Http404
    try:
        ACTIONS[code](request.user, pk)
    except DomainError as error:
        tell_error(request, error)
    return redirect("surveys:campaign-detail", pk)


@require_POST
def campaign_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    try:
        services.delete_campaign(request.user, pk)
    except DomainError as error:
        tell_error(request, error)
        return redirect(reverse("surveys:campaign-scope", args=[pk]))
    messages.success(request, _("The survey was deleted."))
    return redirect("surveys:campaign-list")
