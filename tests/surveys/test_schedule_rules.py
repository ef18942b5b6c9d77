"""When reminders fall, and what is passed over after a pause."""

from __future__ import annotations

import datetime as dt

from surveys.rules.days_off import is_day_off, working_day
from surveys.rules.schedule import planned_steps, steps_to_take

ASKED, DUE = dt.date(2026, 9, 1), dt.date(2026, 10, 13)


def days(country: str, asked: dt.date = ASKED, due: dt.date = DUE) -> dict[str, dt.date]:
    return {one.step.code: one.on for one in planned_steps(asked, due, country)}


def test_the_usual_schedule() -> None:
    found = days("DE")
    assert found["reminder_1"] == dt.date(2026, 9, 15)
    assert found["reminder_2"] == dt.date(2026, 9, 29)
    assert found["due"] == DUE
    assert found["backup"] == dt.date(2026, 10, 16)
    assert found["buyer"] == dt.date(2026, 10, 23)
    assert found["manager"] == dt.date(2026, 10, 30)
    assert found["decision"] == dt.date(2026, 11, 12)


def test_nobody_is_reminded_on_a_holiday() -> None:
    """National Day: from the first of October a week in mainland China, one day in Hong Kong."""
    due = dt.date(2026, 10, 1)
    assert days("CN", due=due)["due"] == dt.date(2026, 10, 8)
    assert days("HK", due=due)["due"] == dt.date(2026, 10, 2)
    assert days("JP", due=due)["due"] == due


def test_weekends_and_unknown_countries() -> None:
    saturday = dt.date(2026, 9, 5)
    assert working_day(saturday, "") == dt.date(2026, 9, 7)
    assert working_day(saturday, "XX") == dt.date(2026, 9, 7)
    assert not is_day_off(dt.date(2026, 10, 1), "")
    assert is_day_off(dt.date(2026, 9, 2), "CN", {dt.date(2026, 9, 2)})


def test_spring_festival() -> None:
    assert is_day_off(dt.date(2027, 2, 8), "CN")
    assert is_day_off(dt.date(2027, 2, 8), "HK")
    assert not is_day_off(dt.date(2027, 2, 8), "DE")


def test_a_short_survey_has_no_reminder_after_the_due_date() -> None:
    found = days("DE", due=dt.date(2026, 9, 11))
    assert "reminder_1" not in found
    assert "reminder_2" not in found


def test_one_step_a_day_and_the_last_after_a_pause() -> None:
    planned = planned_steps(ASKED, DUE, "DE")
    now, passed = steps_to_take(planned, (), dt.date(2026, 9, 15))
    assert now is not None
    assert (now.step.code, passed) == ("reminder_1", ())
    now, passed = steps_to_take(planned, ("reminder_1",), dt.date(2026, 10, 17))
    assert now is not None
    assert now.step.code == "backup"
    assert [one.step.code for one in passed] == ["reminder_2", "due"]
    assert steps_to_take(planned, (), dt.date(2026, 9, 14)) == (None, ())
