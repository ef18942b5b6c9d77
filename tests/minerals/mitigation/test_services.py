"""What people do with plans: evidence, audits, overrides, proposals, closing early."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from core.errors import DomainError, NotAllowed, NotFound
from core.models import ActivityEntry
from minerals.enums import MeasureState
from minerals.models import Measure, MitigationPlan, RiskEvent, SmelterCertificate
from minerals.selectors.mitigation import plans_for
from minerals.services.mitigation import (
    audits,
    closing,
    evidence,
    measures,
    offering,
    proposals,
)
from minerals.services.mitigation.advance import advance_mitigations
from minerals.services.mitigation.evidence import CertificateInput, HandInInput, ResultInput
from minerals.services.mitigation.follow import follow_rating
from minerals.services.mitigation.measures import MeasureInput
from minerals.services.mitigation.plans import managed_plan
from minerals.services.mitigation.proposals import TakeUpInput
from suppliers.enums import SupplierStatus
from suppliers.models import Approval, EvidenceFile, Supplier
from suppliers.services.approvals import decide
from tests.factories.minerals import Desk
from tests.minerals.mitigation.world import BAD, START, after, history, on, rated, the_plan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _first_day() -> Iterator[None]:
    with on(START):
        yield


@pytest.fixture
def plan(desk: Desk, supplier: Supplier) -> MitigationPlan:
    """High, of a qualified supplier, agreed on its first day."""
    supplier.status = SupplierStatus.QUALIFIED
    supplier.save()
    rated(desk, supplier, days_before=40)
    found = the_plan()
    found.offered_on = found.agreed_on = START
    found.state = "agreed"
    found.save()
    return found


def code_of(error: pytest.ExceptionInfo[DomainError]) -> str:
    return error.value.code


def smelter_measure() -> Measure:
    return Measure.objects.get(kind="smelter")


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("proof.pdf", b"%PDF-1.7 invented")


def hand_in(actor: User, measure: Measure, until: dt.date | None = None) -> Measure:
    certificate = CertificateInput("other", START, until) if until else None
    return evidence.hand_in(actor, measure.pk, HandInInput("Done.", [pdf()], certificate))


def test_nothing_follows_from_a_provisional_rating(desk: Desk, supplier: Supplier) -> None:
    rating = rated(desk, supplier, days_before=40)
    assert MitigationPlan.objects.count() == 1
    MitigationPlan.objects.all().delete()
    rating.is_provisional = True
    follow_rating(rating, START, has_plan=False)
    assert not MitigationPlan.objects.exists()


def test_the_supplier_sees_a_plan_once_it_was_sent(
    plan: MitigationPlan, supplier_user: User, other_supplier_user: User
) -> None:
    assert list(plans_for(supplier_user)) == [plan]
    assert not plans_for(other_supplier_user).exists()
    MitigationPlan.objects.update(offered_on=None, agreed_on=None)
    assert not plans_for(supplier_user).exists()
    with pytest.raises(NotFound):
        offering.agree_plan(supplier_user, plan.pk)


def test_staff_records_an_agreement_with_proof(plan: MitigationPlan, csr_specialist: User) -> None:
    MitigationPlan.objects.update(agreed_on=None)
    with pytest.raises(DomainError) as error:
        offering.agree_plan(csr_specialist, plan.pk)
    assert code_of(error) == "proof_missing"
    offering.agree_plan(csr_specialist, plan.pk, "By mail.", [pdf()])
    plan.refresh_from_db()
    assert (plan.agreed_on, plan.state) == (START, "agreed")
    assert EvidenceFile.objects.about(plan).get().is_internal


def test_a_certificate_counts_once_verified_and_not_when_it_is_over(
    plan: MitigationPlan, supplier_user: User, csr_specialist: User
) -> None:
    with pytest.raises(DomainError) as error:
        hand_in(supplier_user, smelter_measure(), START - dt.timedelta(days=1))
    assert code_of(error) in ("certificate_over", "validity_reversed")
    hand_in(supplier_user, smelter_measure(), after(20))
    certificate = SmelterCertificate.objects.get()
    assert (certificate.smelter.cid, certificate.verified_at) == (BAD, None)
    assert EvidenceFile.objects.about(certificate).count() == 1
    with on(after(21)), pytest.raises(DomainError) as error:
        evidence.verify_measure(csr_specialist, smelter_measure().pk)
    assert code_of(error) == "certificate_over"
    evidence.verify_measure(csr_specialist, smelter_measure().pk)
    certificate.refresh_from_db()
    assert certificate.verified_by == csr_specialist


def test_only_those_who_do_not_buy_verify(
    plan: MitigationPlan, supplier_user: User, buyer: User, esg_reporter: User
) -> None:
    hand_in(supplier_user, smelter_measure())
    for actor in (supplier_user, buyer, esg_reporter):
        with pytest.raises(NotAllowed):
            evidence.verify_measure(actor, smelter_measure().pk)
    assert smelter_measure().state == MeasureState.HANDED_IN


def test_not_credible_orders_an_audit_and_a_passed_audit_answers_it(
    plan: MitigationPlan, supplier_user: User, csr_specialist: User
) -> None:
    hand_in(supplier_user, smelter_measure(), after(100))
    evidence.doubt_measure(csr_specialist, smelter_measure().pk, "The seal is invented.")
    audit = Measure.objects.get(kind="third_party_audit")
    assert (audit.accept_by, audit.due_on) == (after(30), after(90))
    assert SmelterCertificate.objects.get().withdrawn_at is not None
    audits.accept_audit(supplier_user, audit.pk)
    with on(after(60)):
        result = ResultInput("third_party_audit", after(60), note="Passed.")
        evidence.record_result(csr_specialist, plan.pk, result)
    assert smelter_measure().state == MeasureState.VERIFIED
    assert Measure.objects.get(pk=audit.pk).state == MeasureState.VERIFIED


def test_an_audit_that_is_not_accepted_is_a_refusal(
    plan: MitigationPlan, supplier_user: User, csr_specialist: User
) -> None:
    hand_in(supplier_user, smelter_measure())
    evidence.doubt_measure(csr_specialist, smelter_measure().pk, "Invented.")
    for day in (30, 31):
        with on(after(day)):
            advance_mitigations(after(day))
    plan.refresh_from_db()
    assert (plan.proposal, plan.reason_code) == ("restrict", "refusal")
    assert RiskEvent.objects.get().kind == "refused"


def test_a_refusal_is_proposed_at_once_and_two_people_limit(
    plan: MitigationPlan, supplier_user: User, buyer: User, csr_specialist: User
) -> None:
    offering.refuse_plan(supplier_user, plan.pk, "Too much work.")
    plan.refresh_from_db()
    assert (plan.proposal, plan.reason_code) == ("restrict", "refusal")
    assert not Approval.objects.exists(), "the system asks in nobody's name"
    approval = proposals.take_up_proposal(csr_specialist, plan.pk, TakeUpInput("No.", "Agree."))
    assert approval.requested_by == csr_specialist
    with pytest.raises(NotAllowed) as error:
        decide(csr_specialist, approval.pk, approve=True)
    assert code_of(error) == "own_request"
    with pytest.raises(DomainError) as taken:
        proposals.take_up_proposal(buyer, plan.pk, TakeUpInput("Me too.", "Agree."))
    assert code_of(taken) == "proposal_taken_up"


def test_a_rejected_proposal_lets_the_plan_go_on(
    plan: MitigationPlan, supplier_user: User, buyer: User, csr_specialist: User
) -> None:
    offering.refuse_plan(supplier_user, plan.pk, "Too much work.")
    approval = proposals.take_up_proposal(buyer, plan.pk, TakeUpInput("No.", "Agree."))
    decide(csr_specialist, approval.pk, approve=False, note="Talk to them first.")
    advance_mitigations(START)
    plan.refresh_from_db()
    assert (plan.proposal, plan.approval, plan.state) == ("", None, "agreed")
    assert history(plan)[-1] == (0, "proposal_rejected")


def test_dropping_a_proposal_needs_a_reason(plan: MitigationPlan, buyer: User) -> None:
    proposals.propose_by_hand(buyer, plan.pk, "disqualify", "Invented.")
    with pytest.raises(DomainError) as error:
        proposals.drop_proposal(buyer, plan.pk, " ")
    assert code_of(error) == "reason_missing"
    proposals.drop_proposal(buyer, plan.pk, "They answered.")
    plan.refresh_from_db()
    assert plan.proposal == ""


def test_a_moved_date_moves_what_happens_and_ends_the_overdue_event(
    plan: MitigationPlan, buyer: User, csr_specialist: User
) -> None:
    with on(after(91)):
        advance_mitigations(after(91))
        assert RiskEvent.objects.get().ended_on is None
        measures.move_date(buyer, plan.pk, "close_due_on", after(120), "They showed progress.")
        assert RiskEvent.objects.get().ended_on == after(91)
        with pytest.raises(NotAllowed):
            measures.move_date(buyer, plan.pk, "limit_on", after(200), "More time.")
        with pytest.raises(DomainError) as error:
            measures.move_date(csr_specialist, plan.pk, "close_due_on", after(181), "More time.")
        assert code_of(error) == "due_after_limit"
    with on(after(121)):
        advance_mitigations(after(121))
    days = [day for day, code in history(plan) if code == "close_overdue"]
    assert days == [91, 121]


def test_a_skipped_measure_needs_a_reason_and_leaves_a_step(
    plan: MitigationPlan, buyer: User
) -> None:
    check = Measure.objects.get(kind="spot_check")
    with pytest.raises(DomainError) as error:
        measures.cancel_measure(buyer, check.pk, "")
    assert code_of(error) == "reason_missing"
    measures.cancel_measure(buyer, check.pk, "Visited last month.")
    step = plan.steps.get(code="measure_cancelled")
    assert (step.actor, step.reason) == (buyer, "Visited last month.")
    entry = ActivityEntry.objects.get(verb="mitigation.measure_cancelled")
    assert entry.data["explanation"] == "Visited last month."


def test_closing_early_takes_two_people(
    plan: MitigationPlan, buyer: User, csr_specialist: User, admin: User
) -> None:
    closing.ask_close(csr_specialist, plan.pk, "The part is bought elsewhere.")
    with pytest.raises(NotAllowed) as error:
        closing.decide_close(csr_specialist, plan.pk, approve=True)
    assert code_of(error) == "own_request"
    with pytest.raises(NotAllowed):
        closing.decide_close(buyer, plan.pk, approve=True)
    closing.decide_close(admin, plan.pk, approve=True)
    plan.refresh_from_db()
    assert (plan.state, plan.outcome, plan.closed_by) == ("closed", "closed_early", admin)
    with pytest.raises(DomainError) as over:
        measures.add_measure(buyer, plan.pk, MeasureInput("policy"))
    assert code_of(over) == "mitigation_over"


def test_results_of_an_app_count_once(plan: MitigationPlan, csr_specialist: User) -> None:
    held = managed_plan(csr_specialist, plan.pk)
    result = ResultInput("training", START, source="training", source_ref="training.attendance:7")
    first = evidence.record_measure_result(held, result)
    assert evidence.record_measure_result(held, result) == first
    assert (first.state, first.source) == ("verified", "training")
    assert plan.steps.filter(code="verified").count() == 1
    with pytest.raises(DomainError) as error:
        evidence.record_result(csr_specialist, plan.pk, ResultInput("training", START))
    assert code_of(error) == "proof_missing"


def test_a_supplier_who_left_ends_the_plan(plan: MitigationPlan, supplier: Supplier) -> None:
    Supplier.objects.filter(pk=supplier.pk).update(status=SupplierStatus.PHASED_OUT)
    advance_mitigations(START)
    plan.refresh_from_db()
    assert (plan.state, plan.outcome) == ("ended", "left")
