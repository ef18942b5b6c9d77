"""Suppliers removed after a mitigation, by year and reason: the count behind CM-08."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.db.models.functions import ExtractYear

from minerals.models import MitigationPlan
from suppliers.enums import ReasonCode
from suppliers.models import StatusChange
from suppliers.workflow import ENDED

if TYPE_CHECKING:
    from accounts.models import User

REASONS = (ReasonCode.MINERALS, ReasonCode.REFUSAL)


@dataclass(frozen=True, slots=True)
class RemovalCount:
    """``count``: distinct suppliers removed in ``year`` for ``reason``."""

    year: int
    reason: str
    count: int

    @property
    def reason_label(self) -> str:
        return str(ReasonCode(self.reason).label)


def removals(actor: User) -> QuerySet[StatusChange]:
    """Decisions that ended the cooperation for conflict minerals or a refusal, of suppliers whose
    mitigation had been opened before; with who asked and who decided."""
    tried = MitigationPlan.objects.filter(
        supplier=OuterRef("supplier"), opened_on__lte=OuterRef("at__date")
    )
    found = StatusChange.objects.visible_to(actor).filter(
        Exists(tried), to_status__in=ENDED, reason_code__in=REASONS
    )
    return found.select_related("supplier", "approval__requested_by", "approval__decided_by")


def removal_counts(actor: User) -> list[RemovalCount]:
    """The newest year first; a supplier removed twice in a year counts once a reason."""
    found = (
        removals(actor)
        .order_by()
        .annotate(year=ExtractYear("at"))
        .values("year", reason=F("reason_code"))
        .annotate(count=Count("supplier", distinct=True))
        .order_by("-year", "reason")
    )
    return [RemovalCount(row["year"], row["reason"], row["count"]) for row in found]
