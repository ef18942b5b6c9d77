"""Inherent risk, score, rating and dates: cases computed by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from suppliers.rules.assessment_dates import reminder_step
from suppliers.rules.assessment_score import ScoredAnswer, assessment_score
from suppliers.rules.inherent_risk import category_points, inherent_risk, sector_points
from suppliers.rules.rating import WEIGHTS, PartFact, rating

DAY = dt.date(2026, 6, 1)


@pytest.mark.parametrize(
    ("country", "sector", "kind", "points", "level"),
    [
        (1, 1, 0, 2, "low"),
        (2, 2, 0, 4, "low"),
        (3, 1, 1, 5, "medium"),
        (4, 1, 1, 6, "medium"),
        (4, 2, 1, 7, "high"),
        (6, 4, 2, 10, "high"),
        (None, 4, 2, None, "unknown"),
        (1, None, 0, None, "unknown"),
        (1, 1, None, None, "unknown"),
    ],
)
def test_inherent_risk(
    country: int | None, sector: int | None, kind: int | None, points: int | None, level: str
) -> None:
    found = inherent_risk(country, sector, kind)
    assert (found.points, found.level) == (points, level)


def test_inherent_risk_names_what_is_missing() -> None:
    assert inherent_risk(None, 2, None).missing == ("country", "kind")


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        ([], None),
        (["EL/"], 2),
        (["EL/EL-PCB/"], 3),
        (["EL/EL-CAB/EL-CAB-1/"], 2),
        (["EL/", "EL/EL-PCB/"], 3),
        (["XX/"], None),
        (["EL/", "XX/"], None),
        (["XX/", "MIN/"], 4),
    ],
)
def test_sector_points_of_the_nearest_ancestor(paths: list[str], expected: int | None) -> None:
    assert sector_points(paths, {"EL": 2, "EL-PCB": 3, "MIN": 4}) == expected


def test_category_without_points_anywhere_above() -> None:
    assert category_points("A/B/C/", {"D": 1}) is None
    assert category_points("A/B/C/", {"A": 1, "B": 3}) == 3


def answer(area: str, grade: str, weight: int = 1, is_key: bool = False) -> ScoredAnswer:
    return ScoredAnswer(f"{area[:3].upper()}-1", area, weight, is_key, grade)


@pytest.mark.parametrize(
    ("answers", "areas", "total"),
    [
        # (3*100 + 1*0) / 4 = 75
        ([answer("a", "yes", 3), answer("a", "no", 1)], {"a": "75.0"}, "75.0"),
        # (100 + 50 + 0) / 3 = 50; area b 100; total 75
        (
            [answer("a", "yes"), answer("a", "partly"), answer("a", "no"), answer("b", "yes")],
            {"a": "50.0", "b": "100.0"},
            "75.0",
        ),
        # n/a leaves the denominator: (100*2 + 50*1) / 3 = 83.33
        (
            [answer("a", "yes", 2), answer("a", "partly", 1), answer("a", "na", 5)],
            {"a": "83.3"},
            "83.3",
        ),
        # an area of n/a has no score and does not count: total is b alone
        ([answer("a", "na"), answer("b", "partly")], {"a": None, "b": "50.0"}, "50.0"),
        ([answer("a", "na")], {"a": None}, None),
        # a failed key question: (9*100 + 0) / 10 = 90 -> 40; total (40 + 100 + 100)/3 = 80 -> 59
        (
            [
                answer("a", "yes", 9),
                answer("a", "no", 1, True),
                answer("b", "yes"),
                answer("c", "yes"),
            ],
            {"a": "40.0", "b": "100.0", "c": "100.0"},
            "59.0",
        ),
        # the cap never lifts: area 0 stays 0, total 0
        ([answer("a", "no", 1, True)], {"a": "0.0"}, "0.0"),
        # a key question answered partly or n/a is not failed
        (
            [answer("a", "partly", 1, True), answer("b", "na", 1, True)],
            {"a": "50.0", "b": None},
            "50.0",
        ),
        # not answered counts like no, also for the key
        ([answer("a", "yes", 3), answer("a", "", 1, True)], {"a": "40.0"}, "40.0"),
        # exact means before rounding: 66.66.. and 100 -> 83.33..
        (
            [answer("a", "yes"), answer("a", "yes"), answer("a", "no"), answer("b", "yes")],
            {"a": "66.7", "b": "100.0"},
            "83.3",
        ),
        # weight 0 is asked, not scored
        ([answer("a", "no", 0), answer("a", "yes", 1)], {"a": "100.0"}, "100.0"),
    ],
)
def test_score(
    answers: list[ScoredAnswer], areas: dict[str, str | None], total: str | None
) -> None:
    found = assessment_score(answers)
    assert found.areas == {
        area: None if score is None else Decimal(score) for area, score in areas.items()
    }
    assert found.total == (None if total is None else Decimal(total))


def part(kind: str, score: str, valid_until: dt.date | None = None) -> PartFact:
    return PartFact(kind, Decimal(score), dt.date(2026, 1, 1), valid_until)


def all_parts(self_assessment: str, audit: str, minerals: str, findings: str) -> list[PartFact]:
    scores = (self_assessment, audit, minerals, findings)
    return [part(kind, score) for kind, score in zip(WEIGHTS, scores, strict=True)]


@pytest.mark.parametrize(
    ("parts", "level", "score"),
    [
        ([], "unknown", None),
        # 0.2*90 + 0.4*90 + 0.2*80 + 0.2*80 = 86
        (all_parts("90", "90", "80", "80"), "A", "86.0"),
        (all_parts("85", "85", "85", "85"), "A", "85.0"),
        (all_parts("84.9", "84.9", "84.9", "84.9"), "B", "84.9"),
        (all_parts("70", "70", "70", "70"), "B", "70.0"),
        (all_parts("55", "55", "55", "55"), "C", "55.0"),
        (all_parts("54", "54", "54", "54"), "D", "54.0"),
        # 40 is not below 40; 39.9 is
        (all_parts("100", "100", "100", "40"), "A", "88.0"),
        (all_parts("100", "100", "100", "39.9"), "D", "88.0"),
        # one part not known: B at best
        (all_parts("100", "100", "100", "100")[:3], "B", "100.0"),
        # two: C at best
        (all_parts("100", "100", "100", "100")[:2], "C", "100.0"),
        (all_parts("100", "100", "100", "100")[:1], "C", "100.0"),
        # (20*60 + 40*75) / 60 = 70
        (all_parts("60", "75", "0", "0")[:2], "C", "70.0"),
        # the cap never lifts
        ([part("audit", "50")], "D", "50.0"),
    ],
)
def test_rating(parts: list[PartFact], level: str, score: str | None) -> None:
    found = rating(parts, DAY)
    assert found.level == level
    assert found.score == (None if score is None else Decimal(score))


def test_an_outdated_part_is_not_known_from_the_day_after() -> None:
    parts = [*all_parts("100", "100", "100", "100")[:3], part("findings", "100", DAY)]
    assert rating(parts, DAY).level == "A"
    later = rating(parts, DAY + dt.timedelta(days=1))
    assert (later.level, later.unknown_parts, later.capped) == ("B", ("findings",), True)


def test_an_outdated_bad_part_does_not_alarm_either() -> None:
    parts = [*all_parts("100", "100", "100", "100")[:3], part("findings", "0", DAY)]
    assert rating(parts, DAY).level == "D"
    assert rating(parts, DAY + dt.timedelta(days=1)).level == "B"


@pytest.mark.parametrize(
    ("since", "today", "step"),
    [
        # due on 1 June; asked on 1 May
        ("2026-05-01", "2026-05-17", None),
        ("2026-05-01", "2026-05-18", "supplier"),
        ("2026-05-18", "2026-05-18", None),
        ("2026-05-18", "2026-05-25", "supplier"),
        ("2026-05-25", "2026-06-01", "supplier"),
        ("2026-06-01", "2026-06-07", None),
        ("2026-06-01", "2026-06-08", "supplier"),
        ("2026-06-22", "2026-06-29", "supplier"),
        ("2026-06-29", "2026-07-05", None),
        ("2026-06-29", "2026-07-06", "buyer"),
        ("2026-07-06", "2026-12-31", None),
        # asked later than the first reminders: those are not made up for
        ("2026-05-20", "2026-05-21", None),
        # a machine that was off for a month writes once, the latest
        ("2026-05-01", "2026-06-10", "supplier"),
        ("2026-05-01", "2026-08-01", "buyer"),
    ],
)
def test_reminders(since: str, today: str, step: str | None) -> None:
    due = dt.date(2026, 6, 1)
    assert reminder_step(due, dt.date.fromisoformat(since), dt.date.fromisoformat(today)) == step
