"""How far a survey is: participants by stage, the two response rates, the funnel, by group.

Response rate by what was received: participants whose every form was received since the survey
counts, of all that are asked (taken-out ones left out). By what was accepted: the same with every
form accepted, with exceptions or without (indicator CM-05 counts one of the two; say which).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from core import clock
from surveys.enums import Stage
from surveys.models import Campaign, Participant
from surveys.selectors.mails import with_bounced
from surveys.selectors.stages import RECEIVED, SILENT, with_stage

if TYPE_CHECKING:
    from accounts.models import User


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
    """``stages``: how many stand in each; ``overdue``: silent ones past their date;
    ``unreachable``: nobody to write to; ``bounced``: the mail to the contact came back."""

    stages: dict[str, int]
    rates: Rates
    overdue: int
    unreachable: int
    bounced: int

    @property
    def total(self) -> int:
        return sum(self.stages.values())


@dataclass(frozen=True, slots=True)
class GroupLine:
    """Participants of one category, buyer or country. ``query``: what the list is filtered by;
    empty where nothing names them."""

    label: str
    query: str
    rates: Rates
    overdue: int


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """``count`` of those that have come so far, or farther; ``width`` in percent of the asked;
    ``code``: what the list is filtered by."""

    code: str
    label: str
    count: int
    width: float


# How far, by code of the list's filter: everybody who has reached it.
REACHED: dict[str, tuple[Stage, ...]] = {
    "opened": (Stage.OPENED, Stage.STARTED, *RECEIVED),
    "started": (Stage.STARTED, *RECEIVED),
    "received": RECEIVED,
    "valid": (Stage.VALID, Stage.ACCEPTED),
    "accepted": (Stage.ACCEPTED,),
}
REACHED_WORDS = {
    "asked": Stage.ASKED.label,
    "opened": _("Opened the request"),
    "started": Stage.STARTED.label,
    "received": _("Everything received"),
    "valid": Stage.VALID.label,
    "accepted": Stage.ACCEPTED.label,
}


def participants_for(actor: User, campaign: Campaign) -> Any:
    """Those the actor sees, with stage and what a row of the list shows."""
    rows = Participant.objects.visible_to(actor).filter(campaign=campaign)
    found = with_bounced(with_stage(rows))
    return found.select_related("supplier", "contact", "owner", "campaign")


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
    came_back = with_bounced(mute.model.objects.visible_to(actor)).filter(
        campaign=campaign, excluded_at=None, bounced=True
    )
    return Board(
        stages,
        rates_of(stages),
        sum(late[one] for one in SILENT),
        mute.count(),
        came_back.count(),
    )


def funnel_of(board: Board) -> list[FunnelStep]:
    """From the asked to the accepted. Taken-out ones are not counted."""
    asked = board.rates.asked
    counts = {"asked": asked} | {
        code: sum(board.stages[one] for one in stages) for code, stages in REACHED.items()
    }
    return [
        FunnelStep(code, str(words), counts[code], 100 * counts[code] / asked if asked else 0)
        for code, words in REACHED_WORDS.items()
    ]


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
        GroupLine(_group_label(by, key), _group_query(by, key[0]), rates_of(stages), overdue[key])
        for key, stages in found.items()
    ]
    return sorted(lines, key=lambda line: (-line.rates.asked, line.label))


def _group_label(by: str, key: tuple[str, str]) -> str:
    if by == "country" and key[0]:
        return str(countries.name(key[0]))
    return key[1]


def _group_query(by: str, value: str) -> str:
    name = {"buyer": "owner"}.get(by, by)
    if not value:
        return "owner=none" if by == "buyer" else ""
    return urlencode({name: value})
