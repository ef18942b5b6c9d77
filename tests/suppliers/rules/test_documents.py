"""Where a document stands for a supplier, when to remind, what a hash covers."""

from __future__ import annotations

import datetime as dt

import pytest

from suppliers.rules.documents import (
    STATES,
    DocumentFact,
    RequestFact,
    SignatureFact,
    document_state,
    is_required,
    newest_numbers,
    reminder_due,
    text_sha256,
    valid_until,
)

TODAY = dt.date(2026, 11, 25)
LETTER = DocumentFact(("production",), False, number=3, material_number=2)


def days(number: int) -> dt.date:
    return TODAY + dt.timedelta(days=number)


def signed(number: int = 3, until: dt.date | None = None, *, valid: bool = True) -> SignatureFact:
    return SignatureFact(number, valid, until)


def asked(due_in: int = 5, state: str = "open", order: int = 1) -> RequestFact:
    return RequestFact(state, days(due_in), order)


CASES = [
    # signatures, requests, state where it is required, state where it is not
    ([], [], "missing", "not_required"),
    ([], [asked()], "requested", "requested"),
    ([], [asked(0)], "requested", "requested"),
    ([], [asked(-1)], "overdue", "overdue"),
    ([signed()], [], "signed", "signed"),
    ([signed(2)], [], "signed", "signed"),
    ([signed(1)], [], "outdated", "not_required"),
    ([signed(1)], [asked()], "outdated", "requested"),
    ([signed(1)], [asked(-1)], "overdue", "overdue"),
    ([signed(until=days(60))], [], "expiring", "expiring"),
    ([signed(until=days(61))], [], "signed", "signed"),
    ([signed(until=TODAY)], [], "expiring", "expiring"),
    ([signed(until=days(-1))], [], "expired", "not_required"),
    ([signed(until=days(10)), signed()], [], "signed", "signed"),
    ([signed(valid=False)], [asked(-1)], "to_check", "to_check"),
    ([signed(1, valid=False)], [asked()], "requested", "requested"),
    ([signed(until=days(-1)), signed(valid=False)], [], "to_check", "to_check"),
    ([], [asked(state="refused")], "refused", "refused"),
    ([], [asked(state="refused"), asked(order=2)], "requested", "requested"),
    ([], [asked(state="refused", order=2), asked(state="done")], "refused", "refused"),
    ([], [asked(state="refused"), asked(state="done", order=2)], "missing", "not_required"),
    ([signed()], [asked(state="refused", order=2)], "signed", "signed"),
]


@pytest.mark.parametrize(("signatures", "requests", "required", "free"), CASES)
def test_state(
    signatures: list[SignatureFact], requests: list[RequestFact], required: str, free: str
) -> None:
    assert document_state(LETTER, True, signatures, requests, TODAY) == required
    assert document_state(LETTER, False, signatures, requests, TODAY) == free
    assert {required, free} <= set(STATES)


@pytest.mark.parametrize(
    ("document", "kind", "minerals", "required"),
    [
        (LETTER, "production", False, True),
        (LETTER, "service", True, False),
        (DocumentFact(("production",), True, 1, 1), "production", False, False),
        (DocumentFact(("production",), True, 1, 1), "production", True, True),
        (DocumentFact(("production",), False, 0, 0), "production", True, False),
        (DocumentFact(("production",), False, 1, 1, is_active=False), "production", True, False),
    ],
)
def test_required(document: DocumentFact, kind: str, minerals: bool, required: bool) -> None:
    assert is_required(document, kind, minerals) is required


def test_cosmetic_versions_change_nothing_material_ones_do() -> None:
    assert newest_numbers([(1, "first"), (2, "cosmetic")]) == (2, 1)
    assert newest_numbers([(1, "first"), (2, "material"), (3, "cosmetic")]) == (3, 2)
    assert newest_numbers([]) == (0, 0)


@pytest.mark.parametrize(
    ("signed_on", "months", "until"),
    [
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2024, 2, 29), 12, dt.date(2025, 2, 28)),
        (dt.date(2026, 12, 15), 24, dt.date(2028, 12, 15)),
        (dt.date(2026, 12, 15), None, None),
    ],
)
def test_validity(signed_on: dt.date, months: int | None, until: dt.date | None) -> None:
    assert valid_until(signed_on, months) == until


def test_four_reminders_and_the_last_one_is_known() -> None:
    due, told, sent = days(30), TODAY, []
    for day in range(90):
        today = days(day)
        kind = reminder_due(due, told, today)
        if kind:
            sent.append((day, kind))
            told = today
    assert sent == [(23, "reminder"), (30, "reminder"), (37, "reminder"), (44, "last")]


def test_a_request_at_short_notice_is_not_reminded_of_at_once() -> None:
    assert reminder_due(days(3), TODAY, TODAY) == ""
    assert reminder_due(days(3), TODAY, days(3)) == "reminder"


def test_a_missed_day_is_made_up_for_once() -> None:
    assert reminder_due(days(7), days(-1), days(9)) == "reminder"
    assert reminder_due(days(7), days(9), days(9)) == ""
    assert reminder_due(days(7), days(-1), days(60)) == "last"


def test_hash_covers_number_and_both_texts() -> None:
    one = text_sha256(1, "a", "b")
    assert one == text_sha256(1, "a", "b")
    assert (
        len({one, text_sha256(2, "a", "b"), text_sha256(1, "ab", ""), text_sha256(1, "a", "c")})
        == 4
    )
