"""Suppliers whose risk is high or medium for what their file says, and days that pass."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager

import time_machine

from minerals.enums import ListState, ReviewState
from minerals.models import MitigationPlan, RiskRating, Smelter, SmelterList, SmelterListing
from minerals.services.mitigation.advance import advance_mitigations
from minerals.services.rating import rate_supplier
from suppliers.models import Supplier
from tests.factories.minerals import Desk, form

BAD = "CID900001"
CIDS = (BAD, "CID900011", "CID900020", "CID900031")
START = dt.date(2026, 6, 1)


def after(days: int) -> dt.date:
    return START + dt.timedelta(days=days)


def on(day: dt.date) -> AbstractContextManager[object]:
    return time_machine.travel(f"{day}T10:00:00+08:00", tick=False)


def list_of(day: dt.date, **statuses: str) -> SmelterList:
    """A list of RMI dated ``day``: all conformant but those named."""
    made = SmelterList.objects.create(
        source="rmap",
        listed_on=day,
        state=ListState.IN_FORCE,
        file_name="list.xlsx",
        confirmed_at=dt.datetime.combine(day, dt.time(1), dt.UTC),
    )
    for row, cid in enumerate(CIDS, start=2):
        status = statuses.get(cid, "conformant")
        SmelterListing.objects.create(
            list=made, row=row, cid=cid, metal="Tin", name=f"Smelter {cid}", status=status
        )
        Smelter.objects.get_or_create(
            cid=cid, defaults={"metal": "Tin", "name": f"Smelter {cid} (demo)"}
        )
    return made


def rated(desk: Desk, supplier: Supplier, *, days_before: int = 0) -> RiskRating:
    """Handed in so many days before ``START`` with a smelter that failed, accepted on ``START``: of
    a company-level file medium, and high once 30 days have passed."""
    list_of(START - dt.timedelta(days=60), **{BAD: "non_conformant"})
    with on(START - dt.timedelta(days=days_before)):
        declaration = desk.hand_in(supplier, form())
    declaration.review = ReviewState.ACCEPTED
    declaration.save()
    with on(START):
        rating = rate_supplier(supplier.pk)
    assert rating is not None
    return rating


def the_plan() -> MitigationPlan:
    return MitigationPlan.objects.get()


Diary = Mapping[int, Callable[[], object]]


def live(first: int, last: int, diary: Diary) -> None:
    """Every single day: what people do on it, then the daily round, twice."""
    for number in range(first, last + 1):
        day = after(number)
        with on(day):
            if number in diary:
                diary[number]()
            advance_mitigations(day)
            count = sum(plan.steps.count() for plan in MitigationPlan.objects.all())
            advance_mitigations(day)
            again = sum(plan.steps.count() for plan in MitigationPlan.objects.all())
            assert again == count, f"day {number}: the second round did something"


def history(plan: MitigationPlan) -> list[tuple[int, str]]:
    """Day and code of each step."""
    return [((step.on - START).days, step.code) for step in plan.steps.all()]
