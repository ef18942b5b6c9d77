"""Two suppliers through their whole mitigation, the daily round on every single day."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from core.models import Notification
from minerals.models import Measure, MitigationPlan, RiskEvent, RiskRating, SmelterCertificate
from minerals.selectors.removals import RemovalCount, removal_counts
from minerals.services.mitigation import evidence, offering, proposals
from minerals.services.mitigation.evidence import CertificateInput, HandInInput, ResultInput
from minerals.services.mitigation.proposals import TakeUpInput
from suppliers.enums import SupplierStatus
from suppliers.models import Supplier
from suppliers.services.approvals import decide
from tests.factories.minerals import Desk
from tests.minerals.mitigation.world import (
    BAD,
    after,
    history,
    list_of,
    live,
    rated,
    the_plan,
)

pytestmark = pytest.mark.django_db


def pdf(name: str = "proof.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7 invented")


def only(kind: str) -> Measure:
    return Measure.objects.get(kind=kind)


def test_from_high_to_low(
    desk: Desk, supplier: Supplier, supplier_user: User, csr_specialist: User
) -> None:
    rating = rated(desk, supplier, days_before=40)
    assert rating.level == "high"
    plan = the_plan()
    kinds = sorted(plan.measures.values_list("kind", "smelter__cid"))
    assert kinds == [("smelter", BAD), ("spot_check", None), ("training", None)]

    def hand_in() -> None:
        certificate = CertificateInput("other", after(0), after(365), "X-1")
        data = HandInInput("See the file.", [pdf()], certificate)
        evidence.hand_in(supplier_user, only("smelter").pk, data)

    def held(kind: str, day: int) -> None:
        data = ResultInput(kind, after(day), note="Invented.")
        evidence.record_result(csr_specialist, plan.pk, data)

    live(
        0,
        75,
        {
            6: lambda: offering.agree_plan(supplier_user, plan.pk),
            20: lambda: held("training", 19),
            55: hand_in,
            57: lambda: evidence.verify_measure(csr_specialist, only("smelter").pk),
            58: lambda: held("spot_check", 58),
            70: lambda: list_of(after(70)),
        },
    )
    plan.refresh_from_db()
    assert history(plan) == [
        (0, "opened"),
        (3, "plan_offered"),
        (5, "plan_reminder"),
        (6, "agreed"),
        (20, "verified"),
        (53, "own_measure_reminder"),
        (53, "measure_reminder"),
        (55, "handed_in"),
        (57, "verified"),
        (58, "verified"),
        (70, "rescored"),
        (70, "closed"),
    ]
    assert (plan.state, plan.outcome, plan.closed_on) == ("closed", "low", after(70))
    assert RiskRating.objects.get(is_current=True).level == "low"
    certificate = SmelterCertificate.objects.get()
    assert (certificate.supplier, certificate.verified_by) == (supplier, csr_specialist)
    assert not RiskEvent.objects.exists()
    told = Notification.objects.filter(recipient=supplier_user)
    kinds_told = list(told.order_by("pk").values_list("kind", flat=True))
    assert kinds_told[:2] == ["mitigation.plan_offered", "mitigation.plan_reminder"]
    assert kinds_told[-1] == "mitigation.closed"


def test_to_termination(
    desk: Desk,
    supplier: Supplier,
    supplier_user: User,
    buyer: User,
    csr_specialist: User,
    esg_reporter: User,
) -> None:
    supplier.status, supplier.buyer = SupplierStatus.QUALIFIED, buyer
    supplier.save()
    rated(desk, supplier)
    plan = the_plan()
    assert (plan.level, plan.owner) == ("medium", buyer)

    def ask() -> None:
        proposals.take_up_proposal(buyer, plan.pk, TakeUpInput("No improvement.", "The plan."))

    def approve() -> None:
        plan.refresh_from_db()
        assert plan.approval is not None
        decide(csr_specialist, plan.approval.pk, approve=True)

    live(
        0,
        200,
        {
            10: lambda: offering.agree_plan(supplier_user, plan.pk),
            20: lambda: evidence.record_result(
                csr_specialist, plan.pk, ResultInput("training", after(20), note="Invented.")
            ),
            80: lambda: evidence.record_result(
                csr_specialist, plan.pk, ResultInput("spot_check", after(80), note="Invented.")
            ),
            100: ask,
            102: approve,
            185: ask,
            186: approve,
        },
    )
    plan.refresh_from_db()
    supplier.refresh_from_db()
    assert history(plan) == [
        (0, "opened"),
        (7, "plan_offered"),
        (10, "agreed"),
        (20, "verified"),
        (31, "rescored"),
        (31, "spot_check_planned"),
        (53, "measure_reminder"),
        (61, "measure_overdue"),
        (80, "verified"),
        (91, "close_overdue"),
        (91, "proposed"),
        (98, "proposal_waits"),
        (100, "proposal_taken_up"),
        (102, "proposal_approved"),
        (181, "limit_passed"),
        (181, "proposed"),
        (185, "proposal_taken_up"),
        (186, "proposal_approved"),
        (186, "ended"),
    ]
    assert (plan.state, plan.outcome, plan.closed_on) == ("ended", "disqualified", after(186))
    assert supplier.status == SupplierStatus.DISQUALIFIED
    assert supplier.restrictions.get().scope == "no_new_category"
    event = RiskEvent.objects.get()
    assert (event.kind, event.happened_on) == ("mitigation_overdue", after(91))
    assert MitigationPlan.objects.count() == 1, "no plan for a supplier who has left"
    assert removal_counts(esg_reporter) == [RemovalCount(2026, "minerals", 1)]


def test_silence_leads_to_a_proposal_and_a_missed_round_is_made_up_for(
    desk: Desk, supplier: Supplier, buyer: User
) -> None:
    supplier.status, supplier.buyer = SupplierStatus.QUALIFIED, buyer
    supplier.save()
    rated(desk, supplier, days_before=40)
    live(5, 5, {})
    live(40, 40, {})
    plan = the_plan()
    assert history(plan) == [
        (0, "opened"),
        (5, "plan_offered"),
        (40, "plan_overdue"),
        (40, "agreement_missing"),
        (40, "proposed"),
    ]
    assert (plan.proposal, plan.approval) == ("restrict", None)
    assert not supplier.approvals.exists(), "the system asks in nobody's name"
    waiting = Notification.objects.filter(recipient=buyer, kind="mitigation.proposed")
    assert waiting.exists()
