"""One smelter list: its entries, what changed, what was wrong, and the exports of each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from accounts.web.requests import SignedInRequest
from core.web.exports import export_response
from core.web.paging import page_of
from minerals.enums import ListSource, ListState
from minerals.filters.declarations import choose_from
from minerals.filters.lists import ListingFilter
from minerals.models import SmelterList, SmelterListing
from minerals.policies.lists import can_import_lists
from minerals.rules.smelter_list.columns import LABELS
from minerals.rules.smelter_list.differences import KINDS, Change
from minerals.selectors.list_history import history_of_list
from minerals.selectors.list_problems import groups_of, problem_line, problems_of
from minerals.selectors.questions import mineral_name
from minerals.selectors.smelter_lists import (
    changes_of,
    hold_reasons,
    list_compared,
    list_for,
    list_of_same_content,
    suppliers_naming,
)
from minerals.web.list_forms import ColumnsForm
from minerals.web.list_words import (
    CHANGE_TONES,
    change_columns,
    change_label,
    change_rows,
    entry_columns,
    entry_rows,
    problem_columns,
    problem_rows,
    status_label,
    status_tone,
)

TABS = ("entries", "changes", "problems", "history")
FILTERED = {"search", "metal", "status", "sort", "page"}
OPEN_TO_CHOICE = (ListState.READY, ListState.HELD)


def detail_context(request: SignedInRequest, smelter_list: SmelterList) -> dict[str, Any]:
    """What the page of a list that was read shows."""
    if smelter_list.state in (ListState.UNREADABLE, ListState.DISCARDED):
        return {
            "may_import": can_import_lists(request.user),
            "fault": problem_line(smelter_list.error) if smelter_list.error else None,
            "events": history_of_list(smelter_list),
        }
    problems = problems_of(smelter_list)
    open_to_choice = smelter_list.state in OPEN_TO_CHOICE
    tab = _tab(request, smelter_list, bool(problems))
    context: dict[str, Any] = {
        "may_import": can_import_lists(request.user),
        "open_to_choice": open_to_choice,
        "can_be_confirmed": open_to_choice and _is_usable(smelter_list),
        "of_file": [line for line in problems if line.effect == "file"],
        "base": list_compared(smelter_list),
        "same_as": list_of_same_content(smelter_list),
        "recognised": _recognised(smelter_list),
        "tab": tab,
        "tabs": _tabs(smelter_list, tab, len(problems)),
        "numbers": [
            (kind, change_label(kind), smelter_list.differences.get(kind, 0), *CHANGE_TONES[kind])
            for kind in KINDS
        ],
    }
    if open_to_choice:
        context["columns_form"] = ColumnsForm(smelter_list)
        context["reasons"] = hold_reasons(smelter_list)
        context["touched"] = suppliers_naming(changes_of(smelter_list))
    return context | _of_tab(request, smelter_list, tab)


def _is_usable(smelter_list: SmelterList) -> bool:
    lacks_status = smelter_list.source == ListSource.RMAP and "status" not in smelter_list.columns
    return bool(smelter_list.row_count) and not lacks_status


def _recognised(smelter_list: SmelterList) -> list[tuple[str, str]]:
    """What was recognised: the thing and the heading it stands under, empty where nowhere."""
    headings = smelter_list.headings
    return [
        (_(label), headings[smelter_list.columns[code]] if code in smelter_list.columns else "")
        for code, label in LABELS.items()
    ]


def _tab(request: SignedInRequest, smelter_list: SmelterList, has_problems: bool) -> str:
    asked = request.GET.get("tab", "")
    if asked in TABS:
        return asked
    if FILTERED & request.GET.keys():
        # The form of the entries keeps its filters only.
        return "entries"
    if smelter_list.state in OPEN_TO_CHOICE and has_problems:
        return "problems"
    return "entries"


def _tabs(smelter_list: SmelterList, tab: str, problems: int) -> list[dict[str, Any]]:
    here = smelter_list.get_absolute_url()
    changed = sum(smelter_list.differences.get(kind, 0) for kind in KINDS)
    shown = (
        ("entries", _("Smelters"), smelter_list.row_count),
        ("changes", pgettext("smelters of a list", "Changes"), changed),
        ("problems", _("Problems"), problems),
        ("history", _("History"), ""),
    )
    return [
        {"label": label, "url": f"{here}?tab={code}", "here": code == tab, "count": count}
        for code, label, count in shown
    ]


def _of_tab(request: SignedInRequest, smelter_list: SmelterList, tab: str) -> dict[str, Any]:
    if tab == "history":
        return {"events": history_of_list(smelter_list)}
    if tab == "changes":
        kind = _kind(request)
        page = page_of(request, changes_of(smelter_list, kind))
        return {
            "kind": kind,
            "page_obj": page,
            "rows": [_change_view(change) for change in page],
            "export_url": reverse("minerals:list-changes-export", args=[smelter_list.pk]),
        }
    if tab == "problems":
        code = request.GET.get("code", "")
        lines = problems_of(smelter_list)
        page = page_of(request, [line for line in lines if not code or line.code == code])
        return {
            "code": code,
            "groups": groups_of(lines),
            "page_obj": page,
            "export_url": reverse("minerals:list-problems-export", args=[smelter_list.pk]),
        }
    filters = _entries(request, smelter_list)
    page = page_of(request, filters.qs, 100)
    return {
        "form": filters.form,
        "page_obj": page,
        "rows": [_entry_view(entry) for entry in page],
        "export_url": reverse("minerals:list-entries-export", args=[smelter_list.pk]),
    }


def _kind(request: SignedInRequest) -> str:
    asked = request.GET.get("kind", "")
    return asked if asked in KINDS else ""


def _entry_view(entry: SmelterListing) -> tuple[SmelterListing, str, str, str]:
    return entry, status_label(entry.status, entry.status_text), *status_tone(entry.status)


def _change_view(change: Change) -> dict[str, Any]:
    before, now = change.before, change.now
    return {
        "change": change,
        "label": change_label(change.kind),
        "tone": CHANGE_TONES[change.kind],
        "entry": change.entry,
        "before": status_label(before.status, before.status_text) if before else "",
        "now": status_label(now.status, now.status_text) if now else "",
        "now_tone": status_tone(now.status) if now else ("", ""),
    }


def _entries(request: SignedInRequest, smelter_list: SmelterList) -> ListingFilter:
    filters = ListingFilter(request.GET, smelter_list.listings.all(), request=request)
    metals = smelter_list.listings.order_by("metal").values_list("metal", flat=True).distinct()
    choose_from(filters, "metal", [metal for metal in metals if metal], mineral_name)
    return filters


@require_safe
def list_entries_export(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Exactly the entries on screen, all pages of them."""
    smelter_list = list_for(request.user, pk)
    filters = _entries(request, smelter_list)
    rows = entry_rows(filters.qs)
    return export_response(request, str(smelter_list), filters.form, entry_columns(), rows)


@require_safe
def list_changes_export(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """What differs from the list before; of one kind where the page shows one."""
    smelter_list, kind = list_for(request.user, pk), _kind(request)
    title = f"{smelter_list} {_changes_title(kind)}"
    rows = change_rows(changes_of(smelter_list, kind))
    return export_response(request, title, forms.Form({}), change_columns(), rows)


def _changes_title(kind: str) -> str:
    for known in KINDS:
        if known == kind:
            return change_label(known)
    return pgettext("smelters of a list", "Changes")


@require_safe
def list_problems_export(request: SignedInRequest, pk: int) -> HttpResponseBase:
    smelter_list = list_for(request.user, pk)
    rows = problem_rows(problems_of(smelter_list))
    title = f"{smelter_list} {_('Problems')}"
    return export_response(request, title, forms.Form({}), problem_columns(), rows)
