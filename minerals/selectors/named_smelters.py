"""Which smelters suppliers name: in their current declarations, but for rows that are not ours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from minerals.enums import ProductLink, ReviewState
from minerals.models import Declaration, SmelterLine
from minerals.models.declaration import CURRENT
from minerals.rules.normalise import cid_key
from suppliers.models import Supplier
from suppliers.workflow import LEFT

if TYPE_CHECKING:
    from accounts.models import User


def counting(of: str = "") -> Q:
    """Declarations, or what belongs to them (``of``: ``declaration__``): current, not rejected, of
    suppliers that are still with us."""
    current = Q(**{f"{of}status__in": CURRENT}) & ~Q(**{f"{of}review": ReviewState.REJECTED})
    owned = Q(**{f"{of}supplier__isnull": False, f"{of}supplier__merged_into": None})
    return current & owned & ~Q(**{f"{of}supplier__status__in": LEFT})


def counting_declarations() -> QuerySet[Declaration]:
    return Declaration.objects.filter(counting()).order_by()


def counting_lines() -> QuerySet[SmelterLine]:
    """Rows recognised as a smelter that nobody said is not in our products."""
    lines = SmelterLine.objects.filter(counting("declaration__")).exclude(matched_cid="")
    return lines.exclude(link=ProductLink.EXCLUDED).order_by()


def lines_seen_by(actor: User) -> QuerySet[SmelterLine]:
    """The same, of suppliers that the actor sees."""
    return of_seen(actor, counting_lines())


def of_seen(actor: User, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of rows of declarations those of suppliers the actor sees."""
    seen = Supplier.objects.visible_to(actor)
    # Who sees all needs no question per row.
    return rows.filter(declaration__supplier__in=seen) if seen.query.has_filters() else rows


def named_by(supplier_ids: Iterable[int]) -> dict[int, set[str]]:
    """The smelter IDs each of the suppliers names; one query."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    lines = counting_lines().filter(declaration__supplier__in=list(supplier_ids))
    for supplier_id, cid in lines.values_list("declaration__supplier_id", "matched_cid"):
        found[supplier_id].add(cid_key(cid))
    return found
