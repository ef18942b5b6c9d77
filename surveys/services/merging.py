"""Surveys of a duplicate go to the supplier that stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from core import clock
from core.services.activity import record_activity
from minerals.enums import DeclarationStatus
from minerals.models import Declaration
from suppliers.models import Supplier
from surveys.enums import CampaignState
from surveys.models import Participant

if TYPE_CHECKING:
    from accounts.models import User

MERGED = "Merged into %s"


@transaction.atomic
def move_participants(actor: User, keep_id: int, drop_id: int) -> int:
    """How many moved. Where both are asked in the same survey, the duplicate is taken out: it is
    asked once. Files being prepared go along. The caller has checked that the actor may."""
    own = set(Participant.objects.filter(supplier=keep_id).values_list("campaign_id", flat=True))
    rows = Participant.objects.select_for_update(of=("self",)).filter(supplier=drop_id)
    kept = Supplier.objects.get(pk=keep_id).code
    moved = 0
    for one in rows.select_related("campaign", "supplier__merged_into"):
        if one.campaign_id not in own:
            one.supplier_id = keep_id
            one.save(update_fields=["supplier"])
            moved += 1
        elif one.campaign.state != CampaignState.CLOSED and one.excluded_at is None:
            one.excluded_at = clock.now()
            one.exclude_reason = MERGED % kept
            one.save(update_fields=["excluded_at", "exclude_reason"])
            record_activity(
                actor,
                "survey.taken_out",
                one.supplier,
                survey=one.campaign_id,
                note=one.exclude_reason,
            )
    _move_drafts(keep_id, drop_id)
    return moved


def _move_drafts(keep_id: int, drop_id: int) -> None:
    known = Declaration.everything.filter(supplier=keep_id).values("workbook")
    drafts = Declaration.everything.filter(supplier=drop_id, status=DeclarationStatus.DRAFT)
    drafts.exclude(workbook__in=known).update(supplier=keep_id)
