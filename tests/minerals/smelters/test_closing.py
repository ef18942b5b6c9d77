"""Closing tasks by hand, one or several, and what becomes of them when suppliers are merged."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from core import clock
from core.errors import DomainError, InvalidInput, NotAllowed, NotFound
from core.models import ActivityEntry
from minerals.enums import TaskState
from minerals.models import SmelterList, SmelterTask
from minerals.services.list_effects import apply_now
from minerals.services.merging import move_declarations, move_smelter_tasks
from minerals.services.smelter_tasks import CloseInput, close_task, close_tasks
from suppliers.models import Supplier
from tests.factories.smelters import declare, list_of

pytestmark = pytest.mark.django_db
A, B = "CID900001", "CID900002"
TODAY = clock.today()


@pytest.fixture
def bad(db: None) -> SmelterList:
    list_of(TODAY - dt.timedelta(9), {A: "conformant", B: "conformant"}, applied_at=clock.now())
    return list_of(TODAY, {A: "non_conformant", B: "unable_to_proceed"})


@pytest.fixture
def task(bad: SmelterList, supplier: Supplier) -> SmelterTask:
    declare(supplier, A)
    apply_now(bad)
    return SmelterTask.objects.get()


def test_closed_with_words_by_a_specialist(task: SmelterTask, csr_specialist: User) -> None:
    closed = close_task(csr_specialist, task.pk, CloseInput("Old stock only.", "cancelled"))
    assert (closed.state, closed.closed_by, closed.note) == (
        TaskState.CANCELLED,
        csr_specialist,
        "Old stock only.",
    )
    assert closed.items.get().settled_by == "by_hand"
    assert ActivityEntry.objects.filter(verb="smelter_task.closed").count() == 1
    with pytest.raises(DomainError) as error:
        close_task(csr_specialist, task.pk, CloseInput("Again."))
    assert error.value.code == "smelter_task_closed"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (CloseInput("  "), "close_note_missing"),
        (CloseInput("So.", "open"), "close_state_unknown"),
    ],
)
def test_refused_words(
    given: CloseInput, code: str, task: SmelterTask, csr_specialist: User
) -> None:
    with pytest.raises(InvalidInput) as error:
        close_task(csr_specialist, task.pk, given)
    assert error.value.code == code
    task.refresh_from_db()
    assert task.state == TaskState.OPEN


def test_who_may(
    task: SmelterTask, buyer: User, supplier_user: User, other_supplier_user: User
) -> None:
    for person, kind in (
        (buyer, NotAllowed),
        (supplier_user, NotAllowed),
        (other_supplier_user, NotFound),
    ):
        with pytest.raises(kind):
            close_task(person, task.pk, CloseInput("So."))
    with pytest.raises(NotAllowed):
        close_tasks(buyer, [task.pk], CloseInput("So."))


def test_several_at_once_pass_over_closed_ones(
    bad: SmelterList, supplier: Supplier, other_supplier: Supplier, csr_specialist: User
) -> None:
    declare(supplier, A)
    declare(other_supplier, B)
    apply_now(bad)
    first, second = SmelterTask.objects.order_by("pk")
    close_task(csr_specialist, first.pk, CloseInput("So."))
    keys = [first.pk, second.pk, second.pk]
    assert close_tasks(csr_specialist, keys, CloseInput("All.")) == 1
    second.refresh_from_db()
    first.refresh_from_db()
    assert (first.note, second.note) == ("So.", "All.")
    with pytest.raises(InvalidInput):
        close_tasks(csr_specialist, range(501), CloseInput("All."))


def test_a_closed_task_is_not_opened_again_by_the_same_list(
    task: SmelterTask, bad: SmelterList, csr_specialist: User
) -> None:
    close_task(csr_specialist, task.pk, CloseInput("So."))
    apply_now(bad)
    task.refresh_from_db()
    assert (task.state, SmelterTask.objects.count()) == (TaskState.DONE, 1)


def test_tasks_of_a_duplicate_go_to_the_one_that_stays(
    bad: SmelterList, supplier: Supplier, other_supplier: Supplier, admin: User
) -> None:
    declare(supplier, A, family="EMRT")
    declare(other_supplier, A, B)
    apply_now(bad)
    move_declarations(admin, supplier.pk, other_supplier.pk)
    assert move_smelter_tasks(admin, supplier.pk, other_supplier.pk) == 1
    task = SmelterTask.objects.get()
    assert task.supplier == supplier
    assert sorted(task.items.values_list("smelter__cid", flat=True)) == [A, B]
    assert task.due_on == TODAY + dt.timedelta(days=30)
