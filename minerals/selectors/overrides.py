"""Levels of risk that people set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop as N_

from core.errors import NotFound
from minerals.models import LevelOverride
from minerals.rules.risk.level import final_level
from minerals.rules.risk.policy import Level

if TYPE_CHECKING:
    from accounts.models import User


def in_force(day: dt.date) -> QuerySet[LevelOverride]:
    """Granted, not ended and not past their date; the newest first."""
    lasting = Q(valid_until=None) | Q(valid_until__gte=day)
    rows = LevelOverride.objects.filter(lasting, is_granted=True, ended_at=None)
    return rows.order_by("-decided_at", "-pk")


def overrides_in_force(
    day: dt.date, suppliers: Iterable[int] | None = None
) -> dict[int, LevelOverride]:
    """Of each supplier (of these) that has one, by its key; one query."""
    newest: dict[int, LevelOverride] = {}
    rows = in_force(day)
    for row in rows if suppliers is None else rows.filter(supplier__in=list(suppliers)):
        newest.setdefault(row.supplier_id, row)
    return newest


def level_with(override: LevelOverride | None, computed: Level) -> Level:
    """The level that counts."""
    if override is None:
        return computed
    return final_level(computed, cast("Level", override.level), override.is_lowering)


def waiting() -> QuerySet[LevelOverride]:
    """Lowerings that nobody has decided or withdrawn."""
    return LevelOverride.objects.filter(is_lowering=True, decided_at=None, ended_at=None)


def overrides_for(actor: User) -> QuerySet[LevelOverride]:
    seen = LevelOverride.objects.visible_to(actor)
    return seen.select_related("supplier", "requested_by", "decided_by")


def override_for(actor: User, override_id: int, *, locked: bool = False) -> LevelOverride:
    """NotFound when there is none or the actor may not see it."""
    rows = overrides_for(actor)
    if locked:
        rows = rows.select_for_update(of=("self",))
    found = rows.filter(pk=override_id).first()
    if found is None:
        raise NotFound("risk_override_not_found", N_("There is no such level set by people."))
    return found
