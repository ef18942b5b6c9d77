"""Mines that suppliers name in their declarations."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db.models import QuerySet

from minerals.models import MineLine
from minerals.selectors.named_smelters import counting, of_seen

if TYPE_CHECKING:
    from accounts.models import User


def mines_for(actor: User) -> QuerySet[MineLine]:
    """Of current declarations of suppliers the actor sees; one query with the supplier."""
    rows = of_seen(actor, MineLine.objects.filter(counting("declaration__")))
    return cast("QuerySet[MineLine]", rows.select_related("declaration__supplier").order_by())
