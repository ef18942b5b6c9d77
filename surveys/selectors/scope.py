"""Whom a survey would ask, or asked: candidates from the records, decisions by ``rules.scope``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.db.models import Q

from core import clock
from minerals.enums import RiskLevel
from minerals.models import RiskRating
from suppliers.enums import SupplierStatus
from suppliers.models import AnnualSpend, MineralScope, StatusChange, Supplier
from surveys.enums import ScopeMethod
from surveys.models import Campaign, ScopeChoice
from surveys.rules.scope import Candidate, Scope, ScopeLine, ScopeRule, families_for, scope_of

HUNDRED = Decimal(100)
# With whom we do business now; those being introduced hand in their declaration for that.
ACTIVE = (SupplierStatus.QUALIFIED, SupplierStatus.LIMITED)
ENTRY = (
    SupplierStatus.REGISTERED,
    SupplierStatus.SIGNING,
    SupplierStatus.CERTIFICATION,
    SupplierStatus.APPROVAL,
)


@dataclass(frozen=True, slots=True)
class ScopePreview:
    """``forms``: of each included supplier the forms it is asked for. ``uncounted``: currencies
    without a rate, with how many suppliers' spend in them is left out."""

    scope: Scope
    forms: dict[int, tuple[str, ...]]
    uncounted: dict[str, int]


def scope_rule(campaign: Campaign) -> ScopeRule:
    forced = {
        "high_risk": campaign.with_high_risk,
        "new": campaign.with_new,
        "single_source": campaign.with_single_source,
    }
    return ScopeRule(
        ScopeMethod(campaign.scope_method).value,  # type: ignore[arg-type]
        campaign.share / HUNDRED,
        hundredths(campaign.threshold),
        frozenset(mark for mark, wanted in forced.items() if wanted),
    )


def hundredths(amount: Decimal) -> int:
    return int((Decimal(amount) * HUNDRED).to_integral_value())


def scope_preview(campaign: Campaign) -> ScopePreview:
    """Whom the survey would ask now. A handful of queries, however many suppliers there are."""
    asked = list(campaign.forms.values_list("family", flat=True))
    metals = _metals(asked)
    spend, uncounted = _spend(campaign, metals)
    candidates = _candidates(campaign, metals, spend)
    scope = scope_of(candidates, scope_rule(campaign))
    forms = {line.key: families_for(sorted(metals[line.key]), asked) for line in scope.included}
    return ScopePreview(scope, forms, uncounted)


def _metals(asked: Iterable[str]) -> dict[int, set[str]]:
    """Materials of each active supplier that one of the forms asks for."""
    found: dict[int, set[str]] = {}
    rows = MineralScope.objects.filter(supplier__merged_into=None, supplier__status__in=ACTIVE)
    for key, metal in rows.order_by().values_list("supplier_id", "metal"):
        found.setdefault(key, set()).add(metal)
    families = list(asked)
    return {key: held for key, held in found.items() if families_for(sorted(held), families)}


def _spend(
    campaign: Campaign, wanted: dict[int, set[str]]
) -> tuple[dict[int, int], dict[str, int]]:
    """Hundredths of the survey's currency by supplier, and what could not be counted."""
    rates = _rates(campaign)
    found: dict[int, int] = {}
    uncounted: dict[str, int] = {}
    rows = AnnualSpend.objects.filter(year=campaign.spend_year).order_by()
    for key, currency, amount in rows.values_list("supplier_id", "currency", "amount"):
        if key not in wanted:
            continue
        rate = rates.get(currency)
        if rate is None:
            uncounted[currency] = uncounted.get(currency, 0) + 1
            continue
        value = amount if rate == 1 else amount * rate
        found[key] = found.get(key, 0) + int(value * 100)
    return found, uncounted


def _rates(campaign: Campaign) -> dict[str, Decimal]:
    rates = {campaign.currency: Decimal(1)}
    for currency, rate in (campaign.rates or {}).items():
        try:
            rates.setdefault(str(currency).upper(), Decimal(str(rate)))
        except InvalidOperation:
            continue
    return rates


def _candidates(
    campaign: Campaign, metals: dict[int, set[str]], spend: dict[int, int]
) -> list[Candidate]:
    risky, new = _high_risk(), _new(campaign)
    chosen = dict(
        ScopeChoice.objects.filter(campaign=campaign).values_list("supplier_id", "is_included")
    )
    words = {True: "in", False: "out"}
    today = clock.today()
    rows = Supplier.objects.filter(merged_into=None, status__in=ACTIVE).order_by()
    found = []
    for key, single, phase_out_on in rows.values_list("pk", "single_source", "phase_out_on"):
        if key not in metals:
            continue
        marks = [
            mark
            for mark, holds in (
                ("high_risk", key in risky),
                ("new", key in new),
                ("single_source", single),
            )
            if holds
        ]
        phase_out = phase_out_on is not None and phase_out_on <= max(today, campaign.due_on)
        by_hand = words[chosen[key]] if key in chosen else ""
        found.append(Candidate(key, spend.get(key, 0), frozenset(marks), phase_out, by_hand))
    return found


def _high_risk() -> set[int]:
    rows = RiskRating.objects.filter(is_current=True, level=RiskLevel.HIGH)
    return set(rows.order_by().values_list("supplier_id", flat=True))


def _new(campaign: Campaign) -> set[int]:
    """Introduced in the survey's year: qualified for the first time since it counts."""
    since = Q(at__date__gte=campaign.counts_from)
    rows = StatusChange.objects.filter(
        since, to_status=SupplierStatus.QUALIFIED, from_status__in=ENTRY
    )
    return set(rows.order_by().values_list("supplier_id", flat=True))


def frozen_lines(campaign: Campaign) -> list[ScopeLine]:
    """The scope as it was decided at the start, the largest spend first."""
    found, reached = [], 0
    for row in campaign.scope.order_by("rank"):
        spend, reasons = hundredths(row.spend), tuple(row.reasons.split(","))
        by_spend = bool(set(reasons) & set(ScopeMethod.values))
        reached += spend if by_spend else 0
        line = ScopeLine(
            row.supplier_id, spend, row.is_included, reasons, row.rank, reached if by_spend else 0
        )
        found.append(line)
    return found
