"""Smelter lists: things of the small world."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile

from accounts.models import User
from minerals.enums import ListSource, ListState
from minerals.models import SmelterList, SmelterListing, StatusWord, WorkbookFile
from suppliers.models import Supplier


def build(supplier: Supplier, contact: User, specialist: User, other: Supplier) -> dict[str, Any]:
    """Keys by the names that rows of the table use."""
    StatusWord.objects.create(
        key="on a break", text="On a break", status="active", decided_by=specialist
    )
    return {
        "ready_list": _list(specialist, ListState.READY, "6", ListSource.RJC),
        "list_in_force": _list(specialist, ListState.IN_FORCE, "7", ListSource.LBMA),
        "list_source": ListSource.RMAP,
        "list_day": "2026-01-31",
    }


def _list(owner: User, state: ListState, mark: str, source: ListSource) -> int:
    file = WorkbookFile(sha256=mark * 64, size=4, kind="csv")
    file.content.save(f"{mark}.csv", ContentFile(b"cid,name"))
    made = SmelterList.objects.create(
        source=source,
        state=state,
        listed_on=dt.date(2026, 1, 31),
        workbook=file,
        file_name="list.csv",
        uploaded_by=owner,
        headings=["Smelter ID", "Name", "Status"],
        columns={"cid": 0, "name": 1, "status": 2},
        differences={"against": None},
        row_count=1,
    )
    SmelterListing.objects.create(
        list=made, row=2, cid="CID900001", metal="Tin", name="Bright Tin", status="active"
    )
    return made.pk
