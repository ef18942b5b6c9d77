"""The page of one declaration: head, verdict and a tab."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from django.views.decorators.http import require_safe

from accounts.web.requests import SignedInRequest, frame
from core.downloads import attachment
from core.errors import NotFound
from core.web.htmx import page_part, part_wanted
from minerals.excel.layout_loader import load_layouts
from minerals.models import Declaration
from minerals.policies import declarations as policies
from minerals.policies.review import can_link_products
from minerals.selectors.clarifications import open_questions
from minerals.selectors.declarations import (
    FindingCounts,
    comparable_with,
    declaration_for,
    finding_counts,
    judging_job,
    previous_declaration,
)
from minerals.selectors.plausibility import alert_badge, alert_words, alerts_about
from minerals.selectors.review_words import wants_file
from minerals.selectors.texts import error_text
from minerals.selectors.verdict_words import verdict_words
from minerals.services.correction import current_correction
from minerals.web.forms import AssignForm
from minerals.web.plausibility_list import counts_still
from minerals.web.reviews import review_panel
from minerals.web.tabs import answers, file_facts, findings, history, mines, products, smelters

Context = dict[str, Any]
TabBuilder = Callable[[SignedInRequest, Declaration], Context]

TABS: dict[str, TabBuilder] = {
    "findings": findings,
    "answers": answers,
    "smelters": smelters,
    "products": products,
    "mines": mines,
    "history": history,
    "file": file_facts,
}


@dataclass(frozen=True, slots=True)
class TabLink:
    code: str
    label: str
    url: str
    here: bool
    count: int | None = None


@require_safe
def declaration_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    declaration = declaration_for(request.user, pk)
    if not declaration.judged:
        return _waiting(request, declaration)
    if part_wanted(request, "waiting"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    counts = finding_counts(declaration)
    context = _tab_context(request, declaration, counts)
    if part_wanted(request, "tab"):
        return page_part(request, "minerals/_tab.html", context)
    context |= _head_context(request, declaration, counts)
    return render(request, "minerals/declaration_detail.html", context)


def _tab_context(
    request: SignedInRequest, declaration: Declaration, counts: FindingCounts
) -> Context:
    """What the content of a tab needs, and the tabs themselves with their counts."""
    asked = request.GET.get("tab", "")
    first = "file" if declaration.error else "findings"
    tab = asked if asked in TABS else first
    return {
        **frame(request.user),
        "declaration": declaration,
        "counts": counts,
        "tab": tab,
        "tabs": tab_links(declaration, counts, tab),
        "may_decide": policies.can_decide_matches(request.user),
        "may_link": can_link_products(request.user),
        **TABS[tab](request, declaration),
    }


def _head_context(
    request: SignedInRequest, declaration: Declaration, counts: FindingCounts
) -> Context:
    """Who, what and when, the verdict and what can be done."""
    actor = request.user
    unread = bool(declaration.error)
    others = list(comparable_with(declaration)[:6])
    may_assign = policies.can_assign_supplier(actor) and declaration.supplier is None
    return {
        "verdict": verdict_words(
            declaration,
            counts,
            internal=actor.is_internal,
            decides=policies.can_decide_matches(actor),
        ),
        "problem": error_text(declaration),
        "previous": previous_declaration(declaration),
        "others": others,
        "may_correct": not unread
        and counts.total > 0
        and policies.can_request_correction(actor, declaration),
        "correction": None if unread else current_correction(declaration),
        "assign_form": AssignForm(actor) if may_assign else None,
        "may_upload": policies.can_upload(actor),
        "panel": review_panel(actor, declaration),
        "alerts": _alerts(request, declaration),
        "wants_file": wants_file(declaration),
        "questions": None if actor.is_internal else open_questions(actor, declaration),
    }


def _alerts(request: SignedInRequest, declaration: Declaration) -> list[tuple[Any, ...]]:
    """With badge and words; none for people of suppliers."""
    return [
        (alert, alert_badge(alert, counts=counts_still(alert)), alert_words(alert))
        for alert in alerts_about(request.user, declaration)
    ]


def tab_links(declaration: Declaration, counts: FindingCounts, here: str) -> list[TabLink]:
    address = reverse("minerals:declaration-detail", args=[declaration.pk])
    labels: list[tuple[str, str, int | None]] = [
        ("findings", _("Findings"), counts.total),
        ("answers", _("Answers"), None),
        ("smelters", _("Smelters"), declaration.smelter_count),
        ("products", _("Products"), declaration.product_count),
        ("mines", _("Mines"), declaration.mine_count),
        ("history", _("History"), None),
        ("file", _("File"), None),
    ]
    if declaration.error:
        labels = [item for item in labels if item[0] in ("history", "file")]
    elif not declaration.mine_count and not _has_mine_list(declaration):
        labels = [item for item in labels if item[0] != "mines"]
    return [
        TabLink(code, label, f"{address}?tab={code}", code == here, count)
        for code, label, count in labels
    ]


def _has_mine_list(declaration: Declaration) -> bool:
    form = load_layouts().get(declaration.layout)
    return form is not None and form.mines is not None


def _waiting(request: SignedInRequest, declaration: Declaration) -> HttpResponse:
    """Received, not judged yet: progress that refreshes itself and gives way to the page."""
    context = {
        **frame(request.user),
        "declaration": declaration,
        "job": judging_job(declaration),
    }
    if part_wanted(request, "waiting"):
        return page_part(request, "minerals/_waiting.html", context)
    return render(request, "minerals/declaration_waiting.html", context)


@require_safe
def declaration_original(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The kept file; macros were taken out when it came in, the rest is as it was."""
    declaration = declaration_for(request.user, pk)
    workbook = declaration.workbook
    if not workbook.content.storage.exists(str(workbook.content.name)):
        raise NotFound("file_missing", N_("The file is no longer in the store."))
    stream = workbook.content.open("rb")
    return attachment(stream, declaration.file_name, workbook.kind)
