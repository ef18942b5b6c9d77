"""The risk of one supplier: what it is made of, as of a day, and what people say about it."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.web.requests import SignedInRequest
from core import clock
from core.errors import DomainError
from core.spreadsheets.table import Column
from core.web.errors import form_page, show_in_form
from core.web.exports import export_response
from minerals.models import LevelOverride
from minerals.policies import risk as policies
from minerals.selectors.country_lists import country_book
from minerals.selectors.overrides import in_force, override_for, overrides_for, waiting
from minerals.selectors.risk_page import risk_history, risk_page
from minerals.selectors.risk_people import event_for, events_for
from minerals.selectors.risk_ratings import rating_on, ratings_for
from minerals.selectors.risk_words import level_badge
from minerals.services.risk_events import end_event, record_event
from minerals.services.risk_overrides import decide_lowering, end_override, set_level
from minerals.web.risk_forms import AsOfForm, DecisionForm, EventForm, LevelForm, NoteForm
from suppliers.models import Supplier
from suppliers.selectors.suppliers import supplier_for

HISTORY_SHOWN = 100


@require_safe
def risk_supplier(request: SignedInRequest, supplier_id: int) -> HttpResponse:
    """``on``: the rating that held on that day."""
    policies.require_view_risk(request.user)
    supplier = supplier_for(request.user, supplier_id)
    form = AsOfForm(request.GET)
    asked = form.cleaned_data["on"] if form.is_valid() else None
    day: dt.date = asked or clock.today()
    rating = rating_on(supplier, day)
    old = ratings_for(request.user).filter(supplier=supplier).defer("facts", "result")
    history = list(old.order_by("-rated_at", "-pk")[:HISTORY_SHOWN])
    context = {
        "supplier": supplier,
        "form": form,
        "day": day,
        "is_past": asked is not None and asked < clock.today(),
        "page": risk_page(rating) if rating else None,
        "countries": country_book(rating.rated_on) if rating else None,
        "history": risk_history(history),
        "rows": [(one, level_badge(one.level, provisional=one.is_provisional)) for one in history],
        **_people(request, supplier),
    }
    return form_page(request, "minerals/risk/supplier.html", context)


def _people(request: SignedInRequest, supplier: Supplier) -> dict[str, object]:
    actor = request.user
    return {
        "events": events_for(actor).filter(supplier=supplier),
        "override": in_force(clock.today()).filter(supplier=supplier).first(),
        "asked": waiting().filter(supplier=supplier).first(),
        "overrides": overrides_for(actor).filter(supplier=supplier)[:HISTORY_SHOWN],
        "may_report": policies.can_report_risk(actor),
        "may_relieve": policies.can_relieve_risk(actor),
    }


@require_safe
def risk_history_export(request: SignedInRequest, supplier_id: int) -> HttpResponseBase:
    policies.require_view_risk(request.user)
    supplier = supplier_for(request.user, supplier_id)
    columns = [
        Column(_("Rated"), 18),
        Column(_("Score"), 8),
        Column(_("Level"), 14),
        Column(_("Level as computed"), 14),
        Column(_("Provisional"), 12),
        Column(_("Declaration"), 40),
        Column(_("Policy"), 8),
        Column(_("Smelter list of"), 14),
    ]
    found = ratings_for(request.user).filter(supplier=supplier).defer("facts", "result")
    rows = (
        [
            timezone.localtime(one.rated_at),
            one.score,
            str(one.get_level_display()),
            str(one.get_computed_level_display()),
            _("yes") if one.is_provisional else _("no"),
            one.declaration.file_name if one.declaration else "",
            one.policy.number,
            one.smelter_list.listed_on if one.smelter_list else None,
        ]
        for one in found.order_by("-rated_at", "-pk")
    )
    title = _("Risk of %(code)s") % {"code": supplier.code}
    return export_response(request, title, None, columns, rows)


@require_http_methods(["GET", "HEAD", "POST"])
def risk_event_record(request: SignedInRequest, supplier_id: int) -> HttpResponse:
    policies.require_report_risk(request.user)
    supplier = supplier_for(request.user, supplier_id)
    form = EventForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            record_event(request.user, supplier_id, form.to_input())
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(request, _("The event is recorded; the risk is high."))
            return redirect("minerals:risk-supplier", supplier_id)
    context = {"supplier": supplier, "form": form}
    return form_page(request, "minerals/risk/event_record.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def risk_event_end(request: SignedInRequest, event_id: int) -> HttpResponse:
    policies.require_relieve_risk(request.user)
    event = event_for(request.user, event_id)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_event(request.user, event_id, form.cleaned_data["note"])
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(request, _("The event is over and no longer counts."))
            return redirect("minerals:risk-supplier", event.supplier_id)
    context = {"supplier": event.supplier, "event": event, "form": form}
    return form_page(request, "minerals/risk/event_end.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def risk_level(request: SignedInRequest, supplier_id: int) -> HttpResponse:
    """Raise the level at once, or ask a second person for a lower one."""
    policies.require_report_risk(request.user)
    supplier = supplier_for(request.user, supplier_id)
    form = LevelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            override = set_level(request.user, supplier_id, form.to_input())
        except DomainError as error:
            show_in_form(form, error)
        else:
            return _level_set(request, override)
    rating = rating_on(supplier, clock.today())
    context = {
        "supplier": supplier,
        "form": form,
        "computed": level_badge(rating.computed_level) if rating else None,
        "asked": waiting().filter(supplier=supplier).first(),
    }
    return form_page(request, "minerals/risk/level.html", context)


def _level_set(request: SignedInRequest, override: LevelOverride) -> HttpResponse:
    if override.is_lowering:
        messages.success(request, _("A second person is asked to decide."))
        return redirect("minerals:risk-override-detail", override.pk)
    messages.success(request, _("The level is raised."))
    return redirect("minerals:risk-supplier", override.supplier_id)


@require_safe
def risk_override_detail(request: SignedInRequest, override_id: int) -> HttpResponse:
    policies.require_view_risk(request.user)
    return _override_page(request, override_for(request.user, override_id), DecisionForm())


def _override_page(
    request: SignedInRequest, override: LevelOverride, form: DecisionForm | NoteForm
) -> HttpResponse:
    actor, supplier = request.user, override.supplier
    rating = rating_on(supplier, clock.today())
    is_waiting = override.is_lowering and override.decided_at is None and not override.ended_at
    counts = override == in_force(clock.today()).filter(supplier=supplier).first()
    context = {
        "override": override,
        "supplier": supplier,
        "badge": level_badge(override.level),
        "computed": level_badge(rating.computed_level) if rating else None,
        "page": risk_page(rating) if rating else None,
        "form": form,
        "is_waiting": is_waiting,
        "counts": counts,
        "is_own": override.requested_by_id == actor.pk,
        "may_decide": is_waiting and policies.can_decide_lowering(actor, override),
        "may_end": counts and policies.can_relieve_risk(actor),
        "is_late": override.valid_until is not None and override.valid_until < clock.today(),
    }
    return form_page(request, "minerals/risk/override.html", context)


@require_POST
def risk_override_decide(request: SignedInRequest, override_id: int) -> HttpResponse:
    """``verdict`` is the button: grant or reject."""
    policies.require_view_risk(request.user)
    form = DecisionForm(request.POST)
    found = override_for(request.user, override_id)
    grant = request.POST.get("verdict") == "grant"
    if form.is_valid():
        try:
            decide_lowering(request.user, override_id, grant=grant, note=form.cleaned_data["note"])
        except DomainError as error:
            show_in_form(form, error)
        else:
            text = _("The lower level counts now.") if grant else _("Rejected.")
            messages.success(request, text)
            return redirect("minerals:risk-override-detail", override_id)
    return _override_page(request, found, form)


@require_POST
def risk_override_end(request: SignedInRequest, override_id: int) -> HttpResponse:
    """End it early; whoever asked for a lower level takes the request back."""
    policies.require_view_risk(request.user)
    form = DecisionForm(request.POST)
    found = override_for(request.user, override_id)
    if form.is_valid():
        try:
            end_override(request.user, override_id, form.cleaned_data["note"])
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(request, _("It has ended; the computed level counts."))
            return redirect("minerals:risk-supplier", found.supplier_id)
    return _override_page(request, found, form)
