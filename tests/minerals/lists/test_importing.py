"""A list from the upload to being in force: read, compared, held, confirmed, discarded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from celery import current_app
from django.conf import settings

from accounts.models import User
from core.errors import DomainError, NotAllowed
from core.models import ActivityEntry, Job, JobState
from minerals.enums import ListState
from minerals.excel.sample_list import demo_rows, xml_list
from minerals.models import Smelter, SmelterList, SmelterListing
from minerals.selectors.smelter_lists import changes_of, hold_reasons, list_of_same_content
from minerals.selectors.smelter_status import status_book
from minerals.services.list_reading import give_up_reading
from minerals.services.smelter_lists import (
    APPLY_TASK,
    choose_columns,
    confirm_list,
    discard_list,
)
from tests.factories.minerals import Desk
from tests.minerals.lists.files import (
    AUDITED,
    FIRST,
    SECOND,
    THIRD,
    codes,
    csv_file,
    imported,
    line,
    read,
    received,
    table,
    workbook,
    worked_off,
)

pytestmark = pytest.mark.django_db
ROWS = [line(f"CID90000{number}", last_audit=AUDITED) for number in range(1, 6)]


def refusal(actor: User, found: SmelterList, **more: Any) -> str:
    with pytest.raises(DomainError) as refused:
        confirm_list(actor, found.pk, **more)
    return refused.value.code


def test_the_three_formats_say_the_same(csr_specialist: User) -> None:
    for name, content in (
        ("a.xml", xml_list(ROWS)),
        ("a.xls", xml_list(ROWS)),
        ("a.xlsx", workbook(table(ROWS))),
        ("a.csv", csv_file(table(ROWS))),
    ):
        found = read(csr_specialist, content, name=name)
        assert (found.state, found.row_count, found.problems) == (ListState.READY, 5, []), name
        entry = found.listings.get(cid="CID900001")
        assert (entry.status, entry.metal, entry.country) == ("conformant", "Tin", "PERU")
        assert (entry.last_audit_on, entry.due_on) == (AUDITED, dt.date(2026, 6, 30))
        assert entry.cycle_years == 1


def test_nothing_counts_before_it_is_confirmed(csr_specialist: User) -> None:
    found = read(csr_specialist, ROWS)
    assert status_book(FIRST).rmap is None
    assert not Smelter.objects.exists()
    confirm_list(csr_specialist, found.pk)
    book = status_book(FIRST)
    assert (book.rmap, book.status_of("CID900001")) == (found, "conformant")
    assert Smelter.objects.get(cid="CID900001").country_code == "PE"
    found.refresh_from_db()
    assert (found.state, found.confirmed_by) == (ListState.IN_FORCE, csr_specialist)
    assert found.confirmed_at is not None


def test_confirming_hands_over_to_the_worker(
    csr_specialist: User, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[Any, ...]] = []
    found = read(csr_specialist, ROWS)
    monkeypatch.setattr("core.queue.send", lambda *task: sent.append(task))
    with django_capture_on_commit_callbacks(execute=True):
        confirm_list(csr_specialist, found.pk)
    assert sent == [(APPLY_TASK, found.pk)]


def test_the_trail_says_who_did_what(csr_specialist: User) -> None:
    found = imported(csr_specialist, ROWS)
    entries = ActivityEntry.objects.about(found).order_by("pk")
    assert [(one.verb, one.actor) for one in entries] == [
        ("list.received", csr_specialist),
        ("list.read", None),
        ("list.confirmed", csr_specialist),
    ]


def test_differences_to_the_list_before(csr_specialist: User) -> None:
    first = imported(csr_specialist, ROWS)
    now = [
        *ROWS[:2],
        line("CID900003", status="Non Conformant", last_audit=AUDITED),
        line("CID900004", name="Another name (demo)", last_audit=AUDITED),
        line("CID900009"),
    ]
    second = read(csr_specialist, now, SECOND)
    facts = second.differences
    assert facts["against"] == first.pk
    assert {kind: facts[kind] for kind in ("new", "gone", "status", "renamed")} == {
        "new": 1,
        "gone": 1,
        "status": 1,
        "renamed": 1,
    }
    assert second.state == ListState.READY
    assert [(one.kind, one.entry.cid) for one in changes_of(second)] == [
        ("new", "CID900009"),
        ("gone", "CID900005"),
        ("status", "CID900003"),
        ("renamed", "CID900004"),
    ]
    assert [one.entry.cid for one in changes_of(second, "gone")] == ["CID900005"]


def test_last_years_answers_stay(csr_specialist: User) -> None:
    imported(csr_specialist, ROWS, FIRST)
    imported(csr_specialist, [line("CID900001", status="Active")], SECOND)
    before = SECOND - dt.timedelta(days=1)
    assert status_book(before).status_of("CID900001") == "conformant"
    assert status_book(SECOND).status_of("CID900001") == "active"
    assert status_book(before).status_of("CID900005") == "conformant"
    assert status_book(SECOND).status_of("CID900005") == "not_listed"


def test_a_file_that_loses_two_fifths_is_held(csr_specialist: User) -> None:
    imported(csr_specialist, ROWS)
    found = read(csr_specialist, ROWS[:3], SECOND)
    assert (found.state, found.held_for) == (ListState.HELD, ["many_gone"])
    assert hold_reasons(found)[0].startswith("2 of the 5 smelters of the list before (40 %)")
    assert refusal(csr_specialist, found) == "list_held"
    assert status_book(SECOND).status_of("CID900005") == "conformant"
    assert confirm_list(csr_specialist, found.pk, knowing=True).state == ListState.IN_FORCE
    assert read(csr_specialist, ROWS[:2], THIRD).state == ListState.READY


def test_a_list_older_than_the_newest_is_held(csr_specialist: User) -> None:
    rows = [line(row.cid) for row in ROWS]
    imported(csr_specialist, rows, FIRST)
    imported(csr_specialist, rows, THIRD)
    found = read(csr_specialist, [*rows[:4], line("CID900005", status="Active")], SECOND)
    assert (found.state, found.held_for) == (ListState.HELD, ["older_than_newest"])
    assert "30 Apr 2026 to 30 Jul 2026" in hold_reasons(found)[0]
    confirm_list(csr_specialist, found.pk, knowing=True)
    assert status_book(THIRD).status_of("CID900005") == "conformant"
    assert status_book(SECOND).status_of("CID900005") == "active"


def test_other_sources_are_compared_with_their_own(csr_specialist: User) -> None:
    imported(csr_specialist, ROWS, THIRD)
    found = imported(csr_specialist, ROWS[:1], FIRST, source="lbma")
    assert (found.held_for, found.differences["against"]) == ([], None)


def test_a_list_without_ids_is_recognised_by_exact_names(csr_specialist: User, desk: Desk) -> None:
    desk.install()
    rows = [["Refiner", "Country"], ["KETTLE GOLD (demo)", "Italy"], ["Nobody knows", "Peru"]]
    found = read(csr_specialist, csv_file(rows), name="a.csv", source="lbma")
    assert codes(found) == ["column_missing", "id_by_name", "id_missing"]
    confirm_list(csr_specialist, found.pk)
    assert status_book(FIRST).status_of("CID900020") == "cross_recognised"
    rmap = read(csr_specialist, csv_file(rows), name="a.csv")
    assert (rmap.row_count, rmap.state) == (0, ListState.READY)


def test_a_real_list_does_not_follow_an_invented_one(csr_specialist: User) -> None:
    demo = imported(csr_specialist, ROWS, THIRD)
    SmelterList.objects.filter(pk=demo.pk).update(is_demo=True)
    found = read(csr_specialist, [line("CID900077")], SECOND)
    assert (found.state, found.differences["against"]) == (ListState.READY, None)


@pytest.mark.parametrize("same_bytes", [True, False])
def test_the_same_content_again_is_told(csr_specialist: User, same_bytes: bool) -> None:
    first = imported(csr_specialist, ROWS)
    again = read(csr_specialist, ROWS if same_bytes else list(reversed(ROWS)), SECOND)
    assert list_of_same_content(again) == first
    assert again.state == ListState.READY
    discard_list(csr_specialist, again.pk)
    again.refresh_from_db()
    assert (again.state, again.listings.count()) == (ListState.DISCARDED, 0)


def test_what_changed_meanwhile_is_looked_at_again(csr_specialist: User) -> None:
    imported(csr_specialist, ROWS, FIRST)
    found = read(csr_specialist, ROWS[:4], THIRD)
    assert found.differences["gone"] == 1
    between = imported(csr_specialist, [*ROWS, line("CID900006")], SECOND)
    assert refusal(csr_specialist, found) == "list_changed_meanwhile"
    found.refresh_from_db()
    assert (found.differences["against"], found.differences["gone"]) == (between.pk, 2)
    assert confirm_list(csr_specialist, found.pk).state == ListState.IN_FORCE


def test_what_is_in_force_is_never_changed(csr_specialist: User) -> None:
    found = imported(csr_specialist, ROWS)
    acts: tuple[Callable[[], SmelterList], ...] = (
        lambda: confirm_list(csr_specialist, found.pk),
        lambda: discard_list(csr_specialist, found.pk),
        lambda: choose_columns(csr_specialist, found.pk, {"cid": 0}),
    )
    for act in acts:
        with pytest.raises(DomainError) as refused:
            act()
        assert refused.value.code == "smelter_list_state"
    with pytest.raises(TypeError):
        SmelterListing.objects.filter(list=found)[0].save()
    assert worked_off(found).row_count == 5


def test_reading_twice_changes_nothing(csr_specialist: User) -> None:
    found = received(csr_specialist, xml_list(ROWS))
    job = Job.objects.about(found).get()
    worked_off(found)
    Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED)
    confirm_list(csr_specialist, found.pk)
    worked_off(found)
    assert (found.state, found.listings.count()) == (ListState.IN_FORCE, 5)


def test_what_nobody_foresaw_is_told(csr_specialist: User) -> None:
    found = received(csr_specialist, xml_list(ROWS))
    job = Job.objects.about(found).get()
    give_up_reading(found.pk, job.pk)
    found.refresh_from_db()
    job.refresh_from_db()
    assert (found.state, job.error["code"]) == (ListState.UNREADABLE, "list_reading_failed")
    discard_list(csr_specialist, found.pk)


def test_only_specialists_and_administrators_import(buyer: User, csr_specialist: User) -> None:
    with pytest.raises(NotAllowed):
        received(buyer, xml_list(ROWS))
    found = read(csr_specialist, ROWS)
    for act in (confirm_list, discard_list):
        with pytest.raises(NotAllowed):
            act(buyer, found.pk)


def test_every_task_that_is_named_exists() -> None:
    current_app.loader.import_default_modules()
    assert settings.JOB_TASKS["smelter_list.read"] in current_app.tasks
    assert settings.JOB_GIVE_UP_TASKS["smelter_list.read"] in current_app.tasks


def test_the_sample_of_the_demo_is_readable(csr_specialist: User) -> None:
    found = read(csr_specialist, demo_rows(AUDITED))
    assert (found.problems, found.row_count) == ([], 17)
