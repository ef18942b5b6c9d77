"""Pages of smelter lists: upload, preview, confirmation, what is in force."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from core.models import Job, JobState
from minerals.enums import ListState
from minerals.excel.sample_list import xml_list
from minerals.models import SmelterList, StatusWord
from minerals.services.list_effects import apply_list_later, apply_now
from suppliers.models import Supplier
from tests.factories.minerals import Desk, form
from tests.factories.smelters import declare
from tests.minerals.lists.files import FIRST, SECOND, imported, line, read, worked_off
from tests.minerals.web.pages import in_order, page, part

pytestmark = pytest.mark.django_db
ROWS = [line(f"CID90000{number}") for number in range(1, 6)]
SignIn = Callable[[User], Client]


@pytest.fixture
def staff(sign_in: SignIn, csr_specialist: User) -> Client:
    return sign_in(csr_specialist)


def act(client: Client, route: str, found: SmelterList, /, **data: str) -> str:
    response = client.post(reverse(f"minerals:{route}", args=[found.pk]), data, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def exported(client: Client, name: str, *args: Any, query: str = "") -> list[tuple[Any, ...]]:
    response = client.get(reverse(f"minerals:{name}", args=args) + query)
    assert response.status_code == 200
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return list(sheet.iter_rows(values_only=True))


def test_from_the_upload_to_in_force(staff: Client) -> None:
    assert "No smelter list yet" in page(staff, "list-list")
    file = SimpleUploadedFile("rmap.xls", xml_list([*ROWS, line("CID9")]))
    data = {"source": "rmap", "listed_on": FIRST.isoformat(), "file": file}
    response = staff.post(reverse("minerals:list-upload"), data)
    found = SmelterList.objects.get()
    assert response["Location"] == found.get_absolute_url()
    assert "The list is being read" in page(staff, "list-detail", found.pk)
    assert 'hx-get="' in part(staff, "list-detail", found.pk, target="list-state")
    worked_off(found)
    shown = page(staff, "list-detail", found.pk)
    assert in_order(shown, "Ready to import", "Import this list", "What was recognised")
    assert in_order(shown, "Problems", "A7", "CID9", "no RMI ID")
    told = act(staff, "list-confirm", found)
    assert "The declarations are held against it now." in told
    assert "This list is never changed." in told
    assert "Import this list" not in told
    assert in_order(page(staff, "list-list"), "31 Jan 2026", "Imported", "the first one")


def test_what_is_wrong_with_an_upload_stands_at_its_field(staff: Client) -> None:
    data = {"source": "rmap", "listed_on": "2999-01-01"}
    file = SimpleUploadedFile("a.xml", b"<!DOCTYPE a><a/>")
    response = staff.post(reverse("minerals:list-upload"), {**data, "file": file})
    assert response.status_code == 422
    assert "A list cannot be of a day to come." in response.content.decode()
    response = staff.post(
        reverse("minerals:list-upload"),
        {
            **data,
            "listed_on": "2026-01-31",
            "file": SimpleUploadedFile("a.xml", b"<!DOCTYPE a><a/>"),
        },
    )
    assert in_order(response.content.decode(), "document type or entities", "save it as .xlsx")
    assert not SmelterList.objects.exists()


def test_a_held_list_says_why_and_whom_it_touches(
    staff: Client, csr_specialist: User, desk: Desk, supplier: Supplier
) -> None:
    desk.install()
    declaration = desk.hand_in(supplier, form())
    named = declaration.smelters.exclude(matched_cid="").values_list("matched_cid", flat=True)
    cids = sorted(set(named))
    assert len(cids) >= 2
    imported(csr_specialist, [line(cid) for cid in cids])
    found = read(csr_specialist, [line(cid) for cid in cids[: len(cids) // 2]], SECOND)
    assert found.state == ListState.HELD
    shown = page(staff, "list-detail", found.pk)
    assert in_order(shown, "Held", "A cut-off download looks like that.", "1 supplier names")
    told = act(staff, "list-confirm", found)
    assert "Confirm that you have seen it." in told
    found.refresh_from_db()
    assert found.state == ListState.HELD
    act(staff, "list-confirm", found, knowing="on")
    found.refresh_from_db()
    assert found.state == ListState.IN_FORCE


def test_changes_as_tables_and_exports(staff: Client, csr_specialist: User) -> None:
    imported(csr_specialist, ROWS)
    now = [*ROWS[:3], line("CID900004", "Non Conformant"), line("CID900009")]
    found = imported(csr_specialist, now, SECOND)
    shown = page(staff, "list-detail", found.pk, query="?tab=changes")
    assert in_order(shown, "CID900009", "CID900005", "CID900004", "Conformant", "Non-conformant")
    gone = page(staff, "list-detail", found.pk, query="?tab=changes&kind=gone")
    assert "CID900005" in gone
    assert "CID900009" not in gone
    rows = exported(staff, "list-changes-export", found.pk)
    assert [row[1] for row in rows[1:]] == ["CID900009", "CID900005", "CID900004"]
    rows = exported(staff, "list-changes-export", found.pk, query="?kind=status")
    assert rows[1][6:8] == ("Conformant", "Non-conformant")
    assert len(rows) == 2


def test_entries_with_filters_and_export(staff: Client, csr_specialist: User) -> None:
    rows = [*ROWS[:2], line("CID900020", "Active", metal="Gold"), line("CID900021", "Paused")]
    found = imported(csr_specialist, rows)
    gold = page(staff, "list-detail", found.pk, query="?metal=Gold")
    assert "CID900020" in gold
    assert "CID900001" not in gold
    assert "Paused" in page(staff, "list-detail", found.pk, query="?status=unexplained")
    lines = exported(staff, "list-entries-export", found.pk, query="?search=works+900020")
    assert [line[1] for line in lines[1:]] == ["CID900020"]
    assert exported(staff, "list-problems-export", found.pk)[1][3] == "Paused"
    assert len(exported(staff, "list-export")) == 2


def test_other_columns_are_read_at_once(staff: Client, csr_specialist: User) -> None:
    content = b"Key,Title,Finding\nCID900001,Works (demo),Active\n"
    found = read(csr_specialist, content, name="a.csv")
    shown = page(staff, "list-detail", found.pk)
    assert in_order(shown, "No smelter was recognised yet", "Choose other columns", "A · Key")
    act(staff, "list-columns", found, cid="0", name="1", status="2")
    worked_off(found)
    assert found.listings.get().status == "active"
    assert "Choose columns of the file." in act(staff, "list-columns", found, cid="17")


def test_the_same_content_is_told_and_can_be_discarded(staff: Client, csr_specialist: User) -> None:
    imported(csr_specialist, ROWS)
    again = read(csr_specialist, ROWS, SECOND)
    assert "The content is the same as that of the list" in page(staff, "list-detail", again.pk)
    assert "nothing was changed" in act(staff, "list-discard", again)
    assert "30 Apr 2026" not in page(staff, "list-list")
    assert "30 Apr 2026" in page(staff, "list-list", query="?state=discarded")


def test_a_status_word_is_explained_on_its_page(staff: Client, csr_specialist: User) -> None:
    found = imported(csr_specialist, [*ROWS, line("CID900006", "Paused")])
    assert "1 status word waits" in page(staff, "list-list")
    assert in_order(page(staff, "status-word-list"), "“Paused”", "Choose what it means")
    response = staff.post(
        reverse("minerals:status-word-list"), {"text": "Paused", "status": "active"}, follow=True
    )
    assert "“Paused” means “Active” from now on." in response.content.decode()
    assert found.listings.get(cid="CID900006").status == "active"
    assert exported(staff, "status-word-export")[1][0] == StatusWord.objects.get().text


def test_people_who_only_look_are_offered_nothing(
    sign_in: SignIn, buyer: User, csr_specialist: User
) -> None:
    found = read(csr_specialist, [*ROWS, line("CID900006", "Paused")])
    client = sign_in(buyer)
    shown = page(client, "list-detail", found.pk)
    assert "Ready to import" in shown
    for address in ("list-confirm", "list-discard", "list-columns"):
        assert reverse(f"minerals:{address}", args=[found.pk]) not in shown
    assert reverse("minerals:list-upload") not in page(client, "list-list")
    assert (
        "<select"
        not in page(client, "status-word-list")
        .split("Nobody has said yet")[1]
        .split("Explained")[0]
    )


def test_every_list_costs_the_same(
    staff: Client, csr_specialist: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(8):
        imported(csr_specialist, ROWS, FIRST.replace(day=number + 1))
    with django_assert_max_num_queries(14):
        page(staff, "list-list")
    found = SmelterList.objects.order_by("-listed_on")[0]
    with django_assert_max_num_queries(22):
        page(staff, "list-detail", found.pk)


def test_after_the_import_one_sees_whom_it_concerns(
    staff: Client, supplier: Supplier, other_supplier: Supplier, csr_specialist: User
) -> None:
    first = imported(csr_specialist, ROWS)
    declare(supplier, ROWS[0].cid)
    declare(other_supplier, ROWS[1].cid)
    assert "are being held against this list" in page(staff, "list-detail", first.pk)
    assert 'hx-get="' in part(staff, "list-detail", first.pk, target="list-effect")
    apply_now(first)
    first.refresh_from_db()
    assert "Nobody has to act because of this list" in page(staff, "list-detail", first.pk)
    second = imported(csr_specialist, ROWS[1:], SECOND)
    job = apply_list_later(second)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, done=1, total=2)
    shown = part(staff, "list-detail", second.pk, target="list-effect")
    assert "1 of 2 suppliers" in shown
    Job.objects.filter(pk=job.pk).update(state=JobState.FAILED)
    failed = part(staff, "list-detail", second.pk, target="list-effect")
    assert "tried again within the hour" in failed
    assert "hx-get" not in failed
    apply_now(second)
    done = part(staff, "list-detail", second.pk, target="list-effect")
    assert "1 supplier is asked to act because of this list" in done
    assert f"/minerals/smelter-tasks/?list={second.pk}" in done
    assert "hx-get" not in done
    tasks = page(staff, "task-list", query=f"?list={second.pk}")
    assert f"{supplier.name}</a>" in tasks
    assert f"{other_supplier.name}</a>" not in tasks
    assert "held against" not in page(staff, "list-detail", first.pk), "another is in force now"
