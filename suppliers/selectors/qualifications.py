"""Qualifications across suppliers: the rows of lists, those that run out."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from core import clock
from core.badges import Badge
from suppliers.enums import QualificationState, SupplierStatus
from suppliers.models import Qualification

if TYPE_CHECKING:
    from accounts.models import User

SOON = dt.timedelta(days=60)
IN_FORCE = (SupplierStatus.QUALIFIED, SupplierStatus.LIMITED)


def qualifications_for(actor: User) -> QuerySet[Qualification]:
    """Of suppliers the actor sees and that were not merged into another, with what a row shows."""
    seen = Qualification.objects.visible_to(actor).filter(supplier__merged_into=None)
    return seen.select_related("supplier", "category", "site")


def running_out(rows: QuerySet[Qualification]) -> QuerySet[Qualification]:
    """Approved ones that end within 60 days and have no later one for the same pair."""
    today = clock.today()
    newer = Qualification.objects.filter(
        Q(site=OuterRef("site")) | Q(site=None),
        supplier=OuterRef("supplier"),
        category=OuterRef("category"),
    ).filter(
        Q(state=QualificationState.IN_PROGRESS)
        | Q(state=QualificationState.APPROVED, valid_until__gt=OuterRef("valid_until"))
    )
    return rows.filter(
        ~Exists(newer),
        state=QualificationState.APPROVED,
        ended_on=None,
        valid_until__gte=today,
        valid_until__lte=today + SOON,
        supplier__status__in=IN_FORCE,
    )


def expired(rows: QuerySet[Qualification]) -> QuerySet[Qualification]:
    """Approved once, with a last day that has passed."""
    return rows.filter(state=QualificationState.APPROVED, valid_until__lt=clock.today())


def qualification_badge(row: Qualification, today: dt.date) -> Badge:
    label = str(row.get_state_display())
    if row.state == QualificationState.IN_PROGRESS:
        return Badge("progress", label, "")
    if row.state != QualificationState.APPROVED:
        return Badge("unknown", label, "")
    if row.valid_until and row.valid_until < today:
        return Badge("now", _("Expired"), "clock-exclamation")
    if row.valid_until and row.valid_until <= today + SOON:
        return Badge("soon", _("Expires soon"), "")
    return Badge("verified", label, "")
