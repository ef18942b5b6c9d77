"""Ratings of suppliers: from a file handed in, with lists, people's word, and time."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from core import clock
from minerals.enums import ReviewState
from minerals.models import (
    LevelOverride,
    ReferenceEntry,
    RiskEvent,
    RiskRating,
    SmelterListing,
)
from minerals.selectors.smelter_status import status_book
from minerals.services.rating import rate_supplier
from suppliers.models import RatingPart, Supplier
from tests.factories.minerals import Desk, form
from tests.minerals.conftest import forget_lists
from tests.minerals.risk.lists import conformant, make_list

pytestmark = pytest.mark.django_db


def test_status_is_asked_as_of_a_day() -> None:
    make_list(dt.date(2025, 1, 1), CID900001="conformant")
    make_list(dt.date(2026, 1, 1), CID900001="non_conformant")
    assert status_book(dt.date(2025, 12, 31)).status_of("CID900001") == "conformant"
    assert status_book(dt.date(2026, 1, 1)).status_of("cid900001 ") == "non_conformant"
    before = status_book(dt.date(2024, 12, 31))
    assert (before.rmap, before.status_of("CID900001")) == (None, "not_listed")


def test_other_schemes_recognise_and_templates_make_eligible(desk: Desk) -> None:
    snapshot = desk.install()
    assert ReferenceEntry.objects.filter(snapshot=snapshot, cid="CID900021").exists()
    make_list(dt.date(2025, 1, 1), CID900020="active")
    make_list(dt.date(2025, 1, 1), source="lbma", CID900020="", CID900021="")
    book = status_book(dt.date(2025, 6, 1))
    assert book.status_of("CID900020") == "cross_recognised"
    assert book.status_of("CID900021") == "cross_recognised"
    assert book.status_of("CID900010") == "eligible"
    assert book.status_of("CID999999") == "not_listed"


def test_a_passed_due_date_is_a_watch_and_no_failure() -> None:
    made = make_list(dt.date(2025, 1, 1), CID900001="conformant")
    SmelterListing.objects.filter(list=made).update(due_on=dt.date(2025, 6, 1))
    forget_lists()
    assert status_book(dt.date(2025, 6, 1)).status_of("CID900001") == "conformant"
    assert status_book(dt.date(2025, 6, 2)).status_of("CID900001") == "conformant_reaudit"


def test_a_file_is_rated_and_rated_again_only_when_something_changed(
    desk: Desk, supplier: Supplier
) -> None:
    conformant(clock.today())
    declaration = desk.hand_in(supplier, form())
    rating = rate_supplier(supplier.pk)
    assert rating is not None
    assert (rating.declaration, rating.is_provisional) == (declaration, True)
    assert rating.smelter_list is not None
    again = rate_supplier(supplier.pk)
    assert again == rating
    assert RiskRating.objects.count() == 1
    assert not RatingPart.objects.exists(), "a provisional result tells nothing"
    declaration.review = ReviewState.ACCEPTED
    declaration.save()
    final = rate_supplier(supplier.pk)
    assert final is not None
    assert not final.is_provisional
    part = RatingPart.objects.get()
    assert part.score == 100 - (final.score or 0)
    assert RiskRating.objects.filter(is_current=True).get() == final


def test_a_newer_list_changes_the_rating_and_not_the_one_before(
    desk: Desk, supplier: Supplier
) -> None:
    conformant(clock.today() - dt.timedelta(days=10))
    desk.hand_in(supplier, form())
    before = rate_supplier(supplier.pk)
    conformant(clock.today(), CID900001="non_conformant")
    after = rate_supplier(supplier.pk)
    assert before is not None
    assert after is not None
    assert (after.score or 0) >= (before.score or 0) + 30
    kept = RiskRating.objects.get(pk=before.pk)
    assert (kept.score, kept.is_current) == (before.score, False)
    assert set(after.minerals) == {"Tantalum", "Tin", "Gold", "Tungsten"}
    assert after.minerals["Tin"]["score"] > after.minerals["Gold"]["score"]


def test_an_event_without_any_file_is_high(supplier: Supplier) -> None:
    assert rate_supplier(supplier.pk) is None
    RiskEvent.objects.create(supplier=supplier, kind="no_response", happened_on=clock.today())
    rating = rate_supplier(supplier.pk)
    assert rating is not None
    assert (rating.score, rating.level) == (None, "high")


def test_people_may_raise_for_ever_and_lower_until_a_day(
    desk: Desk, supplier: Supplier, csr_specialist: User, admin: User
) -> None:
    today = clock.today()
    conformant(today, CID900001="non_conformant")
    desk.hand_in(supplier, form())
    computed = rate_supplier(supplier.pk)
    assert computed is not None
    assert computed.level == "medium"
    LevelOverride.objects.create(
        supplier=supplier, level="low", is_lowering=True, reason="seen", valid_until=today,
        requested_by=csr_specialist, decided_by=admin, decided_at=clock.now(), is_granted=True,
    )  # fmt: skip
    lowered = rate_supplier(supplier.pk)
    assert lowered is not None
    assert (lowered.level, lowered.computed_level) == ("low", "medium")
    later = rate_supplier(supplier.pk, today + dt.timedelta(days=1))
    assert later is not None
    assert later.level == "medium"
