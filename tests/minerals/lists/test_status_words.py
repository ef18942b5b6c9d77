"""Words of a list that nobody knows: kept, shown, and explained once by a person."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from core.errors import DomainError, InvalidInput, NotAllowed
from core.models import ActivityEntry
from minerals.models import SmelterListing, StatusWord
from minerals.selectors.list_problems import problems_of
from minerals.selectors.smelter_status import status_book
from minerals.selectors.status_words import open_words
from minerals.services.smelter_lists import APPLY_TASK, discard_list
from minerals.services.status_words import explain_status_word
from tests.minerals.lists.files import FIRST, SECOND, imported, line, read

pytestmark = pytest.mark.django_db
ROWS = [line("CID900001", "On a break"), line("CID900002", "on  a BREAK"), line("CID900003")]


def statuses() -> list[str]:
    return list(SmelterListing.objects.order_by("list", "row").values_list("status", flat=True))


def test_a_word_counts_for_nothing_until_somebody_says(csr_specialist: User) -> None:
    imported(csr_specialist, ROWS)
    assert status_book(FIRST).status_of("CID900001") == ""
    [word] = open_words()
    assert (word.text, word.entries, word.lists) == ("On a break", 2, 1)


def test_said_once_it_holds_for_every_list(csr_specialist: User) -> None:
    first = imported(csr_specialist, ROWS)
    explain_status_word(csr_specialist, "ON A BREAK!", "active")
    assert statuses() == ["active", "active", "conformant"]
    assert status_book(FIRST).status_of("CID900001") == "active"
    assert (open_words(), problems_of(first)) == ([], [])
    later = read(csr_specialist, ROWS, SECOND)
    assert (later.problems, later.differences["status"]) == ([], 0)
    entry = ActivityEntry.objects.get(verb="status_word.explained")
    assert (entry.actor, entry.data["status"]) == (csr_specialist, "active")


def test_a_list_that_waits_is_compared_again(csr_specialist: User) -> None:
    imported(csr_specialist, [line("CID900001", "Active"), *ROWS[1:]])
    waiting = read(csr_specialist, ROWS, SECOND)
    assert waiting.differences["status"] == 1
    explain_status_word(csr_specialist, "On a break", "active")
    waiting.refresh_from_db()
    assert waiting.differences["status"] == 0


def test_a_wrong_explanation_can_be_corrected(csr_specialist: User, admin: User) -> None:
    imported(csr_specialist, ROWS)
    explain_status_word(csr_specialist, "On a break", "conformant")
    assert status_book(FIRST).status_of("CID900001") == "conformant"
    explain_status_word(admin, "On a break", "suspended_not_interested")
    assert status_book(FIRST).status_of("CID900001") == "suspended_not_interested"
    assert StatusWord.objects.get().decided_by == admin
    with pytest.raises(DomainError) as same:
        explain_status_word(admin, "on a break", "suspended_not_interested")
    assert same.value.code == "status_word_unchanged"


def test_the_list_in_force_is_applied_again(
    csr_specialist: User, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(csr_specialist, ROWS)
    newest = imported(csr_specialist, ROWS, SECOND)
    sent: list[tuple[Any, ...]] = []
    monkeypatch.setattr("core.queue.send", lambda *task: sent.append(task))
    with django_capture_on_commit_callbacks(execute=True):
        explain_status_word(csr_specialist, "On a break", "active")
    assert sent == [(APPLY_TASK, newest.pk)]


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        (" - ", "active", "status_word_empty"),
        ("Conformant", "active", "status_word_known"),
        ("Paused", "nonsense", "status_unknown"),
        ("Paused", "not_listed", "status_unknown"),
    ],
)
def test_what_cannot_be_said(csr_specialist: User, text: str, status: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        explain_status_word(csr_specialist, text, status)
    assert refused.value.code == code


def test_who_may_say_it(buyer: User) -> None:
    with pytest.raises(NotAllowed):
        explain_status_word(buyer, "Paused", "active")


def test_words_of_discarded_lists_do_not_wait(csr_specialist: User) -> None:
    found = read(csr_specialist, ROWS)
    assert len(open_words()) == 1
    discard_list(csr_specialist, found.pk)
    assert open_words() == []


def test_other_schemes_words_do_not_recognise(csr_specialist: User) -> None:
    rows = [line("CID900001", "Suspended"), line("CID900002", "Conformant"), line("CID900003", "")]
    imported(csr_specialist, rows, source="rjc")
    book = status_book(FIRST)
    assert [book.status_of(f"CID90000{number}") for number in (1, 2, 3)] == [
        "not_listed",
        "cross_recognised",
        "cross_recognised",
    ]
