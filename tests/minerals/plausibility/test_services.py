"""Looking for implausible lists, deciding about them, and never telling twice."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from celery import current_app
from django.conf import settings

from accounts.models import User
from core import clock
from core.errors import DomainError, InvalidInput, NotAllowed, NotFound
from core.models import ActivityEntry
from minerals.enums import AlertKind, AlertState, DeclarationStatus
from minerals.models import Finding, ListPrint, PlausibilityAlert
from minerals.selectors.plausibility import alerts_for, is_open
from minerals.selectors.plausibility_evidence import aligned_rows, copied_metals, peer_groups
from minerals.services.judging import rejudge
from minerals.services.plausibility import (
    LOOK_TASK,
    DecisionInput,
    decide_alert,
    look_at_all,
    look_at_declaration,
    reopen_alert,
)
from suppliers.models import Category, Supplier
from tests.factories.minerals import Desk, form
from tests.minerals.plausibility.lists import ERRORS, cids, many_suppliers, with_list

pytestmark = pytest.mark.django_db


@pytest.fixture
def category(db: None) -> Category:
    return Category.objects.create(code="SOLDER", name="Solder", path="SOLDER/")


def kinds() -> list[tuple[str, int, int | None]]:
    rows = PlausibilityAlert.objects.order_by("declaration_id", "kind")
    return list(rows.values_list("kind", "declaration_id", "other_id"))


def test_a_copied_list_is_told_once_with_its_evidence() -> None:
    one, two, three = many_suppliers(3)
    model = with_list(one, cids(1), ERRORS)
    with_list(two, cids(2), ("Own Works",))
    copy = with_list(three, cids(1)[:-1], ERRORS)
    assert look_at_declaration(copy.pk) == 1
    assert look_at_all() == 0, "told already"
    alert = PlausibilityAlert.objects.get()
    assert (alert.kind, alert.declaration, alert.other, alert.supplier) == (
        AlertKind.SAME_AS_OTHER,
        copy,
        model,
        three,
    )
    assert alert.measures["shared"] == 32
    assert (alert.measures["only_own"], alert.measures["only_other"]) == (0, 1)
    assert alert.measures["errors"] == sorted(f"tin|{text}" for text in (
        "brigthtinwroks", "kettelgold", "hevystone"))  # fmt: skip
    rows = aligned_rows(copy, model)
    assert len(rows) == 33
    assert [row.is_shared_error for row in rows].count(True) == 3
    (gone,) = [row for row in rows if row.own is None]
    assert gone.cid == cids(1)[-1]
    assert gone.other is not None
    assert gone.other.row == 34
    assert ActivityEntry.objects.filter(verb="plausibility.found").count() == 1


def test_a_group_may_answer_with_one_list() -> None:
    mother, daughter, stranger = many_suppliers(3)
    Supplier.objects.filter(pk=daughter.pk).update(parent=mother)
    with_list(mother, cids(1))
    with_list(daughter, cids(1))
    assert look_at_all() == 0
    with_list(stranger, cids(1))
    assert look_at_all() == 1


def test_last_years_list_is_told_when_nothing_was_touched(supplier: Supplier) -> None:
    old = clock.now() - dt.timedelta(days=300)
    superseded: dict[str, Any] = {"status": DeclarationStatus.SUPERSEDED, "received_at": old}
    before = with_list(supplier, cids(1), **superseded)
    now = with_list(supplier, cids(1))
    assert look_at_declaration(now.pk) == 1
    assert kinds() == [(AlertKind.SAME_AS_LAST_YEAR, now.pk, before.pk)]


def test_a_correction_of_last_month_may_say_the_same(supplier: Supplier) -> None:
    lately = clock.now() - dt.timedelta(days=30)
    with_list(supplier, cids(1), status=DeclarationStatus.SUPERSEDED, received_at=lately)
    now = with_list(supplier, cids(1))
    assert look_at_declaration(now.pk) == 0


def test_far_more_than_others_of_the_category(category: Category, csr_specialist: User) -> None:
    suppliers = many_suppliers(6)
    for number, one in enumerate(suppliers):
        one.categories.add(category)
        with_list(one, cids(number, 4 if number else 60))
    assert look_at_all() == 1
    alert = PlausibilityAlert.objects.get()
    assert (alert.kind, alert.supplier) == (AlertKind.OVER_REPORTED, suppliers[0])
    (line,) = alert.measures["lines"]
    assert (line["count"], line["median"], line["peers"]) == (60, 4.0, 6)
    (group,) = peer_groups(csr_specialist, alert)
    assert [(one.count, one.is_own) for one in group.lines][:2] == [(60, True), (4, False)]


def test_the_whole_list_is_told_and_two_of_them_are_no_pair() -> None:
    for one in many_suppliers(2):
        made = with_list(one, cids(1, 40))
        params = {"count": "40", "total": "42", "metal": "Tin"}
        Finding.objects.create(
            declaration=made, position=1, code="smelter_list_copies_reference",
            severity="warning", cell="Smelter List!B5", params=params,
        )  # fmt: skip
    assert look_at_all() == 2
    assert {kind for kind, _own, _other in kinds()} == {AlertKind.WHOLE_LIST}
    (copied,) = copied_metals(PlausibilityAlert.objects.first())  # type: ignore[arg-type]
    assert (copied.metal, copied.count, copied.total) == ("Tin", 40, 42)


def test_a_file_that_comes_in_is_looked_at(
    desk: Desk, supplier: Supplier, other_supplier: Supplier
) -> None:
    """From the upload: a print is kept, and the worker's task finds the same file elsewhere."""
    # Once: a workbook built a moment later has other bytes.
    content = form()
    first = desk.hand_in(supplier, content)
    second = desk.hand_in(other_supplier, content)
    assert ListPrint.objects.count() == 2
    assert len(ListPrint.objects.get(declaration=first).rows) == 4
    assert look_at_declaration(second.pk) == 1
    alert = PlausibilityAlert.objects.get()
    assert alert.measures["same_file"]


def test_the_worker_is_asked_to_look_and_the_timetable_too(
    desk: Desk,
    supplier: Supplier,
    django_capture_on_commit_callbacks: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[tuple[Any, ...]] = []
    monkeypatch.setattr("core.queue.send", lambda *task: sent.append(task))
    with django_capture_on_commit_callbacks(execute=True):
        made = desk.hand_in(supplier, form())
    assert (LOOK_TASK, made.pk) in sent
    sent.clear()
    with django_capture_on_commit_callbacks(execute=True):
        rejudge(made.pk)
    assert LOOK_TASK not in [task for task, *_args in sent], "only a new file is looked at"
    current_app.loader.import_default_modules()
    nightly = settings.CELERY_BEAT_SCHEDULE["look-for-implausible-lists"]["task"]
    assert {LOOK_TASK, nightly} <= set(current_app.tasks)


def test_declarations_without_a_print_get_one() -> None:
    one, two = many_suppliers(2)
    with_list(one, cids(1))
    with_list(two, cids(1))
    ListPrint.objects.all().delete()
    assert look_at_all() == 1


def test_what_cannot_be_looked_at_is_passed_over(supplier: Supplier) -> None:
    assert look_at_declaration(0) == 0
    empty = with_list(supplier, [])
    assert look_at_declaration(empty.pk) == 0
    unread = with_list(supplier, cids(1), status=DeclarationStatus.UNREADABLE)
    assert look_at_declaration(unread.pk) == 0
    assert look_at_all() == 0


@pytest.fixture
def alert(db: None) -> PlausibilityAlert:
    one, two = many_suppliers(2)
    with_list(one, cids(1))
    with_list(two, cids(1))
    look_at_all()
    return PlausibilityAlert.objects.get()


def test_it_is_decided_once_and_can_be_taken_back(
    alert: PlausibilityAlert, csr_specialist: User, buyer: User, supplier_user: User
) -> None:
    data = DecisionInput("explained", " One distributor. ")
    with pytest.raises(NotAllowed):
        decide_alert(buyer, alert.pk, data)
    with pytest.raises(NotFound):
        decide_alert(supplier_user, alert.pk, data)
    for wrong, code in (("", "alert_note_missing"), ("open", "alert_state_unknown")):
        note, state = ("", "explained") if not wrong else ("Why.", wrong)
        with pytest.raises(InvalidInput) as problem:
            decide_alert(csr_specialist, alert.pk, DecisionInput(state, note))
        assert problem.value.code == code
    with pytest.raises(DomainError) as early:
        reopen_alert(csr_specialist, alert.pk)
    assert early.value.code == "alert_open"
    decided = decide_alert(csr_specialist, alert.pk, data)
    assert (decided.state, decided.note) == (AlertState.EXPLAINED, "One distributor.")
    with pytest.raises(DomainError) as late:
        decide_alert(csr_specialist, alert.pk, DecisionInput("confirmed", "No."))
    assert late.value.code == "alert_decided"
    assert look_at_all() == 0, "an explained one is not opened again"
    with pytest.raises(NotAllowed):
        reopen_alert(buyer, alert.pk)
    assert reopen_alert(csr_specialist, alert.pk).decided_by is None
    verbs = ActivityEntry.objects.filter(subject_type="minerals.plausibilityalert")
    assert sorted(verbs.values_list("verb", flat=True)) == [
        "plausibility.explained",
        "plausibility.found",
        "plausibility.reopened",
    ]


def test_of_a_superseded_declaration_nothing_waits(
    alert: PlausibilityAlert, csr_specialist: User
) -> None:
    assert alerts_for(csr_specialist).filter(is_open()).exists()
    alert.declaration.status = DeclarationStatus.SUPERSEDED
    alert.declaration.save()
    assert not alerts_for(csr_specialist).filter(is_open()).exists()
