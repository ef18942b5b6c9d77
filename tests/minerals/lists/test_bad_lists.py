"""What can be wrong with a list: named with its place, never half imported."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from core import clock
from core.errors import DomainError, InvalidInput
from core.models import Job, JobState
from minerals.enums import ListState
from minerals.excel.sample_list import xml_list
from minerals.models import Smelter, SmelterList
from minerals.services.smelter_lists import (
    choose_columns,
    confirm_list,
)
from tests.minerals.lists.files import (
    AUDITED,
    FIRST,
    SECOND,
    codes,
    csv_file,
    imported,
    line,
    read,
    received,
    worked_off,
)

pytestmark = pytest.mark.django_db
ROWS = [line(f"CID90000{number}", last_audit=AUDITED) for number in range(1, 6)]


def refusal(actor: User, found: SmelterList, **more: Any) -> str:
    with pytest.raises(DomainError) as refused:
        confirm_list(actor, found.pk, **more)
    return refused.value.code


def test_bad_rows_are_named_and_good_ones_kept(csr_specialist: User) -> None:
    rows = [
        *ROWS[:2],
        line("CID900001", name="Again (demo)"),
        line("CID900002", metal="Gold"),
        line(""),
        line("CID12"),
        line("CID900006", status="Paused", last_audit="2027-01-01"),
    ]
    found = read(csr_specialist, rows)
    assert found.row_count == 3
    assert codes(found) == [
        "id_twice",
        "id_two_metals",
        "id_missing",
        "id_malformed",
        "date_in_future",
        "status_unknown",
    ]
    kept = found.listings.get(cid="CID900006")
    assert (kept.status, kept.status_text, kept.last_audit_on) == ("", "Paused", None)


def test_an_id_known_for_another_metal(csr_specialist: User) -> None:
    imported(csr_specialist, ROWS)
    found = imported(csr_specialist, [*ROWS[:4], line("CID900005", metal="Gold")], SECOND)
    assert codes(found) == ["id_other_metal"]
    assert found.listings.get(cid="CID900005").metal == "Gold"
    assert Smelter.objects.get(cid="CID900005").metal == "Tin"


HOSTILE = b'<?xml version="1.0"?><!DOCTYPE W [<!ENTITY a "b">]><Workbook/>'


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (HOSTILE, "a.xml", "xml_entities"),
        (b"", "a.xlsx", "empty_file"),
        (b"%PDF-1.7", "a.xlsx", "not_a_spreadsheet"),
        (b"a\0b", "a.csv", "not_a_spreadsheet"),
    ],
)
def test_what_is_not_let_in(csr_specialist: User, content: bytes, name: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        received(csr_specialist, content, name=name)
    assert (refused.value.code, refused.value.field) == (code, "file")
    assert not SmelterList.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"<html><body>Sign in</body></html>", "a.xls", "not_spreadsheet_xml"),
        (xml_list(ROWS)[:-40], "a.xml", "xml_broken"),
        (b"\n\n", "a.csv", "empty_sheet"),
        (b"<?xml version='1.0'?>" + b" " * 70_000 + HOSTILE[21:], "a.xml", "xml_entities"),
    ],
)
def test_what_cannot_be_read(csr_specialist: User, content: bytes, name: str, code: str) -> None:
    try:
        found = read(csr_specialist, content, name=name)
    except InvalidInput as refused:
        assert refused.code == code
        return
    assert (found.state, found.error["code"]) == (ListState.UNREADABLE, code)
    job = Job.objects.about(found).get()
    assert (job.state, job.error["code"]) == (JobState.FAILED, code)


def test_the_date_and_the_source_must_make_sense(csr_specialist: User) -> None:
    tomorrow = clock.today() + dt.timedelta(days=1)
    for day, source, code in (
        (tomorrow, "rmap", "list_date_in_future"),
        (dt.date(1999, 1, 1), "rmap", "list_date_too_old"),
        (FIRST, "nobody", "list_source_unknown"),
    ):
        with pytest.raises(InvalidInput) as refused:
            received(csr_specialist, xml_list(ROWS), day, source=source)
        assert refused.value.code == code


def test_headings_nobody_knows_are_chosen_by_a_person(csr_specialist: User) -> None:
    rows = [["Kennung", "Bezeichnung", "Befund"], ["CID900001", "Works (demo)", "Active"]]
    found = read(csr_specialist, csv_file(rows), name="a.csv")
    assert (found.state, found.row_count, found.columns) == (ListState.READY, 0, {})
    assert codes(found) == ["column_missing"] * 4
    assert refusal(csr_specialist, found) == "list_without_smelters"
    with pytest.raises(InvalidInput) as refused:
        choose_columns(csr_specialist, found.pk, {"name": 1})
    assert refused.value.code == "list_column_needed"
    with pytest.raises(InvalidInput) as twice:
        choose_columns(csr_specialist, found.pk, {"cid": 0, "name": 0})
    assert twice.value.code == "list_column_twice"
    choose_columns(csr_specialist, found.pk, {"cid": 0, "name": 1})
    assert worked_off(found).row_count == 1
    assert refusal(csr_specialist, found) == "list_without_status"
    choose_columns(csr_specialist, found.pk, {"cid": 0, "name": 1, "status": 2})
    assert codes(worked_off(found)) == ["column_missing"]
    assert found.listings.get().status == "active"
    assert confirm_list(csr_specialist, found.pk).state == ListState.IN_FORCE
