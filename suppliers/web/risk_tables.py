"""Tables of inherent risk: all our people read them, administrators change them in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.web.requests import SignedInRequest
from core.countries import country_choices, place_of
from core.errors import DomainError, InvalidInput
from core.models import ActivityEntry
from core.numbers import whole_number
from core.web.errors import tell_error
from core.web.posted import posted_text
from suppliers.models import CountryRisk, KindRisk
from suppliers.policies import assessments as policies
from suppliers.selectors.risk import category_lines
from suppliers.services.risk_tables import (
    POINTS_WORDS,
    set_category_risk,
    set_country_risk,
    set_kind_risk,
)

HISTORY_SHOWN = 20
TABS = ("countries", "categories", "kinds")


@require_safe
def risk_tables(request: SignedInRequest) -> HttpResponse:
    policies.require_view_all_assessments(request.user)
    wanted = request.GET.get("table", "")
    tab = wanted if wanted in TABS else TABS[0]
    labels = {
        "countries": _("Countries and regions"),
        "categories": _("Categories"),
        "kinds": _("Kinds of supplier"),
    }
    context: dict[str, Any] = {
        "tab": tab,
        "tabs": [
            {"label": labels[name], "url": f"?table={name}", "here": name == tab} for name in TABS
        ],
        "may_manage": policies.can_manage_risk_tables(request.user),
        "history": ActivityEntry.objects.filter(verb="risk.changed").select_related("actor")[
            :HISTORY_SHOWN
        ],
    }
    return render(request, "suppliers/risk/tables.html", context | _table(tab))


@require_POST
def risk_country(request: SignedInRequest, country: str) -> HttpResponse:
    """``new`` as the country: the one chosen in the form."""
    code = posted_text(request, "country") if country == "new" else country
    source = posted_text(request, "source")
    return _changed(
        request,
        "countries",
        lambda points: set_country_risk(request.user, code, points, source),
    )


@require_POST
def risk_category(request: SignedInRequest, category_id: int) -> HttpResponse:
    source = posted_text(request, "source")
    return _changed(
        request,
        "categories",
        lambda points: set_category_risk(request.user, category_id, points, source),
    )


@require_POST
def risk_kind(request: SignedInRequest, kind: str) -> HttpResponse:
    return _changed(request, "kinds", lambda points: set_kind_risk(request.user, kind, points))


def _table(tab: str) -> dict[str, Any]:
    if tab == "categories":
        return {"lines": category_lines(), "choices": range(1, 5)}
    if tab == "kinds":
        return {"kinds": KindRisk.objects.order_by("kind"), "choices": range(3)}
    known = sorted(CountryRisk.objects.all(), key=lambda one: place_of(str(one.country.name)))
    taken = {str(one.country) for one in known}
    others = [(code, name) for code, name in country_choices() if code not in taken]
    return {"countries": known, "others": others, "choices": range(1, 7)}


def _changed(
    request: SignedInRequest, tab: str, change: Callable[[int | None], object]
) -> HttpResponse:
    try:
        change(_points(request.POST.get("points", "")))
    except DomainError as error:
        tell_error(request, error)
    else:
        messages.success(request, _("The table is changed."))
    response = redirect("suppliers:risk-tables")
    response["Location"] += f"?table={tab}"
    return response


def _points(text: str) -> int | None:
    """Empty means not known."""
    if not text.strip():
        return None
    points = whole_number(text.strip())
    if points is None:
        raise InvalidInput("risk_points_out_of_range", POINTS_WORDS, field="points")
    return points
