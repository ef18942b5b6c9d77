"""Tasks about smelters as people meet them: lists, pages, home pages, API."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core import clock
from minerals.enums import TaskState
from minerals.models import SmelterTask, SmelterTaskItem
from minerals.selectors.smelter_work import smelter_tasks, smelter_work
from minerals.services.list_effects import apply_now
from portal.selectors.timeline import timeline_entries, timeline_lines
from suppliers.models import Supplier
from tests.factories.smelters import declare, list_of

pytestmark = pytest.mark.django_db
A, B = "CID900001", "CID900002"
TODAY = clock.today()
LIST = "/minerals/smelter-tasks/"
SignIn = Callable[[User], Client]


@pytest.fixture
def asked(supplier: Supplier, other_supplier: Supplier) -> list[SmelterTask]:
    """The first for ``supplier`` about A and B, the second for the other one about A."""
    list_of(TODAY - dt.timedelta(9), {A: "conformant", B: "conformant"}, applied_at=clock.now())
    declare(supplier, A, B)
    declare(other_supplier, A)
    apply_now(list_of(TODAY, {A: "non_conformant", B: "unable_to_proceed"}))
    return list(SmelterTask.objects.order_by("pk"))


def overdue(task: SmelterTask) -> None:
    day = TODAY - dt.timedelta(days=1)
    SmelterTask.objects.filter(pk=task.pk).update(due_on=day)
    SmelterTaskItem.objects.filter(task=task).update(due_on=day)


def shown(client: Client, query: str) -> set[str]:
    response = client.get(LIST + query)
    assert response.status_code == 200
    return {task.supplier.code for task, _badge in response.context["rows"]}


def test_filters(asked: list[SmelterTask], csr_specialist: User, sign_in: SignIn) -> None:
    overdue(asked[1])
    client = sign_in(csr_specialist)
    for query, found in (
        ("", {"S-1", "S-2"}),
        ("?search=golden", {"S-2"}),
        (f"?search={B}", {"S-1"}),
        ("?due=overdue", {"S-2"}),
        ("?due=later", {"S-1"}),
        ("?status=unable_to_proceed", {"S-1"}),
        ("?state=done", set()),
        ("?sort=-open", {"S-1", "S-2"}),
    ):
        assert shown(client, query) == found, query
    assert "Overdue" in client.get(LIST).content.decode()


def test_queries_do_not_grow(
    asked: list[SmelterTask], csr_specialist: User, sign_in: SignIn
) -> None:
    client = sign_in(csr_specialist)

    def count() -> int:
        client.get(LIST)
        with CaptureQueriesContext(connection) as captured:
            client.get(LIST)
        return len(captured)

    few = count()
    for number in range(20):
        owner = Supplier.objects.create(code=f"N-{number}", name=f"N {number}")
        SmelterTask.objects.create(supplier=owner, list=asked[0].list, due_on=TODAY)
    assert count() == few


def test_export_has_a_row_for_each_smelter(
    asked: list[SmelterTask], csr_specialist: User, sign_in: SignIn
) -> None:
    response = sign_in(csr_specialist).get(f"{LIST}export/")
    sheet = openpyxl.load_workbook(BytesIO(response.getvalue())).worksheets[0]
    rows = [row for row in sheet.iter_rows(values_only=True) if A in row or B in row]
    assert sorted((row[0], row[5]) for row in rows) == [("S-1", A), ("S-1", B), ("S-2", A)]


def test_several_are_closed_with_one_reason(
    asked: list[SmelterTask], csr_specialist: User, sign_in: SignIn
) -> None:
    client = sign_in(csr_specialist)
    address = f"{LIST}close/?all=1&search=golden"
    assert client.get(address).context["count"] == 1
    assert client.post(address, {"state": "cancelled", "note": " "}).status_code == 422
    assert client.post(address, {"state": "cancelled", "note": "Known."}).status_code == 302
    assert shown(client, "?state=cancelled") == {"S-2"}
    both = "&".join(f"ids={task.pk}" for task in asked)
    assert client.get(f"{LIST}close/?{both}").context["count"] == 1, "closed ones are left out"
    assert client.get(f"{LIST}close/?all=1&state=wrong").status_code >= 400


def test_the_page_for_our_people(
    asked: list[SmelterTask], csr_specialist: User, sign_in: SignIn
) -> None:
    client = sign_in(csr_specialist)
    page = asked[0].get_absolute_url()
    text = client.get(page).content.decode()
    assert "Non-conformant" in text
    assert "before: Conformant" in text
    assert client.post(f"{page}close/", {"state": "done", "note": ""}).status_code == 422
    assert client.post(f"{page}close/", {"state": "done", "note": "Settled."}).status_code == 302
    again = client.post(f"{page}close/", {"state": "done", "note": "Settled."}, follow=True)
    assert "closed already" in again.content.decode()


def test_the_supplier_reads_plain_words_and_no_status_of_rmi(
    asked: list[SmelterTask], supplier_user: User, sign_in: SignIn
) -> None:
    client = sign_in(supplier_user)
    home = client.get("/").content.decode()
    assert "Act on 2 smelters of your report" in home
    assert asked[0].get_absolute_url() in home
    text = client.get(asked[0].get_absolute_url()).content.decode()
    assert "Remove the smelter from the supply chain" in text
    assert "failed or refuses a third-party assessment" in text
    for hidden in ("Non-conformant", "unable to proceed", "Close by hand", "/minerals/smelters/"):
        assert hidden not in text
    assert client.get(asked[1].get_absolute_url()).status_code == 404


def test_what_is_settled_moves_to_done(asked: list[SmelterTask], supplier_user: User) -> None:
    apply_now(list_of(TODAY + dt.timedelta(0), {A: "conformant", B: "conformant"}))
    (task,) = smelter_tasks(supplier_user)
    assert task.is_done


def test_whose_queue_it_is_in(
    asked: list[SmelterTask], csr_specialist: User, buyer: User, auditor: User
) -> None:
    assert smelter_work(csr_specialist) == [], "due in a month"
    overdue(asked[0])
    (line,) = smelter_work(csr_specialist)
    assert (line.severity, line.url) == ("error", asked[0].get_absolute_url())
    assert smelter_work(buyer) == smelter_work(auditor) == []
    Supplier.objects.filter(pk=asked[0].supplier_id).update(buyer=buyer)
    assert len(smelter_work(buyer)) == 1
    Supplier.objects.filter(pk=asked[0].supplier_id).update(status="disqualified")
    assert smelter_work(csr_specialist) == []


def test_the_timeline_tells_it(
    asked: list[SmelterTask], supplier: Supplier, csr_specialist: User
) -> None:
    lines = timeline_lines(csr_specialist, timeline_entries(csr_specialist, supplier))
    told = [line for line in lines if line.group.code == "declaration"]
    assert "Asked about smelters of its report" in [line.what for line in told]


def test_by_program(asked: list[SmelterTask], csr_specialist: User, sign_in: SignIn) -> None:
    client = sign_in(csr_specialist)
    found = client.get("/api/v1/smelter-tasks/?search=bright").json()["results"]
    assert [one["supplier"] for one in found] == ["S-1"]
    assert [item["cid"] for item in found[0]["items"]] == [B, A]
    address = f"/api/v1/smelter-tasks/{asked[0].pk}/"
    assert client.get(address).json()["state"] == "open"
    refused = client.post(f"{address}close/", {"note": ""}, "application/json")
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "close_note_missing")
    closed = client.post(f"{address}close/", {"note": "Done."}, "application/json").json()
    assert (closed["state"], closed["note"]) == ("done", "Done.")
    many = client.post(
        "/api/v1/smelter-tasks/close/",
        {"tasks": [task.pk for task in asked], "note": "All."},
        "application/json",
    )
    assert many.json() == {"closed": 1}
    assert set(SmelterTask.objects.values_list("state", flat=True)) == {TaskState.DONE}
