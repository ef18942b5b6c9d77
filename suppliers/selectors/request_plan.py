"""Who would be asked to sign what, and who would not and why: shown before anything is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from suppliers.models import DocumentVersion, Supplier
from suppliers.selectors.commitment_words import SKIP_WORDS
from suppliers.selectors.commitments import Commitment, Standing, standings
from suppliers.selectors.recipients import reachable
from suppliers.workflow import LEFT

# These are in order already, or on their way.
SKIPPED_STATES = ("not_required", "signed", "to_check")


@dataclass(frozen=True, slots=True)
class Asked:
    """``is_reachable``: somebody of the supplier can sign in."""

    supplier: Supplier
    versions: list[DocumentVersion]
    is_reachable: bool


@dataclass(frozen=True, slots=True)
class Skipped:
    supplier: Supplier
    standing: Standing
    reason: str

    @property
    def words(self) -> str:
        return str(SKIP_WORDS[self.reason])


@dataclass(slots=True)
class RequestPlan:
    asked: list[Asked] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    @property
    def request_count(self) -> int:
        return sum(len(one.versions) for one in self.asked)

    @property
    def unreachable(self) -> list[Supplier]:
        return [one.supplier for one in self.asked if not one.is_reachable]


def request_plan(suppliers: Sequence[Supplier], commitments: Sequence[Commitment]) -> RequestPlan:
    """Four queries however many suppliers and documents there are."""
    rows = standings(suppliers, commitments)
    within_reach = reachable(suppliers)
    plan = RequestPlan()
    for supplier in suppliers:
        versions = []
        for standing in rows[supplier.pk]:
            reason = skip_reason(supplier, standing)
            if reason or standing.version is None:
                plan.skipped.append(Skipped(supplier, standing, reason or "no_version"))
            else:
                versions.append(standing.version)
        if versions:
            plan.asked.append(Asked(supplier, versions, supplier.pk in within_reach))
    return plan


def skip_reason(supplier: Supplier, standing: Standing) -> str:
    """Empty when the supplier is to be asked."""
    if supplier.merged_into_id or supplier.status in LEFT:
        return "left"
    if standing.version is None:
        return "no_version"
    if standing.is_asked:
        return "overdue" if standing.state == "overdue" else "requested"
    return standing.state if standing.state in SKIPPED_STATES else ""
