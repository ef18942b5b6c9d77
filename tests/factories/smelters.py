"""Lists of smelters, smelters, and rows that name them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from core import clock
from core.countries import country_code
from minerals.enums import ListState, MatchKind
from minerals.models import Declaration, Smelter, SmelterLine, SmelterList, SmelterListing
from suppliers.models import Supplier
from tests.factories.minerals import make_declaration


def list_of(
    day: dt.date, statuses: dict[str, str], source: str = "rmap", **fields: Any
) -> SmelterList:
    """An imported list; one that was held against the declarations where ``applied_at`` says so."""
    made = SmelterList.objects.create(
        source=source,
        listed_on=day,
        state=ListState.IN_FORCE,
        file_name="list.xlsx",
        confirmed_at=clock.now(),
        **fields,
    )
    SmelterListing.objects.bulk_create(
        SmelterListing(
            list=made,
            row=row,
            cid=cid,
            metal="Tin",
            name=f"Smelter {cid}",
            country="CHINA",
            status=status,
            status_text=status or "Odd word",
        )
        for row, (cid, status) in enumerate(statuses.items(), start=2)
    )
    return made


def make_smelter(cid: str, **fields: Any) -> Smelter:
    facts: dict[str, Any] = {"metal": "Tin", "name": f"Smelter {cid}", "country": "CHINA"}
    facts |= fields
    names = facts.pop("names", facts["name"])
    return Smelter.objects.create(
        cid=cid,
        country_code=country_code(facts["country"]),
        search_text=names.lower(),
        **facts,
    )


def declare(supplier: Supplier, *cids: str, **fields: Any) -> Declaration:
    """A current declaration whose rows are recognised as these smelters."""
    declaration = make_declaration(supplier, smelter_count=len(cids), **fields)
    SmelterLine.objects.bulk_create(
        SmelterLine(
            declaration=declaration,
            row=row,
            metal="Tin",
            standard_name=f"Smelter {cid}",
            match=MatchKind.CID,
            matched_cid=cid,
        )
        for row, cid in enumerate(cids, start=5)
    )
    return declaration
