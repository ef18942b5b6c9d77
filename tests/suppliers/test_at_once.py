"""Two at the same moment: each thing happens once, the second is told, nothing is lost.

On SQLite one waits for the other; on PostgreSQL they really overlap.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import connection

from accounts.models import User
from core import clock
from core.errors import DomainError
from core.models import Notification
from portal.services.merging import merge
from suppliers.enums import RequestState
from suppliers.models import (
    AnnualSpend,
    Approval,
    DocumentRequest,
    RatingPart,
    Signature,
    StatusChange,
    Supplier,
)
from suppliers.rules.master_data import SupplierInput
from suppliers.rules.related_data import SpendInput
from suppliers.services.actions import ActionInput, take_action
from suppliers.services.push import put_supplier
from suppliers.services.ratings import RatingPartInput, record_rating_part
from suppliers.services.reminders import remind_due
from suppliers.services.signing import Circumstances, SigningInput, sign_document
from suppliers.services.spend import set_spend
from suppliers.services.suppliers import update_supplier
from tests.suppliers.lifecycle.steps import document

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("no_documents_asked"),
]


def at_once(*works: Callable[[], object]) -> list[str]:
    """``done`` or the code of the refusal, sorted."""
    start = Barrier(len(works))
    told: list[str] = []

    def run(work: Callable[[], object]) -> None:
        try:
            start.wait(timeout=30)
            work()
            told.append("done")
        except DomainError as error:
            told.append(error.code)
        except Exception as error:  # noqa: BLE001 - whatever it is, the test must name it
            told.append(repr(error))
        finally:
            connection.close()

    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


def test_a_double_click_signs_once(supplier: Supplier, supplier_user: User) -> None:
    version = document().versions.get()
    data = SigningInput(version.pk, "Wang", "Manager", True, "en")
    here = Circumstances("127.0.0.1", "test")
    sign = lambda: sign_document(supplier_user, data, here)  # noqa: E731
    assert at_once(sign, sign) == ["already_signed", "done"]
    assert Signature.objects.count() == 1


def test_one_step_is_taken_once(supplier: Supplier, buyer: User, csr_specialist: User) -> None:
    both = [
        lambda actor=actor: take_action(actor, supplier.pk, "start_signing", ActionInput())
        for actor in (buyer, csr_specialist)
    ]
    assert at_once(*both) == ["action_not_possible", "done"]
    assert StatusChange.objects.filter(action="start_signing").count() == 1


def test_one_request_is_opened_once(supplier: Supplier, buyer: User, csr_specialist: User) -> None:
    take_action(buyer, supplier.pk, "start_signing", ActionInput())
    why = ActionInput(reason_code="csr", explanation="x")
    both = [
        lambda actor=actor: take_action(actor, supplier.pk, "not_introduce", why)
        for actor in (buyer, csr_specialist)
    ]
    assert at_once(*both) == ["done", "request_open_already"]
    assert Approval.objects.count() == 1


def test_the_same_result_twice_is_one_part(supplier: Supplier) -> None:
    today = clock.today()
    part = RatingPartInput("audit", Decimal(80), today, None, "audits", "audits.audit:1")
    record = lambda: record_rating_part(None, supplier, part)  # noqa: E731
    assert at_once(record, record) == ["done", "done"]
    assert RatingPart.objects.count() == 1


def test_reminders_run_twice_are_sent_once(supplier: Supplier, supplier_user: User) -> None:
    made = DocumentRequest.objects.create(
        supplier=supplier,
        version=document().versions.get(),
        state=RequestState.OPEN,
        due_on=clock.today(),
    )
    DocumentRequest.objects.filter(pk=made.pk).update(requested_at=clock.now() - dt.timedelta(30))
    remind = lambda: remind_due(clock.today())  # noqa: E731
    assert at_once(remind, remind) == ["done", "done"]
    assert Notification.objects.filter(kind="document.reminder").count() == 1
    made.refresh_from_db()
    assert made.reminders == 1


def test_a_merge_while_somebody_edits(
    supplier: Supplier, other_supplier: Supplier, buyer: User, csr_specialist: User
) -> None:
    edit = SupplierInput("S-2", "Golden Contact Ltd", city="Wuxi", country="CN")
    found = at_once(
        lambda: merge(csr_specialist, supplier.pk, other_supplier.pk),
        lambda: update_supplier(buyer, other_supplier.pk, edit),
    )
    assert found in (["done", "done"], ["done", "supplier_merged"])
    other_supplier.refresh_from_db()
    assert other_supplier.merged_into == supplier
    assert other_supplier.city == ("Wuxi" if found[1] == "done" else "")


def test_two_merges_the_other_way_round(
    supplier: Supplier, other_supplier: Supplier, csr_specialist: User, admin: User
) -> None:
    found = at_once(
        lambda: merge(csr_specialist, supplier.pk, other_supplier.pk),
        lambda: merge(admin, other_supplier.pk, supplier.pk),
    )
    assert found == ["done", "supplier_merged"]


def test_pushes_of_one_code(buyer: User, supplier: Supplier) -> None:
    push = lambda: put_supplier(buyer, "NEW-1", lambda _old: SupplierInput("NEW-1", "New"))  # noqa: E731
    assert at_once(push, push) == ["done", "done"]
    assert Supplier.objects.filter(code="NEW-1").count() == 1
    spend = SpendInput(2025, "CNY", Decimal(5), "2025", "5")
    pay = lambda: set_spend(buyer, supplier.pk, spend)  # noqa: E731
    assert at_once(pay, pay) == ["done", "done"]
    assert AnnualSpend.objects.count() == 1
