"""The page of one smelter: who it is, what is known of it, who depends on it, what we did."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.web.requests import SignedInRequest
from core import clock
from minerals.models import Smelter
from minerals.policies import smelters as policies
from minerals.selectors.smelter_certificates import certificate_lines
from minerals.selectors.smelter_dependency import dependency_of
from minerals.selectors.smelter_history import smelter_history
from minerals.selectors.smelter_status import status_book
from minerals.selectors.smelter_tasks import tasks_for
from minerals.selectors.smelter_words import smelter_badge, status_meaning
from minerals.selectors.smelters import aliases_of, smelter_with_cid
from minerals.services.smelter_notes import can_withdraw_note
from minerals.web.smelter_forms import NoteForm
from minerals.web.task_list import task_badge

TASKS_SHOWN = 50
DEPENDANTS_SHOWN = 200


@require_safe
def smelter_detail(request: SignedInRequest, cid: str) -> HttpResponse:
    policies.require_view_smelters(request.user)
    return render(
        request, "minerals/smelters/detail.html", smelter_context(request, smelter_with_cid(cid))
    )


def smelter_context(
    request: SignedInRequest, smelter: Smelter, note_form: NoteForm | None = None
) -> dict[str, Any]:
    """``note_form``: one that was refused."""
    actor, today = request.user, clock.today()
    dependency = dependency_of(actor, smelter)
    tasks = tasks_for(actor).filter(items__smelter=smelter).order_by("state", "due_on", "pk")
    notes = smelter.notes.select_related("written_by")
    return {
        "smelter": smelter,
        "aliases": aliases_of(smelter),
        "now": _known_on(smelter, today),
        "asked": _asked(request, smelter),
        "history": smelter_history(smelter),
        "dependency": dependency,
        "dependants": dependency.dependants[:DEPENDANTS_SHOWN],
        "notes": [(note, can_withdraw_note(actor, note)) for note in notes],
        "note_form": note_form or NoteForm(),
        "certificates": [
            (line, policies.can_verify_certificate(actor, line.certificate))
            for line in certificate_lines(actor, smelter)
        ],
        "tasks": [(task, task_badge(task, today)) for task in tasks[:TASKS_SHOWN]],
        "may_write": policies.can_write_notes(actor),
        "today": today,
    }


def _known_on(smelter: Smelter, day: dt.date) -> dict[str, Any]:
    book = status_book(day)
    status = book.status_of(smelter.cid)
    listing = book.listing_of(smelter.cid)
    return {
        "day": day,
        "badge": smelter_badge(status),
        "meaning": status_meaning(status),
        "listing": listing,
        "list": book.rmap,
        "is_overdue": bool(listing and listing.due_on and listing.due_on < day),
    }


def _asked(request: SignedInRequest, smelter: Smelter) -> dict[str, Any] | None:
    """The status as of the day that is asked for; what is no day is told."""
    text = request.GET.get("on", "").strip()
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        return {"text": text[:20], "problem": _("This is no day.")}
    return {"text": day.isoformat(), **_known_on(smelter, day)}
