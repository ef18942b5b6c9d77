"""Saved views of lists: one's own and those that colleagues share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_noop as N_

from core.errors import NotFound
from suppliers.models import SavedView

if TYPE_CHECKING:
    from accounts.models import User

SUPPLIERS = "suppliers"


def views_for(actor: User, list_name: str) -> list[SavedView]:
    """One's own first, then the shared ones of others by name."""
    offered = SavedView.objects.filter(list_name=list_name)
    if actor.is_internal:
        offered = offered.filter(Q(owner=actor) | Q(is_shared=True))
    else:
        offered = offered.none()
    found = list(offered.select_related("owner").order_by("name", "pk"))
    return sorted(found, key=lambda view: view.owner_id != actor.pk)


def own_view(actor: User, view_id: int) -> SavedView:
    """Locked. Errors: saved_view_not_found, also for one that a colleague shares."""
    found = SavedView.objects.select_for_update().filter(owner=actor, pk=view_id).first()
    if found is None:
        raise NotFound(
            "saved_view_not_found",
            N_("There is no such view, or it belongs to a colleague; save a copy of your own."),
        )
    return found
