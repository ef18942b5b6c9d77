"""Conditions: each alone, from plain facts."""

from __future__ import annotations

import datetime as dt

import pytest

from suppliers.rules.gates import (
    Ending,
    Fact,
    RequiredDocument,
    SignatureFact,
    assessment_gate,
    documents_gate,
    record_gate,
)

TODAY = dt.date(2026, 11, 25)
NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)


def day(back: int) -> dt.date:
    return TODAY - dt.timedelta(days=back)


def moment(back: int, hours: int = 0) -> dt.datetime:
    return NOW - dt.timedelta(days=back, hours=hours)


def fact(back: int, *, passed: bool = True, until: dt.date | None = None, ref: int = 0) -> Fact:
    return Fact(passed, day(back), moment(back), until, ref=ref)


def signed(number: int, back: int = 10, until: dt.date | None = None) -> SignatureFact:
    return SignatureFact(number, day(back), moment(back), until)


def test_no_record_is_unmet() -> None:
    gate = record_gate("training", [], None, TODAY)
    assert (gate.state, gate.reason, gate.is_open) == ("unmet", "no_record", True)


def test_the_newest_record_decides() -> None:
    gate = record_gate("training", [fact(5, passed=False), fact(50)], None, TODAY)
    assert (gate.state, gate.reason, gate.dated_on) == ("unmet", "record_failed", day(5))
    gate = record_gate("training", [fact(5), fact(50, passed=False)], None, TODAY)
    assert (gate.state, gate.reason, gate.is_open) == ("met", "record_passed", False)


def test_of_two_records_of_one_day_the_later_one_decides() -> None:
    first = Fact(True, TODAY, moment(0, hours=2))
    second = Fact(False, TODAY, moment(0, hours=1))
    assert record_gate("training", [second, first], None, TODAY).state == "unmet"


def test_a_record_holds_through_its_last_day() -> None:
    assert record_gate("x", [fact(9, until=TODAY)], None, TODAY).state == "met"
    over = record_gate("x", [fact(9, until=day(1))], None, TODAY)
    assert (over.state, over.reason, over.is_open) == ("expired", "record_expired", True)


def test_facts_from_before_the_end_do_not_count() -> None:
    since = Ending(day(5), moment(5))
    assert record_gate("x", [fact(6)], since, TODAY).reason == "no_record"
    assert record_gate("x", [fact(4)], since, TODAY).state == "met"
    same_day_before = Fact(True, day(5), moment(5, hours=1))
    same_day_after = Fact(True, day(5), moment(5, hours=-1))
    assert record_gate("x", [same_day_before], since, TODAY).state == "unmet"
    assert record_gate("x", [same_day_after], since, TODAY).state == "met"


def test_a_result_dated_back_does_not_slip_in_after_the_end() -> None:
    """Recorded after the end, but about a day before it."""
    since = Ending(day(5), moment(5))
    late = Fact(True, day(6), moment(1))
    assert record_gate("x", [late], since, TODAY).state == "unmet"


def test_documents_none_required() -> None:
    gate = documents_gate("documents", [], None, TODAY)
    assert (gate.state, gate.reason, gate.is_open) == (
        "not_applicable",
        "no_documents_required",
        False,
    )


def test_documents_names_what_is_missing() -> None:
    required = [
        RequiredDocument("A", 1, [signed(1)]),
        RequiredDocument("B", 1),
        RequiredDocument("C", 2, [signed(1)]),
    ]
    gate = documents_gate("documents", required, None, TODAY)
    assert (gate.state, gate.missing) == ("unmet", ("B", "C"))


def test_a_material_version_asks_again_a_later_cosmetic_one_does_not() -> None:
    old = RequiredDocument("A", 2, [signed(1)])
    assert documents_gate("documents", [old], None, TODAY).state == "unmet"
    newest = RequiredDocument("A", 2, [signed(2)])
    assert documents_gate("documents", [newest], None, TODAY).state == "met"
    later = RequiredDocument("A", 2, [signed(3)])
    assert documents_gate("documents", [later], None, TODAY).state == "met"


def test_an_expired_signature_is_named_and_a_newer_one_heals_it() -> None:
    over = [
        RequiredDocument("A", 1, [signed(1, until=day(1))]),
        RequiredDocument("B", 1, [signed(1)]),
    ]
    gate = documents_gate("documents", over, None, TODAY)
    assert (gate.state, gate.missing, gate.valid_until) == ("expired", ("A",), day(1))
    healed = [RequiredDocument("A", 1, [signed(1, until=day(1)), signed(1, 1, TODAY)])]
    gate = documents_gate("documents", healed, None, TODAY)
    assert (gate.state, gate.valid_until, gate.dated_on) == ("met", TODAY, day(1))


def test_signatures_from_before_the_end_do_not_count() -> None:
    since = Ending(day(5), moment(5))
    required = [RequiredDocument("A", 1, [signed(1, 6)])]
    assert documents_gate("documents", required, since, TODAY).missing == ("A",)
    required = [RequiredDocument("A", 1, [signed(1, 6), signed(1, 4)])]
    assert documents_gate("documents", required, since, TODAY).state == "met"


@pytest.mark.parametrize(
    ("facts", "handed_in", "state", "reason"),
    [
        ([], [], "unmet", "no_record"),
        ([fact(1, until=TODAY)], [], "met", "record_passed"),
        ([fact(400, until=day(1))], [], "expired", "record_expired"),
        # Of an accepted one and a record by hand the newer decides, the other way round too.
        ([fact(9, until=TODAY), fact(3, passed=False)], [], "unmet", "record_failed"),
        ([fact(9, passed=False), fact(3, until=TODAY)], [], "met", "record_passed"),
        # What is only handed in meets nothing and takes nothing away.
        ([], [fact(1)], "unmet", "waiting_for_review"),
        ([fact(90, until=TODAY)], [fact(1)], "met", "record_passed"),
        ([fact(400, until=day(1))], [fact(1)], "unmet", "waiting_for_review"),
        ([fact(9, passed=False)], [fact(1)], "unmet", "waiting_for_review"),
        # Accepted, it would be older than the failure: that one is named.
        ([fact(1, passed=False)], [fact(9)], "unmet", "record_failed"),
    ],
)
def test_self_assessment(facts: list[Fact], handed_in: list[Fact], state: str, reason: str) -> None:
    gate = assessment_gate("s", facts, handed_in, None, TODAY)
    assert (gate.state, gate.reason) == (state, reason)


def test_what_was_handed_in_before_the_end_waits_for_nothing() -> None:
    since = Ending(day(5), moment(5))
    assert assessment_gate("s", [], [fact(6)], since, TODAY).reason == "no_record"
    named = assessment_gate("s", [], [fact(4, ref=7)], since, TODAY)
    assert (named.reason, named.ref) == ("waiting_for_review", 7)
