"""Lists of invented smelters for tests of ratings."""

from __future__ import annotations

import datetime as dt

from core import clock
from minerals.enums import ListState
from minerals.models import SmelterList, SmelterListing

DEMO_CIDS = ("CID900001", "CID900011", "CID900020", "CID900031")


def make_list(day: dt.date, source: str = "rmap", **statuses: str) -> SmelterList:
    made = SmelterList.objects.create(
        source=source,
        listed_on=day,
        state=ListState.IN_FORCE,
        file_name="list.xlsx",
        confirmed_at=clock.now(),
    )
    for row, (cid, status) in enumerate(statuses.items(), start=2):
        SmelterListing.objects.create(
            list=made, row=row, cid=cid, metal="Tin", name=f"Smelter {cid}", status=status
        )
    return made


def conformant(day: dt.date, **changes: str) -> SmelterList:
    return make_list(day, **(dict.fromkeys(DEMO_CIDS, "conformant") | changes))
