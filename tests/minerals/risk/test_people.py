"""What people say about a risk: events, levels raised at once, levels lowered by two."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from core import clock
from core.errors import DomainError, InvalidInput, NotAllowed
from core.models import ActivityEntry, Notification
from minerals.models import LevelOverride, RiskRating
from minerals.selectors.risk_work import risk_work
from minerals.services.rating import rate_supplier
from minerals.services.risk_events import EventInput, end_event, record_event
from minerals.services.risk_overrides import (
    LevelInput,
    decide_lowering,
    end_override,
    expire_overrides,
    set_level,
)
from suppliers.models import Supplier
from suppliers.web.history import history_lines
from tests.factories.minerals import Desk, form
from tests.minerals.risk.lists import conformant

pytestmark = pytest.mark.django_db


@pytest.fixture
def rated(desk: Desk, supplier: Supplier) -> Supplier:
    """At medium risk by what is computed."""
    conformant(clock.today(), CID900001="non_conformant")
    desk.hand_in(supplier, form())
    rate_supplier(supplier.pk)
    assert level_of(supplier) == ("medium", "medium")
    return supplier


def level_of(supplier: Supplier) -> tuple[str, str]:
    rating = RiskRating.objects.get(supplier=supplier, is_current=True)
    return rating.level, rating.computed_level


def in_days(days: int) -> dt.date:
    return clock.today() + dt.timedelta(days=days)


def lowering(level: str = "low", days: int = 30) -> LevelInput:
    return LevelInput(level, "Seen on site", in_days(days))


def test_an_event_makes_the_risk_high_until_it_is_ended(
    rated: Supplier, buyer: User, csr_specialist: User
) -> None:
    event = record_event(buyer, rated.pk, EventInput("refused", clock.today(), "No audit wanted"))
    assert level_of(rated) == ("high", "high")
    told = Notification.objects.filter(kind="risk.event_recorded")
    assert [one.recipient for one in told] == [csr_specialist]
    with pytest.raises(NotAllowed):
        end_event(buyer, event.pk, "They let us in")
    end_event(csr_specialist, event.pk, "They let us in")
    assert level_of(rated) == ("medium", "medium")
    event.refresh_from_db()
    assert (event.ended_by, event.end_note) == (csr_specialist, "They let us in")
    with pytest.raises(DomainError, match="risk_event_ended"):
        end_event(csr_specialist, event.pk, "Again")


def test_an_event_needs_words_a_kind_and_a_day_that_has_come(rated: Supplier, buyer: User) -> None:
    for data, code in (
        (EventInput("refused", clock.today(), " "), "note_missing"),
        (EventInput("bad_mood", clock.today(), "x"), "risk_event_unknown"),
        (EventInput("refused", in_days(1), "x"), "risk_event_in_future"),
    ):
        with pytest.raises(InvalidInput, match=code):
            record_event(buyer, rated.pk, data)
    record_event(buyer, rated.pk, EventInput("refused", clock.today(), "x"))
    with pytest.raises(DomainError, match="risk_event_open_already"):
        record_event(buyer, rated.pk, EventInput("refused", clock.today(), "y"))


def test_a_higher_level_counts_at_once(rated: Supplier, buyer: User, csr_specialist: User) -> None:
    override = set_level(buyer, rated.pk, LevelInput("high", "Rumours in the trade"))
    assert level_of(rated) == ("high", "medium")
    with pytest.raises(NotAllowed):
        end_override(buyer, override.pk, "No more")
    end_override(csr_specialist, override.pk, "Cleared up")
    assert level_of(rated) == ("medium", "medium")


def test_a_lower_level_needs_a_second_person_and_ends(
    rated: Supplier, csr_specialist: User, admin: User
) -> None:
    override = set_level(csr_specialist, rated.pk, lowering(days=10))
    assert level_of(rated) == ("medium", "medium")
    asked = Notification.objects.get(kind="risk.lowering_asked")
    assert (asked.recipient, asked.is_urgent) == (admin, True)
    assert risk_work(csr_specialist) == []
    assert [item.url for item in risk_work(admin)] == [f"/minerals/risk/levels/{override.pk}/"]
    with pytest.raises(NotAllowed, match="own_request"):
        decide_lowering(csr_specialist, override.pk, grant=True)
    decide_lowering(admin, override.pk, grant=True)
    assert level_of(rated) == ("low", "medium")
    assert risk_work(admin) == []
    asked.refresh_from_db()
    assert asked.read_at is not None
    assert Notification.objects.filter(
        kind="risk.lowering_decided", recipient=csr_specialist
    ).exists()
    with pytest.raises(DomainError, match="risk_lowering_decided"):
        decide_lowering(admin, override.pk, grant=False, note="Too late")


def test_a_lower_level_runs_out_by_itself(
    rated: Supplier, csr_specialist: User, admin: User
) -> None:
    override = set_level(csr_specialist, rated.pk, lowering(days=10))
    decide_lowering(admin, override.pk, grant=True)
    assert expire_overrides(in_days(10)) == 0
    assert expire_overrides(in_days(11)) == 1
    assert expire_overrides(in_days(11)) == 0
    override.refresh_from_db()
    assert override.ended_at is not None
    rate_supplier(rated.pk)
    assert level_of(rated) == ("medium", "medium")
    told = Notification.objects.get(kind="risk.override_expired")
    assert told.recipient == csr_specialist


def test_rejected_and_withdrawn_requests_change_nothing(
    rated: Supplier, csr_specialist: User, admin: User, buyer: User
) -> None:
    first = set_level(buyer, rated.pk, lowering())
    with pytest.raises(DomainError, match="risk_lowering_open_already"):
        set_level(csr_specialist, rated.pk, lowering())
    with pytest.raises(InvalidInput, match="note_missing"):
        decide_lowering(admin, first.pk, grant=False)
    decide_lowering(admin, first.pk, grant=False, note="Not convincing")
    second = set_level(buyer, rated.pk, lowering())
    with pytest.raises(NotAllowed, match="not_own_request"):
        end_override(admin, second.pk, "")
    end_override(buyer, second.pk, "")
    assert level_of(rated) == ("medium", "medium")
    assert not LevelOverride.objects.filter(is_granted=True).exists()


def test_nobody_grants_what_is_over(rated: Supplier, csr_specialist: User, admin: User) -> None:
    override = set_level(csr_specialist, rated.pk, lowering(days=5))
    LevelOverride.objects.filter(pk=override.pk).update(valid_until=in_days(-1))
    with pytest.raises(DomainError, match="period_over"):
        decide_lowering(admin, override.pk, grant=True)


def test_the_newest_word_takes_the_place_of_the_one_before(
    rated: Supplier, csr_specialist: User, admin: User
) -> None:
    lower = set_level(csr_specialist, rated.pk, lowering())
    decide_lowering(admin, lower.pk, grant=True)
    higher = set_level(csr_specialist, rated.pk, LevelInput("high", "Rumours"))
    assert level_of(rated) == ("high", "medium")
    end_override(admin, higher.pk, "Cleared up")
    assert level_of(rated) == ("medium", "medium"), "the older word does not come back"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (LevelInput("medium", "x"), "risk_level_as_computed"),
        (LevelInput("worse", "x"), "risk_level_unknown"),
        (LevelInput("high", ""), "reason_missing"),
        (LevelInput("low", "x"), "valid_until_missing"),
        (LevelInput("low", "x", dt.date(2020, 1, 1)), "valid_until_past"),
        (LevelInput("low", "x", dt.date(2999, 1, 1)), "valid_until_too_far"),
    ],
)
def test_a_level_that_is_refused(rated: Supplier, buyer: User, data: LevelInput, code: str) -> None:
    with pytest.raises(InvalidInput, match=code):
        set_level(buyer, rated.pk, data)
    assert not LevelOverride.objects.exists()


def test_an_unrated_supplier_has_no_level_to_set(supplier: Supplier, buyer: User) -> None:
    with pytest.raises(DomainError, match="risk_not_rated"):
        set_level(buyer, supplier.pk, LevelInput("high", "Rumours"))


def test_the_timeline_says_from_what_to_what(
    rated: Supplier, csr_specialist: User, admin: User
) -> None:
    override = set_level(csr_specialist, rated.pk, lowering())
    decide_lowering(admin, override.pk, grant=True, note="Convincing")
    record_event(admin, rated.pk, EventInput("false_data", clock.today(), "Forged stamp"))
    lines = history_lines(ActivityEntry.objects.about(rated).order_by("pk"))
    told = {line.what: (line.detail, line.why) for line in lines}
    assert told["Lower risk level granted"][1] == "Convincing"
    assert told["Lower risk level granted"][0].startswith("Low · until ")
    assert told["Risk event recorded"] == ("False data", "Forged stamp")
    rated_lines = [line.detail for line in lines if line.what == "Minerals risk rated"]
    assert rated_lines[1].startswith("Medium → Low · ")
    assert not any(line.what.startswith("risk.") for line in lines)
