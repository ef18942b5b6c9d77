"""How far a survey is: participants by stage, the two response rates, the funnel, by group.

Response rate by what was received: participants whose every form was received since the survey
counts, of all that are asked (taken-out ones left out). By what was accepted: the same with every
form accepted, with exceptions or without (indicator CM-05 counts one of the two; say which).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from accounts.models import User
from core import clock
from suppliers.models import Supplier
from surveys.enums import Stage
from surveys.models import Campaign, Participant
from surveys.selectors.mails import with_bounced
from surveys.selectors.stages import RECEIVED, SILENT, with_stage


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
class Standing:
    """Where one participant stands; ``supplier``, ``owner``, ``campaign``: keys."""

    supplier: int
    stage: str
    due_on: dt.date
    owner: int | None
    country: str
    campaign: int

    def is_late(self, today: dt.date) -> bool:
        return self.stage in SILENT and self.due_on < today


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


def standings_of(actor: User, campaign: Campaign) -> list[Standing]:
    """Everybody whom the actor sees; one query for all that the board counts."""
    rows = with_stage(Participant.objects.visible_to(actor).filter(campaign=campaign)).order_by()
    names = (
        "supplier_id", "stage", "due_on", "owner_id", "supplier__country", "campaign_id",
    )  # fmt: skip
    return [Standing(*row) for row in rows.values_list(*names)]


def board_of(actor: User, campaign: Campaign, standings: Sequence[Standing] | None = None) -> Board:
    """Three queries however many take part; two with the ``standings``."""
    today = clock.today()
    stages = dict.fromkeys((stage.value for stage in Stage), 0)
    overdue = 0
    for one in standings_of(actor, campaign) if standings is None else standings:
        stages[one.stage] += 1
        overdue += one.is_late(today)
    seen = Participant.objects.visible_to(actor).filter(campaign=campaign, excluded_at=None)
    mute = seen.filter(Q(contact=None) | Q(contact__email=""))
    came_back = with_bounced(seen).filter(bounced=True)
    return Board(stages, rates_of(stages), overdue, mute.count(), came_back.count())


def rates_by_campaign(actor: User, campaigns: Iterable[Campaign]) -> dict[int, Rates]:
    """Of several surveys in one query."""
    rows = with_stage(
        Participant.objects.visible_to(actor).filter(campaign__in=list(campaigns))
    ).order_by()
    stages: dict[int, Counter[str]] = {}
    for key, stage in rows.values_list("campaign_id", "stage"):
        stages.setdefault(key, Counter())[stage] += 1
    return {key: rates_of(found) for key, found in stages.items()}


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


def rates_of(stages: Mapping[str, int]) -> Rates:
    asked = sum(stages.values()) - stages.get(Stage.EXCLUDED, 0)
    received = sum(stages.get(one, 0) for one in RECEIVED)
    return Rates(asked, received, stages.get(Stage.ACCEPTED, 0))


def groups_of(
    actor: User, campaign: Campaign, by: str, standings: Sequence[Standing] | None = None
) -> list[GroupLine]:
    """``by``: ``category``, ``buyer`` or ``country``; the largest first. A supplier of several
    categories is in each of them. Two queries at most; one with the ``standings``."""
    listed = standings_of(actor, campaign) if standings is None else standings
    today = clock.today()
    names, keys_of = _grouping(by, listed)
    found: dict[str, Counter[str]] = {}
    overdue = Counter[str]()
    for one in listed:
        for key in keys_of(one):
            found.setdefault(key, Counter())[one.stage] += 1
            overdue[key] += one.is_late(today)
    lines = [
        GroupLine(names.get(key, ""), _group_query(by, key), rates_of(stages), overdue[key])
        for key, stages in found.items()
    ]
    return sorted(lines, key=lambda line: (-line.rates.asked, line.label))


def _grouping(
    by: str, listed: Sequence[Standing]
) -> tuple[dict[str, str], Callable[[Standing], Iterable[str]]]:
    """Names of the groups by key, and in which of them a supplier is; the empty key for none."""
    if by == "country":
        codes = {one.country for one in listed if one.country}
        return {code: str(countries.name(code)) for code in codes}, lambda one: (one.country or "",)
    if by == "buyer":
        people = User.objects.in_bulk({one.owner for one in listed if one.owner})
        names = {str(key): str(person) for key, person in people.items()}
        return names, lambda one: (str(one.owner or ""),)
    own: dict[int, list[str]] = {}
    titles: dict[str, str] = {}
    rows = Supplier.categories.through.objects.filter(
        supplier__surveys__campaign__in={one.campaign for one in listed}
    ).order_by()
    for supplier, code, name in rows.values_list("supplier", "category__code", "category__name"):
        own.setdefault(supplier, []).append(code)
        titles[code] = name
    return titles, lambda one: own.get(one.supplier, [""])


def _group_query(by: str, value: str) -> str:
    name = {"buyer": "owner"}.get(by, by)
    if not value:
        return "owner=none" if by == "buyer" else ""
    return urlencode({name: value})
