"""Handing in smelter lists, and the worker's part done at once."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from accounts.models import User
from core.models import Job, JobState
from minerals.enums import JobKind
from minerals.excel.sample_list import HEADINGS, SampleRow, xml_list
from minerals.models import SmelterList
from minerals.services.list_reading import read_list
from minerals.services.smelter_lists import confirm_list, receive_list

FIRST, SECOND, THIRD = dt.date(2026, 1, 31), dt.date(2026, 4, 30), dt.date(2026, 7, 31)
AUDITED = dt.date(2025, 6, 30)


def line(cid: str, status: str = "Conformant", **fields: Any) -> SampleRow:
    facts = {"metal": "Tin", "name": f"Works {cid} (demo)", "country": "PERU", **fields}
    return SampleRow(cid, status=status, **facts)


def received(
    actor: User,
    content: bytes,
    day: dt.date = FIRST,
    name: str = "list.xml",
    source: str = "rmap",
) -> SmelterList:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload"
        path.write_bytes(content)
        return receive_list(actor, source, day, path, name)[0]


def worked_off(found: SmelterList) -> SmelterList:
    """Do what the worker would do."""
    waiting = Job.objects.about(found).filter(kind=JobKind.SMELTER_LIST, state=JobState.QUEUED)
    for job in waiting:
        read_list(found.pk, job.pk)
    found.refresh_from_db()
    return found


def read(
    actor: User,
    rows: Iterable[SampleRow] | bytes,
    day: dt.date = FIRST,
    name: str = "list.xml",
    source: str = "rmap",
) -> SmelterList:
    content = rows if isinstance(rows, bytes) else xml_list(rows)
    return worked_off(received(actor, content, day, name, source))


def imported(
    actor: User, rows: Iterable[SampleRow] | bytes, day: dt.date = FIRST, **more: Any
) -> SmelterList:
    return confirm_list(actor, read(actor, rows, day, **more).pk, knowing=True)


def table(rows: Iterable[SampleRow]) -> list[list[Any]]:
    return [list(HEADINGS), *([*row.cells] for row in rows)]


def workbook(rows: Sequence[Sequence[Any]]) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append([None if cell == "" else cell for cell in row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def csv_file(rows: Sequence[Sequence[Any]]) -> bytes:
    target = io.StringIO()
    csv.writer(target).writerows(rows)
    return target.getvalue().encode("utf-8-sig")


def codes(found: SmelterList) -> list[str]:
    return [problem["code"] for problem in found.problems]
