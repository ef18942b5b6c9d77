"""Reading mitigation plans: all that one may see, one plan, its facts for the rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext_noop as N_

from core.errors import NotFound
from minerals.enums import MeasureState, MitigationState
from minerals.models import Measure, MitigationPlan, MitigationStep
from minerals.rules.mitigation import WAITING, MeasureFacts, PlanFacts, Proposal, next_date
from suppliers.models import EvidenceFile, Supplier

if TYPE_CHECKING:
    from accounts.models import User

OVER = (MitigationState.CLOSED, MitigationState.ENDED)


def plans_for(actor: User) -> QuerySet[MitigationPlan]:
    """The supplier's people see a plan from the day it was sent to them."""
    seen = MitigationPlan.objects.visible_to(actor)
    if not actor.is_internal:
        seen = seen.exclude(offered_on=None)
    return seen.select_related("supplier", "owner", "rating", "approval")


def plan_for(actor: User, plan_id: int) -> MitigationPlan:
    """Errors: mitigation_not_found."""
    found = plans_for(actor).filter(pk=plan_id).first()
    if found is None:
        raise NotFound("mitigation_not_found", N_("There is no such mitigation plan."))
    return found


def measure_for(actor: User, measure_id: int) -> Measure:
    """Errors: measure_not_found."""
    seen = Measure.objects.filter(plan__in=plans_for(actor)).select_related("plan__supplier")
    found = seen.filter(pk=measure_id).first()
    if found is None:
        raise NotFound("measure_not_found", N_("There is no such measure."))
    return found


def running(plans: QuerySet[MitigationPlan]) -> QuerySet[MitigationPlan]:
    return plans.exclude(state__in=OVER)


def who_has_plan(suppliers: Iterable[int]) -> frozenset[int]:
    """Those of these suppliers with a plan that runs; one query."""
    plans = running(MitigationPlan.objects.filter(supplier__in=list(suppliers)))
    return frozenset(plans.order_by().values_list("supplier_id", flat=True))


def overdue_q(today: dt.date) -> Q:
    """Running plans of which some date has passed."""
    late_measure = Measure.objects.filter(state__in=WAITING, due_on__lt=today).values("plan")
    late = Q(agreed_on=None, plan_due_on__lt=today) | Q(close_due_on__lt=today)
    late |= Q(limit_on__lt=today) | Q(pk__in=late_measure)
    return late & ~Q(state__in=OVER)


def with_progress(plans: QuerySet[MitigationPlan]) -> QuerySet[MitigationPlan]:
    """``total`` measures that are not cancelled, ``done`` ones of them; measures for next dates."""
    counted = ~Q(measures__state=MeasureState.CANCELLED)
    return plans.annotate(
        total=Count("measures", filter=counted),
        done=Count("measures", filter=Q(measures__state=MeasureState.VERIFIED)),
    ).prefetch_related(Prefetch("measures", Measure.objects.select_related("smelter")))


def plan_facts(plan: MitigationPlan, steps: Iterable[MitigationStep] = ()) -> PlanFacts:
    """For the rules; ``steps`` only where what was taken counts."""
    return PlanFacts(
        plan.opened_on,
        plan.plan_due_on,
        plan.close_due_on,
        plan.limit_on,
        offered_on=plan.offered_on,
        is_agreed=plan.agreed_on is not None,
        measures=tuple(
            MeasureFacts(
                one.pk, one.kind, one.state, one.due_on, one.accept_by, one.accepted_on is not None
            )
            for one in plan.measures.all()
        ),
        proposal=cast("Proposal", plan.proposal),
        proposed_on=plan.proposed_on,
        is_taken_up=plan.approval_id is not None,
        taken=frozenset((step.code, step.data.get("key", "")) for step in steps),
    )


def next_of(plan: MitigationPlan, today: dt.date) -> tuple[str, dt.date, int | None] | None:
    """As ``rules.mitigation.next_date``; None for a plan that is over."""
    return None if plan.state in OVER else next_date(plan_facts(plan), today)


# What the supplier reads of a plan: not what our own people propose or remind one another of.
FOR_SUPPLIER = frozenset(
    {
        "plan_offered", "agreed", "refused", "measure_added", "measure_cancelled", "moved",
        "handed_in", "verified", "not_credible", "audit_ordered", "audit_accepted",
        "audit_not_accepted", "audit_overdue", "plan_overdue", "measure_overdue", "close_overdue",
        "limit_passed", "closed",
    }
)  # fmt: skip


def shown_steps(actor: User, plan: MitigationPlan) -> QuerySet[MitigationStep]:
    """Of a plan that the actor sees."""
    steps = plan.steps.select_related("actor")
    return steps if actor.is_internal else steps.filter(code__in=FOR_SUPPLIER)


def files_of_measures(actor: User, measures: Iterable[Measure]) -> dict[int, list[EvidenceFile]]:
    """By key of the measure: files about it and about the certificate handed in; two queries."""
    listed = list(measures)
    own = {str(one.pk): one.pk for one in listed}
    certified = {str(one.certificate_id): one.pk for one in listed if one.certificate_id}
    found: dict[int, list[EvidenceFile]] = {}
    for label, keys in (("minerals.measure", own), ("minerals.smeltercertificate", certified)):
        files = EvidenceFile.objects.visible_to(actor).filter(
            subject_type=label, subject_id__in=list(keys)
        )
        for file in files.order_by("pk"):
            found.setdefault(keys[file.subject_id], []).append(file)
    return found


def plans_of(actor: User, supplier: Supplier) -> QuerySet[MitigationPlan]:
    return plans_for(actor).filter(supplier=supplier)
