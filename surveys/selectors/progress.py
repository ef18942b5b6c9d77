"""How the answers came in: by day, a forecast, and the same of the survey before."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Min

from core import clock
from minerals.enums import DeclarationStatus
from minerals.models import Declaration
from surveys.enums import CampaignState, Stage
from surveys.models import Campaign, Participant, ParticipantForm
from surveys.selectors.board import Rates, Standing, board_of, standings_of
from surveys.selectors.stages import RECEIVED, with_stage

if TYPE_CHECKING:
    from accounts.models import User

WIDTH, HEIGHT, BASE = 960, 220, 190
PACE_DAYS = 14


@dataclass(frozen=True, slots=True)
class Progress:
    """``received``: by day how many participants had answered everything, from the start to today;
    ``forecast``: the same to the due date, should it go on as in the last two weeks."""

    received: list[tuple[dt.date, int]] = field(default_factory=list)
    forecast: list[tuple[dt.date, int]] = field(default_factory=list)
    asked: int = 0


@dataclass(frozen=True, slots=True)
class ProgressChart:
    """Paths in a picture of ``WIDTH`` by ``HEIGHT``, whole height = everybody asked; ``rows``: the
    table of it, one line a week with what was received, expected, and received the year before by
    the same day (shares in percent, None where nothing is known)."""

    path: str
    forecast: str
    before: str
    due_x: float
    start: dt.date
    end: dt.date
    expected: int | None
    rows: list[tuple[dt.date, int | None, int | None, float | None]]


@dataclass(frozen=True, slots=True)
class Before:
    """The survey before this one: its result, and how far it was so many days after its start."""

    campaign: Campaign
    rates: Rates
    same_day: float | None
    progress: Progress


def received_days(campaign: Campaign) -> dict[int, dt.date]:
    """By supplier the day on which the last of its forms had come for the first time; of those
    that have answered everything. Three queries."""
    if campaign.state == CampaignState.CLOSED:
        rows = campaign.participants.exclude(received_on=None).order_by()
        return {key: day for key, day in rows.values_list("supplier_id", "received_on") if day}
    answered = with_stage(Participant.objects.filter(campaign=campaign)).filter(stage__in=RECEIVED)
    return _days_of(campaign, set(answered.order_by().values_list("supplier_id", flat=True)))


def _days_of(campaign: Campaign, keys: set[int]) -> dict[int, dt.date]:
    first = _first_days(campaign, keys)
    found: dict[int, dt.date] = {}
    forms = ParticipantForm.objects.filter(participant__campaign=campaign).order_by()
    for key, family in forms.values_list("participant__supplier_id", "family"):
        day = first.get((key, family))
        if key in keys and day is not None:
            found[key] = max(day, found.get(key, day))
    return found


def _first_days(campaign: Campaign, suppliers: set[int]) -> dict[tuple[int, str], dt.date]:
    rows = (
        Declaration.objects.filter(
            supplier__surveys__campaign=campaign, received_at__date__gte=campaign.counts_from
        )
        .exclude(status=DeclarationStatus.UNREADABLE)
        .order_by()
        .values("supplier_id", "family")
        .annotate(at=Min("received_at"))
    )
    return {
        (row["supplier_id"], row["family"]): clock.day_of(row["at"])
        for row in rows
        if row["supplier_id"] in suppliers
    }


def progress_of(
    actor: User, campaign: Campaign, standings: Sequence[Standing] | None = None
) -> Progress:
    """Of the participants that the actor sees."""
    if campaign.started_on is None:
        return Progress()
    listed = standings_of(actor, campaign) if standings is None else standings
    stages = {one.supplier: one.stage for one in listed if one.stage != Stage.EXCLUDED}
    if campaign.state == CampaignState.CLOSED:
        found = {key: day for key, day in received_days(campaign).items() if key in stages}
    else:
        found = _days_of(campaign, {key for key, one in stages.items() if one in RECEIVED})
    days = sorted(found.values())
    end = min(clock.today(), campaign.closed_on or clock.today())
    return _progress(days, campaign.started_on, end, campaign, len(stages))


def _progress(
    days: list[dt.date], start: dt.date, end: dt.date, campaign: Campaign, asked: int
) -> Progress:
    so_far = Counter(min(max(day, start), end) for day in days)
    received, total = [], 0
    for offset in range((end - start).days + 1):
        day = start + dt.timedelta(days=offset)
        total += so_far[day]
        received.append((day, total))
    if not campaign.is_running:
        return Progress(received, [], asked)
    window = [count for day, count in received if day >= end - dt.timedelta(days=PACE_DAYS)]
    pace = (window[-1] - window[0]) / max(1, len(window) - 1) if window else 0.0
    ahead = range(1, (campaign.due_on - end).days + 1)
    forecast = [
        (end + dt.timedelta(days=one), min(asked, round(total + pace * one))) for one in ahead
    ]
    return Progress(received, forecast, asked)


def before_of(actor: User, campaign: Campaign) -> Before | None:
    """The last survey of an earlier year. Its result is what it was when it was closed."""
    earlier = Campaign.objects.visible_to(actor).filter(year__lt=campaign.year)
    found = earlier.exclude(state=CampaignState.DRAFT).order_by("-year", "-pk").first()
    if found is None or campaign.started_on is None:
        return None
    end = min(clock.today(), campaign.closed_on or clock.today())
    standings = standings_of(actor, found)
    progress = progress_of(actor, found, standings)
    same = _share_after(progress, (end - campaign.started_on).days)
    return Before(found, board_of(actor, found, standings).rates, same, progress)


def _share_after(progress: Progress, days: int) -> float | None:
    if not progress.asked or not progress.received:
        return None
    _day, count = progress.received[min(days, len(progress.received) - 1)]
    return 100 * count / progress.asked


def chart_of(progress: Progress, campaign: Campaign, before: Before | None) -> ProgressChart | None:
    """None where nothing can be drawn yet."""
    if not progress.received or not progress.asked:
        return None
    start = progress.received[0][0]
    last = [*progress.received, *progress.forecast][-1][0]
    end = max(last, campaign.due_on)
    span = max(1, (end - start).days)
    old = before.progress if before else Progress()

    def x_of(day: dt.date) -> float:
        return round(WIDTH * (day - start).days / span, 1)

    def path(points: list[tuple[dt.date, int]], asked: int) -> str:
        shown = [f"{x_of(day)} {round(BASE * (1 - count / asked), 1)}" for day, count in points]
        return "M" + " L".join(shown) if len(shown) > 1 else ""

    moved = [(start + dt.timedelta(days=at), count) for at, (_d, count) in enumerate(old.received)]
    moved = [one for one in moved if one[0] <= end]
    return ProgressChart(
        path(progress.received, progress.asked),
        path([progress.received[-1], *progress.forecast], progress.asked),
        path(moved, old.asked) if old.asked else "",
        x_of(campaign.due_on),
        start,
        end,
        progress.forecast[-1][1] if progress.forecast else None,
        _weekly(progress, old, start, end),
    )


def _weekly(
    progress: Progress, old: Progress, start: dt.date, end: dt.date
) -> list[tuple[dt.date, int | None, int | None, float | None]]:
    received, forecast = dict(progress.received), dict(progress.forecast)
    days = [start + dt.timedelta(days=at) for at in range(0, (end - start).days + 1, 7)]
    if days[-1] != end:
        days.append(end)
    return [
        (
            day,
            received.get(day),
            forecast.get(day),
            _share_after(old, (day - start).days),
        )
        for day in days
    ]
