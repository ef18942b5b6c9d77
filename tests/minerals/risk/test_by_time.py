"""Ratings that change because a day has passed, and those that must not be touched."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from core import clock
from minerals.enums import ReviewState
from minerals.models import Declaration, LevelOverride, RiskRating, SmelterListing
from minerals.services.rating import rate_supplier
from minerals.services.rerating import rate_by_time
from minerals.services.risk_overrides import LevelInput, decide_lowering, set_level
from suppliers.models import DocumentType, Supplier
from tests.factories.minerals import Desk, form
from tests.minerals.conftest import forget_lists
from tests.minerals.risk.lists import conformant

pytestmark = pytest.mark.django_db


def in_days(days: int) -> dt.date:
    return clock.today() + dt.timedelta(days=days)


def current(supplier: Supplier) -> RiskRating:
    return RiskRating.objects.get(supplier=supplier, is_current=True)


@pytest.fixture
def rated(desk: Desk, supplier: Supplier, no_documents_asked: None) -> Supplier:
    conformant(clock.today())
    desk.hand_in(supplier, form())
    rate_supplier(supplier.pk)
    return supplier


def test_nothing_is_rated_again_where_time_changes_nothing(rated: Supplier) -> None:
    before = current(rated)
    assert rate_by_time(clock.today()) == 0
    assert rate_by_time(in_days(1)) == 0
    assert current(rated) == before


def test_a_declaration_becomes_a_year_old(rated: Supplier) -> None:
    score = current(rated).score
    assert rate_by_time(in_days(400)) == 1
    assert current(rated).score == (score or 0) + 3
    assert rate_by_time(in_days(400)) == 0


def test_a_rejected_smelter_has_thirty_days(desk: Desk, supplier: Supplier) -> None:
    conformant(clock.today(), CID900001="non_conformant")
    desk.hand_in(supplier, form())
    rate_supplier(supplier.pk)
    assert current(supplier).level == "medium"
    assert rate_by_time(in_days(30)) == 0
    assert rate_by_time(in_days(31)) == 1
    assert current(supplier).level == "high"


def test_the_assessment_of_a_smelter_is_due(rated: Supplier) -> None:
    SmelterListing.objects.filter(cid="CID900001").update(due_on=in_days(5))
    forget_lists()
    assert rate_by_time(in_days(5)) == 0
    score = current(rated).score
    assert rate_by_time(in_days(6)) == 1
    assert current(rated).score == (score or 0) + 2


def test_a_level_set_by_people_ends(
    desk: Desk, supplier: Supplier, csr_specialist: User, admin: User
) -> None:
    conformant(clock.today(), CID900001="active_ecap", CID900011="due_diligence_vetted")
    desk.hand_in(supplier, form())
    rate_supplier(supplier.pk)
    asked = set_level(csr_specialist, supplier.pk, LevelInput("low", "Seen", in_days(7)))
    decide_lowering(admin, asked.pk, grant=True)
    assert current(supplier).level == "low"
    assert rate_by_time(in_days(7)) == 0
    assert rate_by_time(in_days(8)) == 1
    assert current(supplier).level == "medium"
    assert LevelOverride.objects.get().ended_at is None, "ending it is the work of its own task"


def test_a_signature_comes_or_runs_out(desk: Desk, supplier: Supplier) -> None:
    """The documents of suppliers know nothing of ratings."""
    conformant(clock.today())
    supplier.minerals.create(metal="tin")
    desk.hand_in(supplier, form())
    rate_supplier(supplier.pk)
    assert [floor["code"] for floor in current(supplier).result["floors"]] == ["not_signed"]
    DocumentType.objects.update(is_active=False)
    assert rate_by_time(clock.today()) == 1
    assert current(supplier).result["floors"] == []


def test_whom_a_lost_message_left_out_is_rated(
    rated: Supplier, desk: Desk, other_supplier: Supplier, csr_specialist: User
) -> None:
    """Nobody rated these files when they came: the broker did not answer."""
    today = clock.today()
    desk.hand_in(other_supplier, form())
    assert rate_by_time(today) == 1
    assert current(other_supplier).is_provisional
    newer = desk.hand_in(rated, form(answers={("A", None): "No"}))
    assert rate_by_time(today) == 1
    assert current(rated).declaration == newer
    Declaration.objects.filter(pk=newer.pk).update(review=ReviewState.ACCEPTED)
    assert rate_by_time(today) == 1
    assert not current(rated).is_provisional
    assert rate_by_time(today) == 0
    Declaration.objects.filter(pk=newer.pk).update(review=ReviewState.REJECTED)
    assert rate_by_time(today) == 0, "without a declaration that counts the last rating stays"
