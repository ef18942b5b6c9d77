"""A second person decides: who, once, and only while the world is as it was."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from accounts.roles import Role
from core import clock
from core.errors import DomainError
from suppliers.enums import GateKind, SupplierStatus
from suppliers.models import Approval, Restriction, StatusChange, Supplier
from suppliers.selectors.approvals import in_tab, waiting_for
from suppliers.services import approvals as service
from suppliers.services.actions import ActionInput, take_action
from suppliers.services.approvals import decide, withdraw_request
from tests.conftest import MakeUser
from tests.suppliers.lifecycle.steps import (
    agree,
    limit_input,
    pdf,
    qualify,
    result,
    step,
    to_approval,
)

pytestmark = pytest.mark.django_db


def code_of(actor: User, approval: Approval, **options: Any) -> str:
    with pytest.raises(DomainError) as caught:
        decide(actor, approval.pk, **{"approve": True, **options})
    return caught.value.code


def test_nobody_decides_the_own_request(csr_specialist: User, supplier: Supplier) -> None:
    approval = to_approval(csr_specialist, supplier)
    assert code_of(csr_specialist, approval) == "own_request"
    assert code_of(csr_specialist, approval, approve=False, note="x") == "own_request"
    approval.refresh_from_db()
    assert approval.state == "open"


def test_the_database_refuses_it_too(csr_specialist: User, supplier: Supplier) -> None:
    approval = to_approval(csr_specialist, supplier)
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.filter(pk=approval.pk).update(state="approved", decided_by=csr_specialist)


def test_who_decides_what(
    make_user: MakeUser,
    buyer: User,
    csr_specialist: User,
    auditor: User,
    esg_reporter: User,
    supplier: Supplier,
) -> None:
    colleague = make_user(Role.PROCUREMENT, "colleague")
    approval = to_approval(buyer, supplier)
    assert code_of(auditor, approval) == "may_not_decide"
    assert code_of(esg_reporter, approval) == "may_not_decide"
    decide(colleague, approval.pk, approve=True)
    supplier.refresh_from_db()
    asked = take_action(buyer, supplier.pk, "restrict", limit_input()).approval
    assert asked is not None
    assert code_of(colleague, asked) == "may_not_decide"
    decide(csr_specialist, asked.pk, approve=True)


def test_a_rejection_says_why(buyer: User, csr_specialist: User, supplier: Supplier) -> None:
    approval = to_approval(buyer, supplier)
    assert code_of(csr_specialist, approval, approve=False, note=" ") == "note_missing"
    done = decide(csr_specialist, approval.pk, approve=False, note="Audit too old.")
    assert (done.state, done.decision_note, done.decided_by) == (
        "rejected",
        "Audit too old.",
        csr_specialist,
    )


def test_decided_once(buyer: User, csr_specialist: User, admin: User, supplier: Supplier) -> None:
    approval = to_approval(buyer, supplier)
    agree(csr_specialist, approval)
    changes = StatusChange.objects.count()
    assert code_of(admin, approval) == "approval_decided"
    assert code_of(admin, approval, approve=False, note="x") == "approval_decided"
    with pytest.raises(DomainError, match="approval_decided"):
        withdraw_request(buyer, approval.pk)
    assert StatusChange.objects.count() == changes


def test_the_second_of_two_deciders_is_told_by_whom(
    buyer: User, csr_specialist: User, admin: User, supplier: Supplier, monkeypatch: Any
) -> None:
    """The other one decides after this one has looked: nothing is done twice."""
    approval = to_approval(buyer, supplier)
    look = service._require_open

    def slow(found: Approval) -> None:
        look(found)
        monkeypatch.setattr(service, "_require_open", look)
        agree(admin, approval, approve=False)

    monkeypatch.setattr(service, "_require_open", slow)
    with pytest.raises(DomainError) as caught, transaction.atomic():
        decide(csr_specialist, approval.pk, approve=True)
    assert caught.value.code == "approval_decided"
    assert caught.value.params["person"] == "administrator"


def test_gates_are_looked_at_again(buyer: User, csr_specialist: User, supplier: Supplier) -> None:
    approval = to_approval(buyer, supplier)
    result(supplier, GateKind.CERTIFICATION_AUDIT, passed=False)
    with pytest.raises(DomainError) as caught:
        decide(csr_specialist, approval.pk, approve=True)
    assert (caught.value.code, caught.value.params["gates"]) == (
        "gates_unmet",
        "Certification audit",
    )
    approval.refresh_from_db()
    supplier.refresh_from_db()
    assert (approval.state, supplier.status) == ("open", SupplierStatus.APPROVAL)
    assert supplier.qualifications.get().state == "in_progress"
    decide(csr_specialist, approval.pk, approve=False, note="Audit failed.")


def test_a_state_that_changed_meanwhile(
    buyer: User, csr_specialist: User, admin: User, supplier: Supplier
) -> None:
    qualify(buyer, csr_specialist, supplier)
    limiting = take_action(buyer, supplier.pk, "restrict", limit_input()).approval
    ending = step(buyer, supplier, "disqualify", reason_code="csr", explanation="x")
    assert limiting is not None
    assert ending is not None
    decide(csr_specialist, limiting.pk, approve=True)
    decide(admin, ending.pk, approve=True)
    supplier.refresh_from_db()
    assert supplier.status == SupplierStatus.DISQUALIFIED


def test_a_limitation_of_the_past_is_asked_anew(
    buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    qualify(buyer, csr_specialist, supplier)
    day = clock.today() + dt.timedelta(days=2)
    approval = take_action(buyer, supplier.pk, "restrict", limit_input(ends_on=day)).approval
    assert approval is not None
    past = (clock.today() - dt.timedelta(days=1)).isoformat()
    approval.payload |= {"starts_on": past, "ends_on": past}
    approval.save()
    assert code_of(csr_specialist, approval) == "period_over"
    assert not Restriction.objects.exists()
    approval.payload |= {"ends_on": day.isoformat()}
    approval.save()
    decide(csr_specialist, approval.pk, approve=True)
    assert supplier.restrictions.get().starts_on == clock.today()


def test_the_same_is_asked_once(buyer: User, csr_specialist: User, supplier: Supplier) -> None:
    qualify(buyer, csr_specialist, supplier)
    first = take_action(buyer, supplier.pk, "restrict", limit_input()).approval
    with pytest.raises(DomainError, match="request_open_already"):
        take_action(csr_specialist, supplier.pk, "restrict", limit_input())
    assert first is not None
    withdraw_request(buyer, first.pk)
    take_action(csr_specialist, supplier.pk, "restrict", limit_input())


def test_only_the_asker_withdraws(buyer: User, admin: User, supplier: Supplier) -> None:
    approval = to_approval(buyer, supplier)
    with pytest.raises(DomainError, match="not_own_request"):
        withdraw_request(admin, approval.pk)
    done = withdraw_request(buyer, approval.pk)
    assert (done.state, done.decided_by) == ("withdrawn", buyer)


def test_tabs(buyer: User, csr_specialist: User, auditor: User, supplier: Supplier) -> None:
    approval = to_approval(buyer, supplier)
    assert list(waiting_for(csr_specialist)) == [approval]
    assert list(waiting_for(buyer)) == list(waiting_for(auditor)) == []
    seen = Approval.objects.all()
    assert list(in_tab(seen, buyer, "mine")) == [approval]
    assert list(in_tab(seen, auditor, "open")) == [approval]
    agree(csr_specialist, approval)
    assert list(in_tab(seen, auditor, "decided")) == [approval]
    assert not in_tab(seen, auditor, "open").exists()


def test_a_bad_file_leaves_nothing_behind(
    buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    qualify(buyer, csr_specialist, supplier)
    count = Approval.objects.count()
    data = ActionInput("csr", "x", [pdf(), _text_file()])
    with pytest.raises(DomainError, match="evidence_kind"):
        take_action(buyer, supplier.pk, "disqualify", data)
    assert Approval.objects.count() == count


def _text_file() -> Any:
    return SimpleUploadedFile("a.exe", b"MZ not a document")


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="needs row locks")
def test_two_people_decide_at_the_same_moment(
    buyer: User, csr_specialist: User, admin: User, supplier: Supplier
) -> None:
    approval = to_approval(buyer, supplier)
    ready = threading.Barrier(2)
    answers: list[str] = []

    def run(actor: User, approve: bool) -> None:
        ready.wait()
        try:
            decide(actor, approval.pk, approve=approve, note="x")
            answers.append("done")
        except DomainError as error:
            answers.append(error.code)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=(csr_specialist, True)),
        threading.Thread(target=run, args=(admin, False)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["approval_decided", "done"]
    assert StatusChange.objects.filter(action__in=["approve", "send_back"]).count() == 1
