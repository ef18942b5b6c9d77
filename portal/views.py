"""Pages across apps: home, search, health."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.web.requests import SignedInRequest, frame
from core.health import readiness
from minerals.policies.declarations import can_upload
from portal.selectors.changes import changes_for, start_of_yesterday
from portal.selectors.search import SHORTEST, search_everything
from portal.selectors.supplier_home import supplier_home
from portal.selectors.tiles import stats_for
from portal.selectors.totals import totals
from portal.selectors.waiting import waiting_for
from suppliers.policies import can_manage_suppliers


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    if not request.user.is_internal:
        context = {"home": supplier_home(request.user), "may_upload": can_upload(request.user)}
        return render(request, "portal/supplier_home.html", context)
    since = start_of_yesterday()
    counts = totals(request.user, since)
    waiting = waiting_for(request.user, counts)
    waiting_count = sum(item.count for item in waiting)
    context = {
        "greeting": _greeting(),
        "headline": _headline(waiting_count),
        "actions": _actions(request.user),
        "stats": stats_for(request.user, counts),
        "waiting": waiting,
        "waiting_count": waiting_count,
        "reads_only": not can_manage_suppliers(request.user),
        "changes": changes_for(request.user, counts, since),
    }
    return render(request, "portal/home.html", context)


@require_safe
def search(request: SignedInRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()[:200]
    context = {
        "query": query,
        "groups": search_everything(request.user, query),
        "too_short": 0 < len(query) < SHORTEST,
        **frame(request.user),
    }
    return render(request, "portal/search.html", context)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """The installation can work: 503 without database or cache, ``degraded`` without worker."""
    found = readiness()
    return JsonResponse(asdict(found), status=503 if found.status == "failed" else 200)


def _greeting() -> str:
    hour = timezone.localtime().hour
    if hour < 11:
        return _("Good morning")
    return _("Good afternoon") if hour < 18 else _("Good evening")


def _headline(count: int) -> str:
    if not count:
        return ""
    text = ngettext("%(count)s thing waits for you.", "%(count)s things wait for you.", count)
    return text % {"count": formats.number_format(count)}


def _actions(user: User) -> list[dict[str, str]]:
    actions = []
    if can_upload(user):
        url = reverse("minerals:declaration-upload")
        actions.append({"url": url, "icon": "upload", "label": _("Upload declarations")})
    if can_manage_suppliers(user):
        url = reverse("suppliers:supplier-create")
        actions.append({"url": url, "icon": "plus", "label": _("New supplier")})
    return actions
