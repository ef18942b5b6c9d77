"""Pages and API of imports, from the upload to undo, with a constant number of questions."""

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
from core.models import Job
from suppliers.models import ImportBatch, Supplier
from suppliers.selectors.imports import import_for
from suppliers.services.suppliers import SupplierInput, create_supplier
from tests.api.conftest import ApiFor, api_for
from tests.suppliers.imports.files import checked, csv_text, imported, workbook, worked_off

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
__all__ = ["api_for"]
GOOD = [["code", "name", "country"], ["N-1", "New Co.", "CN"], ["S-1", "Bright Tin Co.", "DE"]]
BAD = [["code", "name", "country", "extra"], ["N-1", "", "QQ", ""], ["N-2", "Two", "", ""]]


def upload(client: Client, content: bytes, name: str = "list.xlsx", kind: str = "suppliers") -> Any:
    data = {"file": SimpleUploadedFile(name, content), "kind": kind}
    return client.post(reverse("suppliers:import-upload"), data)


def page(client: Client, batch: ImportBatch, **query: str) -> str:
    answer = client.get(reverse("suppliers:import-detail", args=[batch.pk]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_from_upload_to_undo(sign_in: SignIn, buyer: User, supplier: Supplier) -> None:
    client = sign_in(buyer)
    sent = upload(client, workbook(GOOD))
    batch = ImportBatch.objects.get()
    address = reverse("suppliers:import-detail", args=[batch.pk])
    assert sent.headers["Location"] == address
    assert "The file is being checked" in page(client, batch)
    part = {"HX-Request": "true", "HX-Target": "import-state"}
    assert "hx-get" in client.get(address, headers=part).content.decode()
    worked_off(batch)
    assert client.get(address, headers=part).headers["HX-Refresh"] == "true"
    words = page(client, batch)
    assert "Import 2 rows" in words
    assert "<del>China</del>" in words or "<del>CN</del>" in words
    client.post(reverse("suppliers:import-confirm", args=[batch.pk]))
    worked_off(batch)
    done = page(client, batch, tab="rows")
    assert "1 created, 1 changed." in done
    assert "Will be created" not in done
    client.post(reverse("suppliers:import-undo", args=[batch.pk]))
    worked_off(batch)
    assert "The import was undone" in page(client, batch)
    assert Supplier.objects.count() == 1
    listing = client.get(reverse("suppliers:import-list")).content.decode()
    assert "list.xlsx" in listing
    assert "Undone" in listing


def test_mistakes_are_shown_filtered_and_downloaded(
    sign_in: SignIn, buyer: User, supplier: Supplier
) -> None:
    client = sign_in(buyer)
    batch = checked(buyer, workbook(BAD))
    words = page(client, batch)
    assert "2 problems to correct" in words
    assert "Data!C2" in words
    assert "“QQ” is no country code; use two letters such as CN." in words
    assert "The column “extra” is not known and is left out." in words
    assert "suppliers:import-confirm" not in words
    assert reverse("suppliers:import-confirm", args=[batch.pk]) not in words
    only = page(client, batch, code="country_unknown")
    assert "Data!C2" in only
    assert "Data!B2" not in only
    assert "N-2" in page(client, batch, tab="rows", action="create")
    answer = client.get(reverse("suppliers:import-problems", args=[batch.pk]))
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [(row[0], row[2], row[3]) for row in rows] == [
        ("Warning", None, "D1"),
        ("Error", 2, "B2"),
        ("Error", 2, "C2"),
    ]


def test_a_refused_file_says_why_and_what_to_do(sign_in: SignIn, buyer: User) -> None:
    answer = upload(sign_in(buyer), b"%PDF-1.4", "a.xlsx")
    assert answer.status_code == 422
    words = answer.content.decode()
    assert "This is neither an Excel workbook nor a CSV file." in words
    assert "Save the table as .xlsx or as CSV." in words
    assert not ImportBatch.objects.exists()


def test_an_unreadable_file_has_a_page_too(sign_in: SignIn, buyer: User) -> None:
    batch = checked(buyer, b'code,name\nA,"open', "a.csv")
    words = page(sign_in(buyer), batch)
    assert "The file cannot be read" in words
    assert "a quotation mark is not closed" in words


def test_a_discarded_file_is_gone(
    sign_in: SignIn, buyer: User, django_capture_on_commit_callbacks: Any
) -> None:
    batch = checked(buyer, workbook(BAD))
    storage, name = batch.file.storage, str(batch.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(buyer).post(reverse("suppliers:import-discard", args=[batch.pk]))
    batch.refresh_from_db()
    assert (batch.state, batch.rows.count(), storage.exists(name)) == ("discarded", 0, False)
    assert "Discarded" in page(sign_in(buyer), batch)


def test_others_do_not_see_it(
    sign_in: SignIn, buyer: User, csr_specialist: User, admin: User, supplier_user: User
) -> None:
    batch = checked(buyer, workbook(BAD))
    address = reverse("suppliers:import-detail", args=[batch.pk])
    answers = [sign_in(person).get(address).status_code for person in (csr_specialist, admin)]
    assert answers == [404, 200]
    assert sign_in(supplier_user).get(address).status_code == 404
    assert (
        "file.xlsx"
        not in sign_in(csr_specialist).get(reverse("suppliers:import-list")).content.decode()
    )


def test_pages_ask_as_often_for_thirty_as_for_three(
    sign_in: SignIn, buyer: User, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    client = sign_in(buyer)
    for number in (3, 30):
        table = [["code", "name", "country"]]
        table += [[f"{number}-{n}", "" if n % 2 else f"Co {number} {n}", ""] for n in range(number)]
        batch = checked(buyer, csv_text(table).encode(), "a.csv")
        for _ in range(number - ImportBatch.objects.count()):
            ImportBatch.objects.create(
                kind="sites", state="discarded", file_name="x", sha256="", owner=buyer
            )
        asked = []
        for address in (
            reverse("suppliers:import-list"),
            reverse("suppliers:import-detail", args=[batch.pk]),
            reverse("suppliers:import-detail", args=[batch.pk]) + "?tab=rows",
        ):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(address)
            asked.append(len(queries))
        counts.append(asked)
    assert counts[0] == counts[1]


def test_exports_take_the_filters_of_the_list(
    sign_in: SignIn, auditor: User, buyer: User, supplier: Supplier
) -> None:
    create_supplier(None, SupplierInput("D-1", "Deutsche Co.", country="DE"))
    contacts = [["supplier", "name"], ["S-1", "Wang"], ["D-1", "Müller"]]
    imported(buyer, workbook(contacts), kind="contacts")
    address = reverse("suppliers:import-export", args=["contacts"])
    answer = sign_in(auditor).get(address, {"country": "DE", "format": "csv"})
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert "Müller" in text
    assert "Wang" not in text
    assert sign_in(auditor).get(address.replace("contacts", "nothing")).status_code == 404


def test_programs_go_the_same_way(api_for: ApiFor, buyer: User, supplier: Supplier) -> None:
    client = api_for(buyer)
    file = SimpleUploadedFile("a.csv", csv_text(GOOD).encode())
    made = client.post("/api/v1/imports/", {"file": file, "kind": "suppliers"}, format="multipart")
    assert made.status_code == 202
    assert made.json()["job"]["open"] is True
    key = made.json()["id"]
    batch = worked_off(import_for(buyer, key))
    address = f"/api/v1/imports/{key}/"
    found = client.get(address).json()
    assert (found["state"], found["counts"]["create"], found["counts"]["change"]) == ("ready", 1, 1)
    rows = client.get(f"{address}rows/", {"action": "change"}).json()["results"]
    assert [(row["before"], row["after"]) for row in rows] == [
        ({"country": "CN"}, {"country": "DE"})
    ]
    assert client.post(f"{address}confirm/").status_code == 202
    worked_off(batch)
    assert client.post(f"{address}confirm/").json()["error"]["code"] == "import_state"
    assert client.post(f"{address}undo/").status_code == 202
    worked_off(batch)
    assert client.get(address).json()["state"] == "undone"
    bad = SimpleUploadedFile("b.csv", csv_text(BAD).encode())
    key = client.post("/api/v1/imports/", {"file": bad}, format="multipart").json()["id"]
    worked_off(import_for(buyer, key))
    problems = client.get(f"/api/v1/imports/{key}/problems/").json()["results"]
    assert [(each["code"], each["place"]) for each in problems] == [
        ("supplier_name_missing", "CSV!B2"),
        ("country_unknown", "CSV!C2"),
    ]
    assert client.get("/api/v1/imports/", {"state": "faulty"}).json()["count"] == 1
    assert client.post(f"/api/v1/imports/{key}/discard/").json()["state"] == "discarded"
    assert Job.objects.filter(state="queued").count() == 0
