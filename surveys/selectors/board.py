"""How far a survey is: participants by stage, the two response rates, by group, over time.

Response rate by what was received: participants whose every form was received since the survey
counts, of all that are asked (taken-out ones left out). By what was accepted: the same with every
form accepted, with exceptions or without (indicator CM-05 counts one of the two; say which).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Max, Q, QuerySet

from core import clock
from minerals.models import Declaration
from surveys.enums import Stage
from surveys.models import Campaign, Participant
from surveys.selectors.stages import with_stage

if TYPE_CHECKING:
    from accounts.models import User

RECEIVED = (Stage.SUBMITTED, Stage.VALID, Stage.ACCEPTED, Stage.CLARIFICATION)
SILENT = (Stage.ASKED, Stage.OPENED, Stage.STARTED)


@dataclass(frozen=True, slots=True)
class Rates:
    """Whole numbers; shares in percent, None where nobody is asked."""

    asked: int
    received: int
    accepted: int

    @property
    def received_share(self) -> float | None:
        return 100 * self.received / self.asked if self.asked else None

    @property
    def accepted_share(self) -> float | None:
        return 100 * self.accepted / self.asked if self.asked else None


@dataclass(frozen=True, slots=True)
class Board:
    """``stages``: how many stand in each; ``overdue``: silent ones past their date."""

    stages: dict[str, int]
    rates: Rates
    overdue: int
    unreachable: int

    @property
    def total(self) -> int:
        return sum(self.stages.values())


@dataclass(frozen=True, slots=True)
class GroupLine:
    """Participants of one category, buyer or country. ``value``: what the list is filtered by."""

    label: str
    value: str
    rates: Rates
    overdue: int


@dataclass(frozen=True, slots=True)
class Progress:
    """``received``: by day how many participants had answered everything, from the start to today;
    ``forecast``: the same to the due date, should it go on as in the last two weeks."""

    received: list[tuple[dt.date, int]] = field(default_factory=list)
    forecast: list[tuple[dt.date, int]] = field(default_factory=list)
    asked: int = 0


def participants_for(actor: User, campaign: Campaign) -> QuerySet[Any]:
    """Those the actor sees, with stage and what a row of the list shows."""
    rows = Participant.objects.visible_to(actor).filter(campaign=campaign)
    return with_stage(rows).select_related("supplier", "contact", "owner", "campaign")


def board_of(actor: User, campaign: Campaign) -> Board:
    """Two queries however many take part."""
    today = clock.today()
    rows = participants_for(actor, campaign).order_by().select_related(None)
    counts = rows.values("stage").annotate(
        count=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today))
    )
    stages = dict.fromkeys((stage.value for stage in Stage), 0)
    late = Counter[str]()
    for row in counts:
        stages[row["stage"]] = row["count"]
        late[row["stage"]] = row["late"]
    mute = Participant.objects.visible_to(actor).filter(
        Q(contact=None) | Q(contact__email=""), campaign=campaign, excluded_at=None
    )
    return Board(stages, rates_of(stages), sum(late[one] for one in SILENT), mute.count())


def rates_of(stages: dict[str, int]) -> Rates:
    asked = sum(stages.values()) - stages.get(Stage.EXCLUDED, 0)
    received = sum(stages.get(one, 0) for one in RECEIVED)
    return Rates(asked, received, stages.get(Stage.ACCEPTED, 0))


def groups_of(actor: User, campaign: Campaign, by: str) -> list[GroupLine]:
    """``by``: ``category``, ``buyer`` or ``country``; the largest first. One query. A supplier of
    several categories is in each of them."""
    path, label = {
        "category": ("supplier__categories__code", "supplier__categories__name"),
        "buyer": ("owner", "owner__name"),
        "country": ("supplier__country", "supplier__country"),
    }[by]
    today = clock.today()
    rows = participants_for(actor, campaign).order_by().select_related(None)
    counts = rows.values("stage", value=F(path), label=F(label)).annotate(
        count=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today))
    )
    found: dict[tuple[str, str], dict[str, int]] = {}
    overdue = Counter[tuple[str, str]]()
    for row in counts:
        key = (str(row["value"] or ""), str(row["label"] or ""))
        stages = found.setdefault(key, {})
        stages[row["stage"]] = stages.get(row["stage"], 0) + row["count"]
        if row["stage"] in SILENT:
            overdue[key] += row["late"]
    lines = [
        GroupLine(key[1], key[0], rates_of(stages), overdue[key]) for key, stages in found.items()
    ]
    return sorted(lines, key=lambda line: (-line.rates.asked, line.label))


def progress_of(actor: User, campaign: Campaign) -> Progress:
    """When each participant's last form came; a straight line on from the last two weeks."""
    if campaign.started_on is None:
        return Progress()
    rows = participants_for(actor, campaign).exclude(stage=Stage.EXCLUDED)
    asked = rows.count()
    done = rows.filter(stage__in=RECEIVED).order_by().values_list("supplier_id", flat=True)
    days = _days_received(campaign, done)
    end = min(clock.today(), campaign.closed_on or clock.today())
    return _progress(days, campaign.started_on, end, campaign.due_on, asked)


def _days_received(campaign: Campaign, suppliers: Iterable[int]) -> list[dt.date]:
    families = list(campaign.forms.values_list("family", flat=True))
    found = Declaration.objects.filter(
        supplier__in=suppliers, family__in=families, received_at__date__gte=campaign.counts_from
    )
    last = found.order_by().values("supplier").annotate(at=Max("received_at"))
    return sorted(clock.day_of(row["at"]) for row in last)


def _progress(
    days: list[dt.date], start: dt.date, end: dt.date, due: dt.date, asked: int
) -> Progress:
    so_far = Counter(max(day, start) for day in days)
    received, total = [], 0
    for offset in range((end - start).days + 1):
        day = start + dt.timedelta(days=offset)
        total += so_far[day]
        received.append((day, total))
    window = [count for day, count in received if day >= end - dt.timedelta(days=14)]
    pace = (window[-1] - window[0]) / max(1, len(window) - 1) if window else 0.0
    ahead = range(1, (due - end).days + 1)
    forecast = [
        (end + dt.timedelta(days=one), min(asked, round(total + pace * one))) for one in ahead
    ]
    return Progress(received, forecast, asked)
