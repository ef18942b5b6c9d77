"""Installed templates as pages show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_noop as N_

from core.errors import NotFound
from minerals.models import ReferenceSnapshot
from minerals.policies.declarations import can_view_declarations
from minerals.selectors.reference import snapshots_in_force

if TYPE_CHECKING:
    from accounts.models import User


def snapshots_for(actor: User) -> QuerySet[ReferenceSnapshot]:
    """Every installed template for our own people, the forms in force for suppliers' contacts."""
    found = ReferenceSnapshot.objects.select_related("workbook", "installed_by")
    if actor.is_internal:
        return found
    if not can_view_declarations(actor):
        return found.none()
    return found.filter(pk__in=[snapshot.pk for snapshot in snapshots_in_force()])


def snapshot_for(actor: User, snapshot_id: int) -> ReferenceSnapshot:
    """One installed template. NotFound when the actor may not see it."""
    snapshot = snapshots_for(actor).filter(pk=snapshot_id).first()
    if snapshot is None:
        raise NotFound("snapshot_not_found", N_("There is no such template."))
    return snapshot


def smelters_by_metal(snapshot: ReferenceSnapshot) -> list[tuple[str, int]]:
    """``(metal, smelters)`` in the order of the alphabet."""
    smelters = Count("cid", distinct=True, filter=~Q(cid=""))
    found = snapshot.entries.order_by("metal").values("metal").annotate(smelters=smelters)
    return [(row["metal"], row["smelters"]) for row in found]
