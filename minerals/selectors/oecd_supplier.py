"""Evidence of the five steps for one supplier; a constant number of queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Q
from django.urls import reverse

from core import clock
from minerals.enums import CountryListKind, MeasureKind, MeasureState
from minerals.models import (
    CountryListing,
    Declaration,
    Measure,
    MitigationPlan,
    MitigationStep,
    RiskEvent,
    RiskRating,
    SmelterCertificate,
    SmelterLine,
    SmelterNote,
)
from minerals.rules.mitigation import needs_plan
from minerals.rules.oecd import SUPPLIER, Found, Step, assemble
from minerals.rules.smelter_status import ASSURED, BY_CODE
from minerals.selectors.mitigation import OVER
from minerals.selectors.risk_facts import ACCEPTED
from suppliers.enums import ContactRole, GateKind, GateResult, RatingPartKind, SupplierStatus
from suppliers.models import EvidenceFile, GateRecord, MineralScope, RatingPart, StatusChange
from suppliers.selectors.commitments import standings_of

if TYPE_CHECKING:
    from accounts.models import User
    from suppliers.models import Supplier

CHECKS = (MeasureKind.SPOT_CHECK, MeasureKind.THIRD_PARTY_AUDIT)
AUDIT_GATES = (GateKind.CERTIFICATION_AUDIT, GateKind.MONITORING_AUDIT)
UNIDENTIFIED = ("unmatched", "ambiguous", "not_identified")


def evidence_of_supplier(actor: User, supplier: Supplier) -> list[Step]:
    """The caller has found the supplier for the actor."""
    rating = RiskRating.objects.select_related("smelter_list").filter(
        supplier=supplier, is_current=True
    ).first()  # fmt: skip
    return assemble(
        SUPPLIER,
        [
            *_systems(supplier),
            *_assessed(supplier, rating),
            *_responses(actor, supplier, rating),
            *_pinch_points(supplier, rating),
            _reported(supplier),
        ],
    )


def _page(supplier: Supplier, tab: str) -> str:
    return f"{reverse('suppliers:supplier-detail', args=[supplier.pk])}?tab={tab}"


def _systems(supplier: Supplier) -> list[Found]:
    scope = MineralScope.objects.filter(supplier=supplier).aggregate(
        all=Count("pk"), reasons=Count("pk", filter=~Q(reason=""))
    )
    standings = [one for one in standings_of(supplier) if one.required]
    contacts = supplier.contacts.filter(role=ContactRole.MINERALS).count()
    trainings = trained().filter(supplier=supplier).aggregate(n=Count("pk"), on=Max("dated_on"))
    held = _measures(supplier, MeasureKind.TRAINING)
    return [
        Found("scope", scope["reasons"], max(scope["all"], 1), url=_page(supplier, "minerals")),
        Found(
            "documents",
            sum(one.is_in_force for one in standings),
            len(standings),
            url=_page(supplier, "documents"),
        ),
        Found("contact", contacts, url=_page(supplier, "contacts")),
        Found(
            "training",
            trainings["n"] + held["n"],
            on=max(filter(None, (trainings["on"], held["on"])), default=None),
            url=_page(supplier, "training"),
        ),
    ]


def trained() -> Any:
    """Records of trainings that count."""
    return GateRecord.objects.filter(
        kind=GateKind.TRAINING, result=GateResult.PASSED, withdrawn_at=None
    )


def _measures(supplier: Supplier, *kinds: MeasureKind) -> dict[str, Any]:
    done = Measure.objects.filter(
        plan__supplier=supplier, kind__in=kinds, state=MeasureState.VERIFIED
    )
    found: dict[str, Any] = done.aggregate(n=Count("pk"), on=Max("done_on"))
    return found


def _assessed(supplier: Supplier, rating: RiskRating | None) -> list[Found]:
    current = Declaration.objects.current().filter(supplier=supplier)
    counted = current.aggregate(
        n=Count("pk"), accepted=Count("pk", filter=Q(review__in=ACCEPTED)), on=Max("received_at")
    )
    lines = SmelterLine.objects.filter(declaration__in=current).aggregate(
        n=Count("pk"), open=Count("pk", filter=Q(match__in=UNIDENTIFIED))
    )
    url = f"{reverse('minerals:declaration-list')}?supplier={supplier.pk}"
    received_on = clock.day_of(counted["on"]) if counted["on"] else None
    used = rating.smelter_list if rating else None
    counts = rating is not None and not rating.is_provisional
    return [
        Found("declarations", counted["n"], on=received_on, url=url),
        Found("accepted", counted["accepted"], max(counted["n"], 1), url=url),
        Found("lines", lines["n"] - lines["open"], max(lines["n"], 1), url=url),
        Found("list", int(used is not None), on=used.listed_on if used else None),
        country_lists(),
        Found(
            "rating",
            int(counts),
            on=rating.rated_on if rating and counts else None,
            detail=rating.level if rating and counts else "",
        ),
    ]


def country_lists() -> Found:
    """Both lists with at least one country in force today."""
    today = clock.today()
    lasting = Q(valid_until=None) | Q(valid_until__gte=today)
    rows = CountryListing.objects.filter(
        lasting, valid_from__lte=today, kind__in=(CountryListKind.COVERED, CountryListKind.CAHRA)
    ).aggregate(n=Count("kind", distinct=True), on=Max("valid_from"))
    return Found("countries", rows["n"], 2, on=rows["on"])


def _responses(actor: User, supplier: Supplier, rating: RiskRating | None) -> list[Found]:
    needed = rating is not None and not rating.is_provisional and needs_plan(rating.level)
    plans = list(
        MitigationPlan.objects.filter(supplier=supplier).annotate(
            total=Count("measures", filter=~Q(measures__state=MeasureState.CANCELLED)),
            done=Count("measures", filter=Q(measures__state=MeasureState.VERIFIED)),
        )
    )
    running = next((one for one in plans if one.state not in OVER), None)
    url = f"{reverse('minerals:mitigation-list')}?supplier={supplier.pk}"
    steps = MitigationStep.objects.filter(plan__supplier=supplier, code="rescored").aggregate(
        n=Count("pk"), on=Max("on")
    )
    files = EvidenceFile.objects.visible_to(actor).filter(
        supplier=supplier,
        subject_type__in=("minerals.measure", "minerals.smeltercertificate"),
    )
    events = RiskEvent.objects.filter(supplier=supplier).aggregate(
        n=Count("pk"), on=Max("happened_on")
    )
    ends = StatusChange.objects.filter(
        supplier=supplier,
        to_status__in=(SupplierStatus.LIMITED, SupplierStatus.DISQUALIFIED),
    ).aggregate(n=Count("pk"), on=Max("at"))
    ended_on = clock.day_of(ends["on"]) if ends["on"] else None
    return [
        Found(
            "plan",
            len(plans),
            1 if needed else 0,
            on=plans[0].opened_on if plans else None,
            url=url,
        ),
        Found(
            "measures",
            running.done if running else 0,
            running.total if running else 0,
            url=running.get_absolute_url() if running else "",
        ),
        Found("rescores", steps["n"], on=steps["on"], url=url),
        Found("evidence", files.count(), url=url),
        Found("events", events["n"], on=events["on"]),
        Found("disengaged", ends["n"], on=ended_on, url=_page(supplier, "overview")),
    ]


def named_smelters(rating: RiskRating | None) -> dict[str, str]:
    """Status by ID of the smelters that a rating counted."""
    found = (rating.facts or {}).get("declarations", []) if rating else []
    groups = [group for one in found for group in one["facts"]["groups"]]
    return {group["cid"]: group["status"] for group in groups if group["cid"]}


def is_assured(status: str) -> bool:
    fact = BY_CODE.get(status)
    return fact is not None and fact.status_class == ASSURED


def _pinch_points(supplier: Supplier, rating: RiskRating | None) -> list[Found]:
    smelters = named_smelters(rating)
    certificates = valid_certificates().filter(supplier=supplier).aggregate(
        n=Count("pk"), on=Max("valid_from")
    )  # fmt: skip
    outreach = SmelterNote.objects.filter(
        smelter__cid__in=list(smelters), is_outreach=True, withdrawn_at=None
    ).aggregate(n=Count("pk"), on=Max("happened_on"))
    audits = audited().filter(supplier=supplier).aggregate(n=Count("pk"), on=Max("dated_on"))
    checks = _measures(supplier, *CHECKS)
    return [
        Found(
            "assured",
            sum(is_assured(status) for status in smelters.values()),
            max(len(smelters), 1),
            on=rating.rated_on if rating and smelters else None,
        ),
        Found("certificates", certificates["n"], on=certificates["on"]),
        Found("outreach", outreach["n"], on=outreach["on"]),
        Found(
            "checks",
            audits["n"] + checks["n"],
            on=max(filter(None, (audits["on"], checks["on"])), default=None),
            url=_page(supplier, "audits"),
        ),
    ]


def valid_certificates() -> Any:
    return SmelterCertificate.objects.filter(
        valid_until__gte=clock.today(), verified_at__isnull=False, withdrawn_at=None
    )


def audited() -> Any:
    """Records of audits that count."""
    return GateRecord.objects.filter(kind__in=AUDIT_GATES, withdrawn_at=None)


def _reported(supplier: Supplier) -> Found:
    parts = RatingPart.objects.filter(supplier=supplier, kind=RatingPartKind.MINERALS)
    found = parts.aggregate(n=Count("pk"), on=Max("dated_on"))
    url = reverse("suppliers:rating-detail", args=[supplier.pk])
    return Found("rated_part", found["n"], on=found["on"], url=url)
