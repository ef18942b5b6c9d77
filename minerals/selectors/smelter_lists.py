"""Reads of smelter lists shared by pages, API and services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as N_

from core.errors import NotFound
from core.models import Job
from minerals.enums import JobKind
from minerals.models import Declaration, SmelterLine, SmelterList, SmelterListing
from minerals.policies.lists import require_view_lists
from minerals.rules.normalise import cid_key
from minerals.rules.smelter_list.differences import (
    KINDS,
    Change,
    changes,
    counts,
    holds,
    same_content,
)
from minerals.rules.smelter_list.entries import ListEntry
from minerals.rules.smelter_list.problems import HOLDS
from minerals.selectors.smelter_status import list_before
from suppliers.selectors.day_words import day_words

if TYPE_CHECKING:
    from accounts.models import User

_FIELDS = (
    "row", "cid", "metal", "name", "country", "status", "status_text", "last_audit_on",
    "cycle_text", "cycle_years", "due_on",
)  # fmt: skip


def lists_for(actor: User) -> QuerySet[SmelterList]:
    """Newest first. Raises NotAllowed."""
    require_view_lists(actor)
    return SmelterList.objects.select_related("uploaded_by", "confirmed_by")


def list_for(actor: User, list_id: int, *, locked: bool = False) -> SmelterList:
    """Raises NotAllowed; NotFound when there is none."""
    require_view_lists(actor)
    rows = SmelterList.objects.filter(pk=list_id)
    found = (rows.select_for_update() if locked else rows.select_related("uploaded_by")).first()
    if found is None:
        raise NotFound("smelter_list_not_found", N_("There is no such smelter list."))
    return found


def newest_job(smelter_list: SmelterList) -> Job | None:
    """The job that reads it, or did so last."""
    jobs = Job.objects.about(smelter_list).filter(kind=JobKind.SMELTER_LIST)
    return jobs.order_by("-created_at").first()


def entries_of(smelter_list: SmelterList) -> dict[str, ListEntry]:
    rows = SmelterListing.objects.filter(list=smelter_list).order_by("row")
    return {cid_key(row[1]): ListEntry(*row) for row in rows.values_list(*_FIELDS)}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A list beside the one it follows. ``facts`` is what ``SmelterList.differences`` keeps: counts
    by kind, ``against`` and ``before_count`` of the list before, ``same_as``: the list that says
    the very same; ``newest_on`` and ``until`` where it is older than the newest one."""

    found: list[Change]
    held_for: list[str]
    facts: dict[str, Any]


def comparison_of(smelter_list: SmelterList) -> Comparison:
    """A few queries, whatever the number of smelters."""
    now = entries_of(smelter_list)
    # While no column is recognised nothing can be said.
    base = list_before(smelter_list) if now else None
    before = entries_of(base) if base is not None else {}
    found = changes(before, now) if base is not None else []
    numbers = counts(found)
    newest_on, next_on = _later(smelter_list)
    same = base if base is not None and same_content(before, now) else _same_file(smelter_list)
    facts: dict[str, Any] = {
        **numbers,
        "against": base.pk if base else None,
        "before_count": len(before),
        "same_as": same.pk if same else None,
    }
    if next_on is not None and newest_on is not None:
        until = next_on - dt.timedelta(days=1)
        facts |= {"newest_on": newest_on.isoformat(), "until": until.isoformat()}
    held = holds(numbers["gone"], len(before), smelter_list.listed_on, newest_on)
    return Comparison(found, held, facts)


def _later(smelter_list: SmelterList) -> tuple[dt.date | None, dt.date | None]:
    """The day of the newest list of the source, and of the next one after this list."""
    others = _others(smelter_list).values_list("listed_on", flat=True)
    days = sorted(set(others))
    after = [day for day in days if day > smelter_list.listed_on]
    return (days[-1] if days else None), (after[0] if after else None)


def _same_file(smelter_list: SmelterList) -> SmelterList | None:
    """A list in force that was read from the very same bytes."""
    if smelter_list.workbook_id is None:
        return None
    return _others(smelter_list).filter(workbook_id=smelter_list.workbook_id).first()


def _others(smelter_list: SmelterList) -> QuerySet[SmelterList]:
    """Of the same source and in force; a real list knows no invented ones."""
    found = SmelterList.objects.in_force().filter(source=smelter_list.source)
    if not smelter_list.is_demo:
        found = found.filter(is_demo=False)
    return found.exclude(pk=smelter_list.pk)


def list_compared(smelter_list: SmelterList) -> SmelterList | None:
    """The list that ``differences`` were counted against."""
    return _by_key(smelter_list.differences.get("against"))


def list_of_same_content(smelter_list: SmelterList) -> SmelterList | None:
    return _by_key(smelter_list.differences.get("same_as"))


def _by_key(key: int | None) -> SmelterList | None:
    return SmelterList.objects.filter(pk=key).first() if key else None


def changes_of(smelter_list: SmelterList, kind: str = "") -> list[Change]:
    """What differs from the list it was compared with; ``kind``: only these."""
    base = list_compared(smelter_list)
    if base is None:
        return []
    found = changes(entries_of(base), entries_of(smelter_list))
    return [change for change in found if kind not in KINDS or change.kind == kind]


def hold_reasons(smelter_list: SmelterList) -> list[str]:
    """Why it waits for a confirmation, as sentences."""
    facts = smelter_list.differences
    before = facts.get("before_count") or 0
    params = {
        "gone": facts.get("gone", 0),
        "count": before,
        "percent": round(100 * facts.get("gone", 0) / before) if before else 0,
        "newest": _day(facts, "newest_on"),
        "until": _day(facts, "until"),
        "listed": day_words(smelter_list.listed_on),
    }
    return [gettext(HOLDS[code]) % params for code in smelter_list.held_for if code in HOLDS]


def _day(facts: Mapping[str, Any], name: str) -> str:
    text = facts.get(name)
    return day_words(dt.date.fromisoformat(text)) if text else "–"


def suppliers_naming(found: list[Change]) -> int:
    """How many suppliers name, in current declarations, a smelter that is gone or has another
    status: those whom the list would touch."""
    touched = {each.entry.cid for each in found if each.kind in ("gone", "status")}
    if not touched:
        return 0
    current = Declaration.objects.current().filter(supplier__isnull=False)
    rows = SmelterLine.objects.filter(matched_cid__in=touched, declaration__in=current)
    return rows.values("declaration__supplier").order_by().distinct().count()
