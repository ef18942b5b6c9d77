"""A new list meets the declarations: who is asked, rated again, told, and when that is over."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from core import clock
from core.models import Job, JobState, Notification
from minerals.enums import DeclarationStatus, ProductLink, ReviewState, TaskState
from minerals.models import (
    Declaration,
    DeclarationDocument,
    RiskEvent,
    RiskRating,
    SmelterLine,
    SmelterList,
    SmelterTask,
    StatusWord,
)
from minerals.services import list_effects
from minerals.services.list_effects import (
    apply_chunk,
    apply_list_later,
    apply_now,
    apply_waiting_lists,
    begin_applying,
)
from minerals.services.smelter_tasks import settle_supplier
from minerals.tasks import smelter_tasks as tasks
from suppliers.enums import ContactRole, SupplierStatus
from suppliers.models import Supplier
from tests.factories.minerals import Desk, form
from tests.factories.smelters import declare, list_of
from tests.minerals.conftest import forget_lists

pytestmark = pytest.mark.django_db
A, B, C = "CID900001", "CID900002", "CID900003"
TODAY = clock.today()
GOOD = {A: "conformant", B: "conformant", C: "conformant"}


def days_ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


@pytest.fixture
def before(db: None) -> SmelterList:
    return list_of(days_ago(100), GOOD, applied_at=clock.now())


def test_dropping_a_smelter_asks_exactly_those_who_name_it(
    before: SmelterList, supplier: Supplier, other_supplier: Supplier
) -> None:
    declare(supplier, A, B)
    declare(other_supplier, B)
    assert apply_now(list_of(days_ago(1), {B: "conformant", C: "non_conformant"})) == 1
    task = SmelterTask.objects.get()
    item = task.items.get()
    assert (task.supplier, task.state) == (supplier, TaskState.OPEN)
    assert (item.smelter.cid, item.status, item.status_before) == (A, "not_listed", "conformant")
    assert task.due_on == item.due_on == TODAY + dt.timedelta(days=30)
    assert item.smelter.name == f"Smelter {A}", "the record is made from what lists say"


def test_the_same_and_an_equal_list_open_nothing_more(
    before: SmelterList, supplier: Supplier
) -> None:
    declare(supplier, A, B)
    dropped = list_of(days_ago(3), {B: "conformant", C: "conformant"})
    for _again in range(2):
        assert apply_now(dropped) == 1
    assert apply_now(list_of(days_ago(2), {B: "conformant", C: "conformant"})) == 0
    assert SmelterTask.objects.count() == 1
    assert Notification.objects.count() == 0


def test_one_task_names_all_smelters_and_the_nearest_date(
    before: SmelterList, supplier: Supplier
) -> None:
    declare(supplier, A, B, C)
    apply_now(list_of(days_ago(1), {A: "non_conformant", B: "unable_to_proceed", C: "active"}))
    task = SmelterTask.objects.get()
    due = dict(task.items.values_list("smelter__cid", "due_on"))
    assert due == {A: TODAY + dt.timedelta(60), B: TODAY + dt.timedelta(30)}
    assert task.due_on == due[B]


def test_what_became_worse_still_is_asked_anew_and_replaces(
    before: SmelterList, supplier: Supplier
) -> None:
    declare(supplier, A)
    apply_now(list_of(days_ago(3), {**GOOD, A: "eligible"}))
    apply_now(list_of(days_ago(2), {**GOOD, A: "non_conformant"}))
    old, new = SmelterTask.objects.order_by("pk")
    assert old.items.get().settled_by == "replaced"
    assert (old.state, new.state) == (TaskState.DONE, TaskState.OPEN)


def test_a_list_that_makes_it_good_again_settles_and_closes(
    before: SmelterList, supplier: Supplier, supplier_user: User
) -> None:
    declare(supplier, A, B)
    apply_now(list_of(days_ago(3), {**GOOD, A: "non_conformant", B: "unable_to_proceed"}))
    told = Notification.objects.get(recipient=supplier_user)
    apply_now(list_of(days_ago(2), {**GOOD, A: "non_conformant"}))
    task = SmelterTask.objects.get()
    settled = task.items.get(smelter__cid=B)
    assert (settled.settled_on, settled.settled_by) == (TODAY, "status")
    assert (task.state, task.due_on) == (TaskState.OPEN, TODAY + dt.timedelta(days=60))
    apply_now(list_of(days_ago(1), GOOD))
    task.refresh_from_db()
    told.refresh_from_db()
    assert task.state == TaskState.DONE
    assert task.closed_at is not None
    assert told.read_at is not None, "what it asked for is done"


def test_a_newer_declaration_that_no_longer_names_it_settles(
    before: SmelterList, supplier: Supplier
) -> None:
    old = declare(supplier, A)
    apply_now(list_of(days_ago(2), {**GOOD, A: "non_conformant"}))
    assert settle_supplier(supplier.pk) == 0
    Declaration.objects.filter(pk=old.pk).update(status=DeclarationStatus.SUPERSEDED)
    declare(supplier, B)
    assert settle_supplier(supplier.pk) == 1
    task = SmelterTask.objects.get()
    assert (task.state, task.items.get().settled_by) == (TaskState.DONE, "not_named")


@pytest.mark.parametrize("why", ["superseded", "rejected", "excluded", "left", "merged"])
def test_what_does_not_count_is_not_asked(
    why: str, before: SmelterList, supplier: Supplier, other_supplier: Supplier
) -> None:
    declaration = declare(supplier, A)
    one, owner = (
        Declaration.objects.filter(pk=declaration.pk),
        Supplier.objects.filter(pk=supplier.pk),
    )
    if why == "superseded":
        one.update(status=DeclarationStatus.SUPERSEDED)
    elif why == "rejected":
        one.update(review=ReviewState.REJECTED, status=DeclarationStatus.REJECTED)
    elif why == "excluded":
        SmelterLine.objects.filter(declaration=declaration).update(link=ProductLink.EXCLUDED)
    elif why == "left":
        owner.update(status=SupplierStatus.DISQUALIFIED)
    else:
        owner.update(merged_into=other_supplier)
    assert apply_now(list_of(days_ago(1), {**GOOD, A: "non_conformant"})) == 0


def test_the_first_list_of_all_is_held_against_the_templates(supplier: Supplier) -> None:
    declare(supplier, A, B)
    apply_now(list_of(days_ago(1), {A: "non_conformant"}))
    task = SmelterTask.objects.get()
    assert [item.smelter.cid for item in task.items.all()] == [A], "B was not listed before either"


def test_a_list_that_others_overtook_or_that_is_of_another_source(
    before: SmelterList, supplier: Supplier
) -> None:
    declare(supplier, A)
    list_of(days_ago(1), GOOD, applied_at=clock.now())
    late = list_of(days_ago(5), {**GOOD, A: "non_conformant"})
    assert apply_now(late) == 0
    late.refresh_from_db()
    assert late.applied_at is None, "nothing was held against it"
    assert apply_waiting_lists() == 0


def test_cross_recognition_that_ends_asks_too(before: SmelterList, supplier: Supplier) -> None:
    declare(supplier, "CID900009")
    first = list_of(days_ago(9), {"CID900009": "conformant"}, source="lbma")
    assert apply_now(first) == 0, "it became better"
    apply_now(list_of(days_ago(1), {"CID900008": "conformant"}, source="lbma"))
    item = SmelterTask.objects.get().items.get()
    assert (item.status_before, item.status) == ("cross_recognised", "not_listed")


def test_two_lists_imported_before_the_worker_got_to_them(
    before: SmelterList, supplier: Supplier
) -> None:
    declare(supplier, A)
    first = list_of(days_ago(2), {**GOOD, A: "non_conformant"})
    second = list_of(days_ago(1), {**GOOD, A: "non_conformant"})
    apply_now(first)
    apply_now(second)
    assert SmelterTask.objects.get().list == second


def test_a_word_that_somebody_explains_later_is_asked_then(
    before: SmelterList, supplier: Supplier, csr_specialist: User
) -> None:
    declare(supplier, A)
    new = list_of(days_ago(1), {**GOOD, A: ""})
    assert apply_now(new) == 0
    StatusWord.objects.create(
        key="odd word", text="Odd word", status="non_conformant", decided_by=csr_specialist
    )
    new.listings.filter(cid=A).update(status="non_conformant")
    forget_lists()
    assert apply_now(new) == 1


def test_touched_suppliers_are_rated_again_and_others_not(
    desk: Desk, supplier: Supplier, other_supplier: Supplier
) -> None:
    list_of(days_ago(9), dict.fromkeys(("CID900001", "CID900011"), "conformant"))
    desk.hand_in(supplier, form())
    declare(other_supplier, "CID900099")
    apply_now(list_of(days_ago(1), {"CID900001": "non_conformant", "CID900011": "conformant"}))
    rated = RiskRating.objects.filter(is_current=True)
    assert [rating.supplier for rating in rated] == [supplier]
    assert rated.get().smelter_list == SmelterList.objects.get(listed_on=days_ago(1))


def test_who_is_told_what_in_which_language(
    before: SmelterList, supplier: Supplier, supplier_user: User, buyer: User
) -> None:
    supplier.contacts.update(role=ContactRole.MINERALS)
    Supplier.objects.filter(pk=supplier.pk).update(buyer=buyer)
    declare(supplier, A)
    apply_now(list_of(days_ago(1), {**GOOD, A: "non_conformant"}))
    for person in (supplier_user, buyer):
        told = Notification.objects.get(recipient=person)
        assert told.url == SmelterTask.objects.get().get_absolute_url()
        assert f"Smelter {A}" in told.text
    told = Notification.objects.get(recipient=supplier_user)
    assert "Remove the smelter from the supply chain" in told.text
    assert "将该冶炼厂移出供应链" in told.text_in("zh-hans")
    assert str((TODAY + dt.timedelta(60)).year) in told.text


# --- In the worker ---
@pytest.fixture
def many(before: SmelterList, monkeypatch: pytest.MonkeyPatch) -> list[Supplier]:
    monkeypatch.setattr(list_effects, "CHUNK", 2)
    found = [Supplier.objects.create(code=f"M-{at}", name=f"Many {at}") for at in range(5)]
    for supplier in found:
        declare(supplier, A)
    return found


def test_the_worker_splits_counts_and_finishes(
    many: list[Supplier], django_capture_on_commit_callbacks: Any
) -> None:
    new = list_of(days_ago(1), {**GOOD, A: "non_conformant"})
    job = apply_list_later(new)
    assert apply_list_later(new) == job, "one at a time"

    def chunks_sent() -> list[tuple[Any, ...]]:
        with django_capture_on_commit_callbacks() as callbacks:
            begin_applying(new.pk, job.pk)
        return [callback.args[3:] for callback in callbacks]

    chunks = chunks_sent()
    assert [count for _before, _first, _last, count in chunks] == [2, 2, 1]
    for chunk in (*chunks[:2], chunks[0]):
        apply_chunk(new.pk, job.pk, *chunk)
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (JobState.RUNNING, 4, 5)
    assert chunks_sent() == chunks[2:], "what is done is not done again"
    apply_chunk(new.pk, job.pk, *chunks[2])
    job.refresh_from_db()
    new.refresh_from_db()
    assert (job.state, job.result) == (JobState.DONE, {"tasks": 5})
    assert new.applied_at is not None
    assert SmelterTask.objects.count() == 5


def test_one_failure_keeps_nobody_waiting_and_is_tried_again(many: list[Supplier]) -> None:
    DeclarationDocument.objects.create(
        declaration=many[0].declarations.get(), data=b"cannot be unpacked"
    )
    RiskEvent.objects.create(supplier=many[1], kind="no_response", happened_on=TODAY)
    new = list_of(days_ago(1), {**GOOD, A: "non_conformant"})
    job = apply_list_later(new)
    begin_applying(new.pk, job.pk)
    with pytest.raises(ExceptionGroup):
        apply_chunk(new.pk, job.pk, 0, many[0].pk, many[1].pk, 2)
    assert [rating.supplier for rating in RiskRating.objects.all()] == [many[1]]
    assert SmelterTask.objects.count() == 2
    tasks.ApplyTask().on_failure(ValueError(), "", (new.pk, str(job.pk)), {}, None)
    job.refresh_from_db()
    new.refresh_from_db()
    assert (job.state, new.applied_at) == (JobState.FAILED, None)
    assert apply_waiting_lists() == 1
    assert Job.objects.about(new).filter(state=JobState.QUEUED).count() == 1


def test_a_list_nobody_is_touched_by_is_done_at_once(before: SmelterList) -> None:
    new = list_of(days_ago(1), GOOD)
    tasks.apply_list(new.pk)
    job = Job.objects.about(new).get()
    tasks.apply_list(new.pk, str(job.pk))
    job.refresh_from_db()
    new.refresh_from_db()
    assert job.state == JobState.DONE
    assert new.applied_at is not None
