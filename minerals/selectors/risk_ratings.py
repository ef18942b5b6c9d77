"""Ratings of suppliers as lists and pages read them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from django.utils.translation import ngettext

from core import clock
from core.badges import Badge
from core.errors import NotFound
from minerals.models import RiskEvent, RiskRating
from minerals.rules.risk.policy import LEVELS
from minerals.selectors.overrides import in_force, waiting
from minerals.selectors.risk_words import level_badge
from suppliers.models import MineralScope, Supplier

if TYPE_CHECKING:
    from accounts.models import User

# By the level, not by its letters.
RANK = Case(
    *(When(level=level, then=Value(place)) for place, level in enumerate(LEVELS)),
    default=Value(-1),
    output_field=IntegerField(),
)


def ratings_for(actor: User) -> QuerySet[RiskRating]:
    """All ratings the actor may see, old ones too, with what a list row shows. ``rank`` sorts by
    level; ``is_set``, ``is_asked``, ``has_event``: what people said about the supplier."""
    same = {"supplier": OuterRef("supplier")}
    found = RiskRating.objects.visible_to(actor).filter(supplier__merged_into=None)
    return found.select_related("supplier", "declaration", "policy", "smelter_list").annotate(
        rank=RANK,
        is_set=Exists(in_force(clock.today()).filter(**same)),
        is_asked=Exists(waiting().filter(**same)),
        has_event=Exists(RiskEvent.objects.filter(**same, ended_on=None)),
    )


def current_ratings(actor: User) -> QuerySet[RiskRating]:
    return ratings_for(actor).filter(is_current=True)


def held_on(ratings: QuerySet[RiskRating], day: dt.date) -> QuerySet[RiskRating]:
    """Of each supplier the rating that held on ``day``: the last one made on or before it."""
    made = RiskRating.objects.filter(supplier=OuterRef("supplier"), rated_on__lte=day)
    last = made.order_by("-rated_on", "-rated_at", "-pk").values("pk")[:1]
    return ratings.filter(pk=Subquery(last))


def rating_for(actor: User, rating_id: int) -> RiskRating:
    """NotFound when there is none or the actor may not see it."""
    found = ratings_for(actor).filter(pk=rating_id).first()
    if found is None:
        raise NotFound("risk_rating_not_found", N_("There is no such risk rating."))
    return found


def rating_on(supplier: Supplier, day: dt.date) -> RiskRating | None:
    """The one that held on ``day``."""
    rows = held_on(RiskRating.objects.filter(supplier=supplier), day)
    return rows.select_related("declaration", "policy", "smelter_list").first()


@dataclass(frozen=True, slots=True)
class LevelBar:
    """``url`` shows the suppliers of the level; ``width`` of 100 for the longest bar."""

    badge: Badge
    count: int
    width: int
    url: str


@dataclass(frozen=True, slots=True)
class LevelChart:
    """``title`` says the finding. ``unrated``: suppliers with minerals in scope and no rating, of
    today: what was in scope on another day is not kept."""

    title: str
    bars: tuple[LevelBar, ...]
    rated: int
    unrated: int
    provisional: int


def level_chart(actor: User, day: dt.date | None = None) -> LevelChart:
    """Of today, or of another day. Three queries."""
    every = RiskRating.objects.visible_to(actor).filter(supplier__merged_into=None)
    seen = every.filter(is_current=True) if day is None else held_on(every, day)
    rows = seen.order_by().values_list("level", "is_provisional").annotate(Count("pk"))
    counts = dict.fromkeys(reversed(LEVELS), 0)
    provisional = 0
    for level, is_provisional, count in rows:
        counts[level] += count
        provisional += count if is_provisional else 0
    return LevelChart(
        _chart_title(counts["high"], sum(counts.values())),
        tuple(_bar(level, count, max(counts.values()), day) for level, count in counts.items()),
        sum(counts.values()),
        _unrated(actor) if day is None else 0,
        provisional,
    )


def _chart_title(high: int, rated: int) -> str:
    if not rated:
        return _("No supplier is rated yet")
    if not high:
        return _("No supplier is at high risk")
    text = ngettext(
        "%(high)s of %(rated)s rated suppliers is at high risk",
        "%(high)s of %(rated)s rated suppliers are at high risk",
        high,
    )
    return text % {"high": f"{high:,}", "rated": f"{rated:,}"}


def _bar(level: str, count: int, longest: int, day: dt.date | None) -> LevelBar:
    url = f"{reverse('minerals:risk-list')}?level={level}" + (f"&on={day}" if day else "")
    width = round(count * 100 / longest) if longest else 0
    return LevelBar(level_badge(level), count, max(width, 1) if count else 0, url)


def _unrated(actor: User) -> int:
    scope = MineralScope.objects.filter(supplier=OuterRef("pk"))
    rated = RiskRating.objects.filter(supplier=OuterRef("pk"), is_current=True)
    living = Supplier.objects.visible_to(actor).living()
    return living.filter(Exists(scope), ~Exists(rated)).count()
