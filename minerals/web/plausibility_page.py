"""The page of one plausibility alert: evidence side by side, and what people make of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.web.requests import SignedInRequest
from core.errors import DomainError
from core.web.errors import form_page, show_in_form, tell_error
from minerals.enums import AlertKind, AlertState
from minerals.models import PlausibilityAlert
from minerals.policies import review as policies
from minerals.selectors.plausibility import (
    alert_badge,
    alert_for,
    alert_words,
    seen_suppliers,
)
from minerals.selectors.plausibility_evidence import aligned_rows, copied_metals, peer_groups
from minerals.services.plausibility import DecisionInput, decide_alert, reopen_alert
from minerals.web.plausibility_list import counts_still


class AlertDecisionForm(forms.Form):
    state = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        choices=[
            (AlertState.EXPLAINED, gettext_lazy("There is a good reason")),
            (AlertState.CONFIRMED, gettext_lazy("The list cannot be relied on")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("How you know"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def to_input(self) -> DecisionInput:
        return DecisionInput(**self.cleaned_data)


@require_safe
def alert_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    context = _context(request, alert_for(request.user, pk), AlertDecisionForm())
    return render(request, "minerals/plausibility/detail.html", context)


@require_POST
def alert_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    alert = alert_for(request.user, pk)
    policies.require_review(request.user)
    form = AlertDecisionForm(request.POST)
    if form.is_valid():
        try:
            decide_alert(request.user, pk, form.to_input())
        except DomainError as error:
            if not error.field:  # somebody else was quicker, and the form is gone
                tell_error(request, error)
                return redirect(alert)
            show_in_form(form, error)
        else:
            messages.success(request, _("Your decision is kept."))
            return redirect(alert)
    return form_page(request, "minerals/plausibility/detail.html", _context(request, alert, form))


@require_POST
def alert_reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    try:
        reopen_alert(request.user, pk)
    except DomainError as error:
        tell_error(request, error)
    return redirect("minerals:alert-detail", pk)


def _context(
    request: SignedInRequest, alert: PlausibilityAlert, form: AlertDecisionForm
) -> dict[str, Any]:
    may_decide = policies.can_review(request.user)
    is_open = alert.state == AlertState.OPEN
    return {
        "alert": alert,
        "badge": alert_badge(alert, counts=counts_still(alert)),
        "words": alert_words(alert),
        "form": form,
        "may_decide": may_decide and is_open,
        "may_reopen": may_decide and not is_open,
        **_evidence(request, alert),
    }


def _evidence(request: SignedInRequest, alert: PlausibilityAlert) -> dict[str, Any]:
    if alert.kind == AlertKind.WHOLE_LIST:
        return {"copied": copied_metals(alert)}
    if alert.kind == AlertKind.OVER_REPORTED:
        return {"groups": peer_groups(request.user, alert)}
    other = alert.other
    if other is None or other.supplier_id not in seen_suppliers(request.user, [alert]):
        return {"is_hidden": True, "share": _share(alert), "order": _order(alert)}
    rows = aligned_rows(alert.declaration, other)
    return {
        "other": other,
        "rows": rows,
        "share": _share(alert),
        "order": _order(alert),
        "errors": [row for row in rows if row.is_shared_error],
    }


def _share(alert: PlausibilityAlert) -> float:
    return float(alert.measures.get("similarity", 0))


def _order(alert: PlausibilityAlert) -> float:
    return float(alert.measures.get("same_order", 0))
