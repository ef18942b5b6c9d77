"""Categories shared by pages, API and services."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet
from django.utils.translation import gettext_noop as N_

from core.errors import NotFound
from suppliers.enums import ApprovalKind, ApprovalState
from suppliers.models import Approval, Category


def category_for(category_id: int, *, locked: bool = False) -> Category:
    """Everybody may know the tree. Errors: category_not_found."""
    rows = Category.objects.select_related("parent")
    if locked:
        rows = rows.select_for_update(of=("self",))
    found = rows.filter(pk=category_id).first()
    if found is None:
        raise NotFound("category_not_found", N_("There is no such category."))
    return found


def open_waivers(category_ids: Collection[int]) -> QuerySet[Approval]:
    """Requests for a waiver of one of the categories that wait for a decision."""
    return Approval.objects.filter(
        kind=ApprovalKind.WAIVE,
        state=ApprovalState.OPEN,
        payload__category_id__in=list(category_ids),
    )
