"""Evidence of the five steps for the company: over all suppliers one may see; constant queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from core import clock
from minerals.enums import (
    ListState,
    MeasureKind,
    MeasureState,
    MitigationOutcome,
    PolicyState,
    RiskLevel,
)
from minerals.models import (
    Declaration,
    Measure,
    MitigationPlan,
    MitigationStep,
    RiskPolicyVersion,
    RiskRating,
    SmelterList,
    SmelterNote,
)
from minerals.rules.oecd import COMPANY, Found, Step, assemble
from minerals.selectors.mitigation import overdue_q, plans_for, running
from minerals.selectors.oecd_supplier import (
    CHECKS,
    audited,
    country_lists,
    is_assured,
    named_smelters,
    trained,
    valid_certificates,
)
from minerals.selectors.removals import removals
from minerals.selectors.risk_facts import ACCEPTED
from minerals.selectors.risk_material import COMPLIANCE_DECLARATION
from suppliers.enums import SignatureState
from suppliers.models import DocumentVersion, MineralScope, Signature, Supplier
from suppliers.workflow import LEFT

if TYPE_CHECKING:
    from collections.abc import Iterator

NEEDS_PLAN = (RiskLevel.MEDIUM, RiskLevel.HIGH)


def evidence_of_company(actor: User) -> list[Step]:
    scope = suppliers_in_scope(actor)
    total = scope.count()
    return assemble(
        COMPANY,
        [
            *_systems(scope, total),
            *_assessed(scope, total),
            *_responses(actor, scope),
            *_pinch_points(scope),
        ],
    )


def suppliers_in_scope(actor: User) -> QuerySet[Supplier]:
    """Those with minerals in their goods that are suppliers (still)."""
    minerals = Exists(MineralScope.objects.filter(supplier=OuterRef("pk")))
    seen = Supplier.objects.visible_to(actor).living()
    return seen.filter(minerals).exclude(status__in=LEFT).order_by()


def _list(name: str, query: str = "") -> str:
    return reverse(name) + query


def _systems(scope: QuerySet[Supplier], total: int) -> Iterator[Found]:
    versions = DocumentVersion.objects.filter(
        document__minerals_only=True, document__is_active=True, published_at__isnull=False
    ).aggregate(n=Count("pk"), on=Max("published_at"))
    published_on = clock.day_of(versions["on"]) if versions["on"] else None
    yield Found("policy", versions["n"], on=published_on, url=_list("suppliers:document-list"))
    officers = User.objects.filter(groups__name=Role.CSR_SPECIALIST, is_active=True)
    yield Found("officers", officers.distinct().count())
    unsaid = MineralScope.objects.filter(supplier=OuterRef("pk"), reason="")
    url = _list("suppliers:supplier-list")
    yield Found("suppliers", scope.exclude(Exists(unsaid)).count(), max(total, 1), url=url)
    signed = Signature.objects.filter(
        supplier=OuterRef("pk"),
        version__document__code=COMPLIANCE_DECLARATION,
        state=SignatureState.VALID,
    )
    yield Found(
        "signed",
        scope.filter(Exists(signed)).count(),
        total,
        url=_list("suppliers:commitment-matrix"),
    )
    held = Measure.objects.filter(
        plan__supplier=OuterRef("pk"), kind=MeasureKind.TRAINING, state=MeasureState.VERIFIED
    )
    recorded = trained().filter(supplier=OuterRef("pk"))
    yield Found("trained", scope.filter(Exists(recorded) | Exists(held)).count(), total)


def _assessed(scope: QuerySet[Supplier], total: int) -> Iterator[Found]:
    current = Declaration.objects.current().filter(supplier=OuterRef("pk"))
    accepted = current.filter(review__in=ACCEPTED)
    url = _list("minerals:declaration-list")
    yield Found("declared", scope.filter(Exists(current)).count(), total, url=url)
    yield Found("reviewed", scope.filter(Exists(accepted)).count(), total, url=url)
    lists = SmelterList.objects.filter(state=ListState.IN_FORCE).aggregate(
        n=Count("pk"), on=Max("listed_on")
    )
    yield Found("lists", lists["n"], on=lists["on"])
    yield country_lists()
    policy = RiskPolicyVersion.objects.filter(state=PolicyState.PUBLISHED).first()
    published_on = clock.day_of(policy.published_at) if policy and policy.published_at else None
    yield Found(
        "policy_version",
        int(policy is not None),
        on=published_on,
        detail=str(policy.number) if policy else "",
    )
    counting = _ratings().filter(supplier=OuterRef("pk"))
    yield Found("rated", scope.filter(Exists(counting)).count(), total)


def _ratings() -> QuerySet[RiskRating]:
    return RiskRating.objects.filter(is_current=True, is_provisional=False)


def _responses(actor: User, scope: QuerySet[Supplier]) -> Iterator[Found]:
    risky = scope.filter(Exists(_ratings().filter(supplier=OuterRef("pk"), level__in=NEEDS_PLAN)))
    planned = MitigationPlan.objects.filter(supplier=OuterRef("pk"))
    url = _list("minerals:mitigation-list")
    yield Found(
        "plans", risky.filter(Exists(planned)).count(), risky.count(), url=f"{url}?state=running"
    )
    plans = plans_for(actor)
    counted = running(plans).aggregate(n=Count("pk"), late=Count("pk", filter=_late()))
    yield Found("on_time", counted["n"] - counted["late"], counted["n"], url=f"{url}?overdue=yes")
    low = plans.filter(outcome=MitigationOutcome.LOW).aggregate(n=Count("pk"), on=Max("closed_on"))
    yield Found("closed", low["n"], on=low["on"], url=f"{url}?outcome=low")
    steps = MitigationStep.objects.filter(plan__in=plans, code="rescored").aggregate(
        n=Count("pk"), on=Max("on")
    )
    yield Found("rescores", steps["n"], on=steps["on"], url=url)
    gone = removals(actor).aggregate(n=Count("supplier", distinct=True), on=Max("at"))
    yield Found("removed", gone["n"], on=clock.day_of(gone["on"]) if gone["on"] else None, url=url)


def _late() -> Q:
    return overdue_q(clock.today())


def _pinch_points(scope: QuerySet[Supplier]) -> Iterator[Found]:
    smelters: dict[str, str] = {}
    ratings = RiskRating.objects.filter(is_current=True, supplier__in=scope).only("facts")
    for rating in ratings.iterator(chunk_size=200):
        smelters |= named_smelters(rating)
    yield Found("smelters", sum(map(is_assured, smelters.values())), max(len(smelters), 1))
    certificates = valid_certificates().aggregate(n=Count("pk"), on=Max("valid_from"))
    yield Found("certificates", certificates["n"], on=certificates["on"])
    outreach = SmelterNote.objects.filter(is_outreach=True, withdrawn_at=None).aggregate(
        n=Count("pk"), on=Max("happened_on")
    )
    yield Found("outreach", outreach["n"], on=outreach["on"])
    audits = audited().filter(supplier__in=scope).aggregate(n=Count("pk"), on=Max("dated_on"))
    checks = Measure.objects.filter(
        plan__supplier__in=scope, kind__in=CHECKS, state=MeasureState.VERIFIED
    ).aggregate(n=Count("pk"), on=Max("done_on"))
    yield Found(
        "checks",
        audits["n"] + checks["n"],
        on=max(filter(None, (audits["on"], checks["on"])), default=None),
    )
