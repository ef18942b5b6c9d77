"""Steps of the lifecycle by the services: what they check, write, end and tell."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from core import clock
from core.errors import DomainError
from core.models import ActivityEntry, Notification
from suppliers.enums import GateKind, SupplierStatus
from suppliers.models import EvidenceFile, StatusChange, Supplier
from suppliers.selectors.lifecycle_card import lifecycle_card
from suppliers.services.actions import ActionInput, take_action
from suppliers.services.approvals import withdraw_request
from suppliers.services.qualifications import QualificationInput, request_qualification
from suppliers.services.waivers import WaiverInput, request_waiver
from suppliers.web.lifecycle_forms import ActionForm
from suppliers.workflow import BY_CODE
from tests.suppliers.lifecycle.steps import (
    agree,
    assessment,
    category,
    disqualify,
    document,
    limit,
    limit_input,
    meet_gates,
    pdf,
    put_status,
    qualify,
    result,
    sign,
    step,
    to_approval,
    to_certification,
)

pytestmark = pytest.mark.django_db


def refused(actor: User, supplier: Supplier, code: str, **data: Any) -> DomainError:
    before = (Supplier.objects.get(pk=supplier.pk).status, StatusChange.objects.count())
    with pytest.raises(DomainError) as caught:
        take_action(actor, supplier.pk, code, ActionInput(**data))
    assert (Supplier.objects.get(pk=supplier.pk).status, StatusChange.objects.count()) == before
    return caught.value


def actions(supplier: Supplier) -> list[str]:
    found = StatusChange.objects.filter(supplier=supplier).order_by("at", "pk")
    return list(found.values_list("action", flat=True))


def test_from_registration_to_qualified(
    buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    agreement = document()
    step(buyer, supplier, "start_signing")
    assert refused(buyer, supplier, "start_certification").code == "gates_unmet"
    sign(supplier, agreement)
    step(buyer, supplier, "start_certification")
    unmet = refused(buyer, supplier, "submit_for_approval")
    assert (unmet.code, unmet.params["gates"]) == (
        "gates_unmet",
        "Certification audit, Self-assessment",
    )
    result(supplier, GateKind.CERTIFICATION_AUDIT)
    assessment(supplier)
    assert refused(buyer, supplier, "submit_for_approval").code == "categories_missing"
    supplier.categories.add(category())
    approval = step(buyer, supplier, "submit_for_approval")
    assert supplier.status == SupplierStatus.APPROVAL
    agree(csr_specialist, approval)
    supplier.refresh_from_db()
    assert supplier.status == SupplierStatus.QUALIFIED
    row = supplier.qualifications.get()
    assert (row.state, row.route, row.valid_from) == ("approved", "initial", clock.today())
    assert row.valid_until is not None
    assert (row.valid_until.year, row.valid_until.month) in (
        (clock.today().year + 3, clock.today().month),
        (clock.today().year + 3, clock.today().month - 1),
        (clock.today().year + 2, 12),
    )
    assert actions(supplier) == [
        "register",
        "start_signing",
        "start_certification",
        "submit_for_approval",
        "approve",
    ]
    change = StatusChange.objects.get(supplier=supplier, action="approve")
    assert (change.actor, change.approval) == (csr_specialist, approval)
    verbs = ActivityEntry.objects.about(supplier).values_list("verb", flat=True)
    assert {"lifecycle.approve", "approval.requested", "approval.approved"} <= set(verbs)


def test_minerals_in_scope_need_an_accepted_declaration(buyer: User, supplier: Supplier) -> None:
    supplier.categories.add(category())
    supplier.minerals.create(metal="tin")
    to_certification(buyer, supplier)
    meet_gates(supplier)
    unmet = refused(buyer, supplier, "submit_for_approval")
    assert unmet.params["gates"] == "Minerals declaration"
    result(supplier, GateKind.DECLARATION)
    step(buyer, supplier, "submit_for_approval")


def test_a_rejected_approval_goes_back_to_certification(
    buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    approval = to_approval(buyer, supplier)
    agree(csr_specialist, approval, approve=False)
    supplier.refresh_from_db()
    assert supplier.status == SupplierStatus.CERTIFICATION
    assert supplier.qualifications.get().state == "rejected"
    assert actions(supplier)[-1] == "send_back"
    step(buyer, supplier, "submit_for_approval")
    assert supplier.status == SupplierStatus.APPROVAL


def test_a_withdrawn_approval_goes_back_too(buyer: User, supplier: Supplier) -> None:
    approval = to_approval(buyer, supplier)
    withdraw_request(buyer, approval.pk)
    supplier.refresh_from_db()
    assert (supplier.status, supplier.qualifications.get().state) == (
        SupplierStatus.CERTIFICATION,
        "withdrawn",
    )


def test_what_steps_ask_for(buyer: User, csr_specialist: User, supplier: Supplier) -> None:
    qualify(buyer, csr_specialist, supplier)
    assert refused(buyer, supplier, "disqualify").code == "reason_missing"
    assert refused(buyer, supplier, "disqualify", reason_code="x").code == "reason_unknown"
    assert refused(buyer, supplier, "disqualify", reason_code="csr").code == "proof_missing"
    assert refused(buyer, supplier, "restrict", reason_code="csr").code == "proof_missing"
    assert refused(buyer, supplier, "restrict", reason_code="csr", explanation="x").code == (
        "scope_missing"
    )
    assert refused(buyer, supplier, "phase_out").code == "proof_missing"
    missing = refused(buyer, supplier, "phase_out", explanation="x")
    assert (missing.code, missing.field) == ("phase_out_date_missing", "phase_out_on")
    for day in (clock.today() - dt.timedelta(days=1), dt.date(2999, 1, 1)):
        late = refused(buyer, supplier, "phase_out", explanation="x", phase_out_on=day)
        assert late.code == "phase_out_date_impossible"
    long = refused(buyer, supplier, "phase_out", explanation="x" * 10_000)
    assert (long.code, long.field) == ("text_too_long", "explanation")
    assert refused(buyer, supplier, "nonsense").code == "action_unknown"
    assert refused(buyer, supplier, "approve").code == "action_unknown"
    wrong = refused(buyer, supplier, "start_signing")
    assert (wrong.code, wrong.params["status"]) == ("action_not_possible", "Qualified")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"scope": "everything"}, "scope_missing"),
        ({"conditions": "  "}, "conditions_missing"),
        ({"starts_on": None}, "starts_on_missing"),
        ({"starts_on": dt.date(2020, 1, 1)}, "starts_on_past"),
        ({"ends_on": dt.date(2020, 1, 1)}, "period_reversed"),
    ],
)
def test_what_a_limitation_asks_for(
    buyer: User, csr_specialist: User, supplier: Supplier, fields: dict[str, Any], code: str
) -> None:
    qualify(buyer, csr_specialist, supplier)
    with pytest.raises(DomainError) as caught:
        take_action(buyer, supplier.pk, "restrict", limit_input(**fields))
    assert caught.value.code == code


def test_limit_and_lift(buyer: User, csr_specialist: User, supplier: Supplier) -> None:
    qualify(buyer, csr_specialist, supplier)
    limit(buyer, csr_specialist, supplier)
    row = supplier.restrictions.get()
    assert (supplier.status, row.scope, row.reason_code) == (
        SupplierStatus.LIMITED,
        "no_new_orders",
        "csr",
    )
    assert refused(buyer, supplier, "lift").code == "proof_missing"
    approval = step(buyer, supplier, "lift", evidence=[pdf()])
    assert approval is not None
    assert EvidenceFile.objects.about(approval).get().supplier == supplier
    agree(csr_specialist, approval)
    supplier.refresh_from_db()
    row.refresh_from_db()
    assert (supplier.status, row.lifted_on) == (SupplierStatus.QUALIFIED, clock.today())
    assert supplier.qualifications.get().state == "approved"


def test_files_given_with_a_phase_out_are_kept(buyer: User, supplier: Supplier) -> None:
    form = ActionForm(BY_CODE["phase_out"], supplier)
    assert "evidence" in form.fields
    step(
        buyer,
        supplier,
        "phase_out",
        explanation="Ends.",
        phase_out_on=clock.today(),
        evidence=[pdf("notice.pdf")],
    )
    change = StatusChange.objects.get(supplier=supplier, action="phase_out")
    assert EvidenceFile.objects.about(change).get().name == "notice.pdf"
    assert [one.name for one in lifecycle_card(buyer, supplier).files] == ["notice.pdf"]


def test_disqualify_ends_everything_and_withdraws_what_was_asked(
    buyer: User, csr_specialist: User, admin: User, supplier: Supplier
) -> None:
    qualify(buyer, csr_specialist, supplier)
    limit(buyer, csr_specialist, supplier)
    lift = step(buyer, supplier, "lift", explanation="done")
    assert lift is not None
    disqualify(csr_specialist, admin, supplier)
    lift.refresh_from_db()
    assert supplier.status == SupplierStatus.DISQUALIFIED
    assert (lift.state, lift.decided_by) == ("withdrawn", None)
    row = supplier.qualifications.get()
    assert (row.state, row.ended_on) == ("withdrawn", clock.today())
    assert supplier.restrictions.get().lifted_on == clock.today()
    change = StatusChange.objects.get(supplier=supplier, action="disqualify")
    assert (change.reason_code, change.from_status) == ("csr", "limited")


def test_a_new_certification_ignores_what_was_before(
    buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    agreement = document()
    sign(supplier, agreement)
    qualify(buyer, csr_specialist, supplier)
    disqualify(buyer, csr_specialist, supplier)
    step(buyer, supplier, "recertify")
    assert supplier.status == SupplierStatus.SIGNING
    unmet = refused(buyer, supplier, "start_certification")
    assert unmet.params["gates"] == "Documents to sign"
    sign(supplier, agreement)
    step(buyer, supplier, "start_certification")
    assert refused(buyer, supplier, "submit_for_approval").code == "gates_unmet"
    meet_gates(supplier)
    agree(csr_specialist, step(buyer, supplier, "submit_for_approval"))
    supplier.refresh_from_db()
    assert supplier.status == SupplierStatus.QUALIFIED
    states = supplier.qualifications.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["withdrawn", "approved"]


def test_not_introduced_during_the_approval(
    buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    approval = to_approval(buyer, supplier)
    ending = step(buyer, supplier, "not_introduce", reason_code="csr", explanation="Failed.")
    agree(csr_specialist, ending)
    supplier.refresh_from_db()
    approval.refresh_from_db()
    assert (supplier.status, approval.state) == (SupplierStatus.NOT_INTRODUCED, "withdrawn")
    step(buyer, supplier, "recertify")
    assert supplier.status == SupplierStatus.SIGNING


def test_phase_out_and_open_again(buyer: User, csr_specialist: User, supplier: Supplier) -> None:
    qualify(buyer, csr_specialist, supplier)
    day = clock.today() + dt.timedelta(days=90)
    step(buyer, supplier, "phase_out", explanation="Product ends.", phase_out_on=day)
    assert (supplier.status, supplier.phase_out_on, supplier.phase_out_reason) == (
        SupplierStatus.PHASED_OUT,
        day,
        "Product ends.",
    )
    step(buyer, supplier, "reopen")
    assert (supplier.status, supplier.phase_out_on, supplier.phase_out_reason) == (
        SupplierStatus.REGISTERED,
        None,
        "",
    )
    assert supplier.qualifications.get().ended_on == clock.today()


def test_phase_out_withdraws_the_open_approval(buyer: User, supplier: Supplier) -> None:
    approval = to_approval(buyer, supplier)
    step(buyer, supplier, "phase_out", explanation="x", phase_out_on=clock.today())
    approval.refresh_from_db()
    assert (approval.state, supplier.qualifications.get().state) == ("withdrawn", "withdrawn")
    told = Notification.objects.get(kind="approval.withdrawn")
    assert (told.recipient, "is void" in told.text) == (buyer, True)


@pytest.mark.parametrize("name", ["auditor", "esg_reporter"])
def test_readers_take_no_step(
    name: str, supplier: Supplier, request: pytest.FixtureRequest
) -> None:
    actor = request.getfixturevalue(name)
    assert refused(actor, supplier, "start_signing").code == "may_not_change_lifecycle"


def test_other_companies_do_not_exist(
    supplier: Supplier, supplier_user: User, other_supplier_user: User
) -> None:
    assert refused(supplier_user, supplier, "start_signing").code == "may_not_change_lifecycle"
    assert refused(other_supplier_user, supplier, "start_signing").code == "supplier_not_found"


def test_deciders_and_requester_are_told(
    buyer: User, csr_specialist: User, admin: User, auditor: User, supplier: Supplier
) -> None:
    supplier.buyer = buyer
    supplier.save()
    approval = to_approval(csr_specialist, supplier)
    asked = Notification.objects.filter(kind="approval.requested")
    assert {one.recipient for one in asked} == {admin, buyer}
    assert all(str(approval.pk) in one.url and one.is_urgent for one in asked)
    agree(admin, approval)
    told = Notification.objects.get(kind="approval.approved")
    assert (told.recipient, told.text) == (
        csr_specialist,
        "Bright Tin Co.: administrator approved what you asked for: Approve the supplier.",
    )


def test_statuses_outside_the_table_take_no_step(buyer: User, supplier: Supplier) -> None:
    put_status(supplier, "disqualified")
    for code in ("start_signing", "phase_out", "restrict", "reopen"):
        reason = {"reason_code": "csr", "explanation": "x"}
        assert refused(buyer, supplier, code, **reason).code == "action_not_possible"


def test_a_merged_record_takes_no_step(
    buyer: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    supplier.merged_into = other_supplier
    supplier.save()
    assert refused(buyer, supplier, "start_signing").code == "supplier_merged"
    assert lifecycle_card(buyer, supplier).main is None
    with pytest.raises(DomainError, match="supplier_merged"):
        request_qualification(buyer, supplier.pk, QualificationInput("EL"))
    with pytest.raises(DomainError, match="supplier_merged"):
        request_waiver(buyer, supplier.pk, WaiverInput())
