"""Reads an uploaded smelter list into rows. Run by the worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core.bulk_insert import insert_rows
from core.services.activity import record_activity
from core.services.jobs import (
    fail_job,
    finish_job,
    hold_open_job,
    report_progress,
    start_job,
)
from core.spreadsheets.grid import Grid, UnreadableTable
from minerals.enums import ListSource, ListState, SmelterStatus
from minerals.models import ReferenceEntry, Smelter, SmelterList, SmelterListing, StatusWord
from minerals.rules.normalise import cid_key
from minerals.rules.smelter_list.columns import recognised, usable
from minerals.rules.smelter_list.entries import (
    ListEntry,
    Problem,
    ReadList,
    Surroundings,
    name_key,
    read_entries,
)
from minerals.rules.smelter_status import known_status, status_key
from minerals.selectors.list_problems import problem_text
from minerals.services.list_files import read_table_of
from minerals.services.smelter_lists import store_comparison

READING_FAILED = "list_reading_failed"
# The columns whose absence is told, where the source does not say it by itself: lists of other
# schemes are lists of those who passed, and LBMA's are of gold.
NEEDED = ("cid", "metal", "name", "status")
SAID_BY_SOURCE: Mapping[str, tuple[str, ...]] = {
    ListSource.LBMA: ("metal", "status"),
    ListSource.RJC: ("status",),
    ListSource.OTHER: ("status",),
}
_LONGEST_HEADING = 120
_FIELDS = (
    "row", "cid", "metal", "name", "country", "status", "status_text", "last_audit_on",
    "cycle_text", "cycle_years", "due_on",
)  # fmt: skip


def read_list(list_id: int, job_id: UUID) -> None:
    """Read the file, store its rows and hold them against the list before. Safe to run twice."""
    job = start_job(job_id)
    smelter_list = SmelterList.objects.select_related("workbook").get(pk=list_id)
    if job is None:
        return
    if smelter_list.state != ListState.READING:
        finish_job(job_id)
        return
    report_progress(job_id, 1, N_("Reading the file"))
    try:
        grid = read_table_of(smelter_list)
    except UnreadableTable as error:
        _end_unreadable(smelter_list, job_id, error.code, error.params)
        return
    report_progress(job_id, 2, N_("Comparing with the list before"))
    columns = usable(smelter_list.columns, len(grid.header)) or recognised(grid.header)
    found = read_entries(grid.rows, columns, surroundings_of(smelter_list))
    with transaction.atomic():
        if not hold_open_job(job_id):
            return  # delivered twice, and the other worker was quicker
        _store(smelter_list, grid, columns, found)
        finish_job(job_id, smelters=smelter_list.row_count)


def give_up_reading(list_id: int, job_id: UUID) -> None:
    """Something failed that nobody foresaw: say so instead of waiting for ever."""
    smelter_list = SmelterList.objects.filter(pk=list_id, state=ListState.READING).first()
    if smelter_list is not None:
        _end_unreadable(smelter_list, job_id, READING_FAILED, {})


def surroundings_of(smelter_list: SmelterList) -> Surroundings:
    is_rmap = smelter_list.source == ListSource.RMAP
    return Surroundings(
        listed_on=smelter_list.listed_on,
        status_of=_StatusWords(),
        known={
            cid_key(cid): (metal, name)
            for cid, metal, name in Smelter.objects.values_list("cid", "metal", "name")
        },
        plain_status="" if is_rmap else SmelterStatus.CROSS_RECOGNISED,
        metal="Gold" if smelter_list.source == ListSource.LBMA else "",
        by_name={} if is_rmap else _ids_by_name(),
    )


def _ids_by_name() -> dict[tuple[str, str], str]:
    """The ID of every standard name and alias that means one smelter only."""
    smelters = Smelter.objects.values_list("metal", "name", "cid")
    entries = ReferenceEntry.objects.exclude(cid="").order_by()
    aliases = entries.values_list("metal", "name", "cid").distinct()
    found: dict[tuple[str, str], str] = {}
    for metal, name, cid in (*smelters, *aliases):
        key, cid = name_key(metal, name), cid_key(cid)
        found[key] = cid if found.get(key, cid) == cid else ""
    return found


class _StatusWords:
    """What a status word means: as everybody writes it, else as a person said once."""

    def __init__(self) -> None:
        self._said: Mapping[str, str] = dict(StatusWord.objects.values_list("key", "status"))

    def __call__(self, text: str) -> str:
        return known_status(text) or self._said.get(status_key(text), "")


def _store(smelter_list: SmelterList, grid: Grid, columns: dict[str, int], found: ReadList) -> None:
    smelter_list.listings.all().delete()
    insert_rows(SmelterListing, ("list", *_FIELDS), _rows(smelter_list.pk, found.entries))
    smelter_list.headings = [heading[:_LONGEST_HEADING] for heading in grid.header]
    smelter_list.columns, smelter_list.error = columns, {}
    smelter_list.problems = [*_of_file(smelter_list, grid, columns), *found.problems]
    smelter_list.row_count = len(found.entries)
    smelter_list.save(update_fields=["headings", "columns", "error", "problems", "row_count"])
    store_comparison(smelter_list)
    record_activity(
        None,
        "list.read",
        smelter_list,
        smelters=smelter_list.row_count,
        problems=len(smelter_list.problems),
        held_for=smelter_list.held_for,
    )


def _rows(list_id: int, entries: Sequence[ListEntry]) -> list[tuple[Any, ...]]:
    return [(list_id, *(getattr(entry, name) for name in _FIELDS)) for entry in entries]


def _of_file(smelter_list: SmelterList, grid: Grid, columns: Mapping[str, int]) -> list[Problem]:
    given = (*columns, *SAID_BY_SOURCE.get(smelter_list.source, ()))
    problems: list[Problem] = [
        {"code": "column_missing", "params": {"column": code}}
        for code in NEEDED
        if code not in given
    ]
    return problems + [
        {"code": "other_sheet_left_out", "params": {"sheet": name}} for name in grid.other_sheets
    ]


@transaction.atomic
def _end_unreadable(
    smelter_list: SmelterList, job_id: UUID, code: str, params: Mapping[str, str]
) -> None:
    smelter_list.state = ListState.UNREADABLE
    smelter_list.error = {"code": code, "params": dict(params)}
    smelter_list.save(update_fields=["state", "error"])
    record_activity(None, "list.unreadable", smelter_list, code=code)
    text = problem_text(code)
    fail_job(job_id, code, text.message, dict(params), remedy=text.remedy)
