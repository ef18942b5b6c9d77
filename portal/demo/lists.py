"""Two invented smelter lists, the newer one with changes. Used in demo mode only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction

from core import clock
from minerals.enums import ListSource
from minerals.excel.sample_list import SampleRow, changed, demo_rows, xml_list
from minerals.models import SmelterList
from minerals.services.list_reading import read_list
from minerals.services.smelter_lists import put_in_force, receive_list

OLDER, NEWER = dt.timedelta(days=180), dt.timedelta(days=20)


def load_lists() -> bool:
    """Once. Both are read and put in force as any other list is."""
    if SmelterList.objects.filter(is_demo=True).exists():
        return False
    today = clock.today()
    _import("RMAP list (demo).xml", today - OLDER, _older(today))
    _import("RMAP list, half a year later (demo).xml", today - NEWER, _newer(today))
    return True


def _older(today: dt.date) -> list[SampleRow]:
    """All conformant but one; one smelter is not in it yet."""
    rows = demo_rows(today - dt.timedelta(days=300), CID900031="Active")
    return changed(rows, {"CID900050": {}})


def _newer(today: dt.date) -> list[SampleRow]:
    """One failed, one refuses, one is gone, one is new, one is renamed, one passed; and one has a
    word that nobody has explained yet."""
    rows = demo_rows(
        today - dt.timedelta(days=120),
        CID900002="Non Conformant",
        CID900020="Communication Suspended - Not Interested",
        CID900041="Paused at own request",
    )
    return changed(rows, {"CID900021": {}, "CID900011": {"name": "Second Tantalum KK (demo)"}})


def _import(name: str, listed_on: dt.date, rows: Sequence[SampleRow]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "list.xml"
        path.write_bytes(xml_list(rows))
        made, job = receive_list(
            None, ListSource.RMAP, listed_on, path, name, is_demo=True, queued=False
        )
    read_list(made.pk, job.pk)
    with transaction.atomic():
        put_in_force(None, SmelterList.objects.select_for_update().get(pk=made.pk))
