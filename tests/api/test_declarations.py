"""``/api/v1/declarations/``: a program hands in a file, waits, reads what was found."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from openpyxl import load_workbook

from accounts.models import User
from core.models import Job
from minerals.excel.sample import build_workbook, complete_answers
from minerals.models import Declaration, WorkbookFile
from suppliers.models import Supplier
from tests.api.conftest import ApiFor, upload, work_off

pytestmark = pytest.mark.django_db


def workbook(company: str = "Bright Tin Co.", **changes: Any) -> bytes:
    content: dict[str, Any] = dict(complete_answers("cmrt_6.5"))
    content["company"] = {**content["company"], "company_name": company, **changes}
    return build_workbook(**content)


def incomplete() -> bytes:
    return workbook(contact_email=None)


def test_upload_answers_at_once_and_the_result_follows(
    api_for: ApiFor, csr_specialist: User, supplier: Supplier
) -> None:
    client = api_for(csr_specialist)
    answer = upload(client, ("cmrt.xlsx", incomplete()), supplier="s-1")
    assert answer.status_code == 202
    body = answer.json()
    (file,) = body["files"]
    assert (body["total"], body["done"]) == (1, 0)
    assert (file["name"], file["accepted"], file["known"]) == ("cmrt.xlsx", True, False)
    assert (file["state"], file["error"]) == ("queued", None)
    work_off()
    job = client.get(f"/api/v1/jobs/{file['job']}/").json()
    assert (job["state"], job["open"], job["percent"]) == ("done", False, 100)
    assert client.get(f"/api/v1/batches/{body['batch']}/").json()["done"] == 1
    found = client.get(f"/api/v1/declarations/{file['declaration']}/").json()
    assert found["supplier"] == {
        "id": supplier.pk,
        "code": "S-1",
        "name": "Bright Tin Co.",
        "local_name": "亮锡有限公司",
    }
    assert (found["family"], found["version"], found["source"]) == ("CMRT", "6.5", "api")
    assert (found["status"], found["verdict"]) == ("needs_correction", "correct_first")
    assert [(row["code"], row["cell"], row["counted"]) for row in found["open_items"]] == [
        ("contact_email_missing", "Declaration!D16", True)
    ]
    assert found["required_remaining"] == 1
    assert found["verdict_text"]["headline"].startswith("Cannot be accepted yet: ")
    assert {row["question"] for row in found["answers"]} == {f"Q{n}" for n in range(1, 9)}
    assert {row["mineral"] for row in found["company_answers"]} == {""}
    assert [row["cid"] for row in found["smelters"]] != []


def test_texts_come_in_the_language_asked_for(
    api_for: ApiFor, csr_specialist: User, supplier: Supplier
) -> None:
    client = api_for(csr_specialist)
    csr_specialist.language = "zh-hans"
    csr_specialist.save()
    upload(client, ("cmrt.xlsx", incomplete()))
    work_off()
    key = Declaration.objects.get().pk
    answer = client.get(f"/api/v1/declarations/{key}/", headers={"Accept-Language": "en"})
    assert answer.headers["Content-Language"] == "en"
    assert answer.json()["open_items"][0]["remedy"] != ""
    answer = client.get(f"/api/v1/declarations/{key}/", headers={"Accept-Language": "zh-hans"})
    assert answer.headers["Content-Language"] == "zh-hans"


def test_a_refused_file_says_why_and_stops_nothing(
    api_for: ApiFor, csr_specialist: User, supplier: Supplier
) -> None:
    client = api_for(csr_specialist)
    answer = upload(client, ("empty.xlsx", b""), ("photo.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 99))
    files = {file["name"]: file for file in answer.json()["files"]}
    assert answer.status_code == 202
    assert files["empty.xlsx"]["error"]["code"] == "empty_file"
    assert files["photo.xlsx"]["error"]["code"] == "not_a_spreadsheet"
    assert files["photo.xlsx"]["error"]["remedy"] != ""
    assert {file["accepted"] for file in files.values()} == {False}
    assert not WorkbookFile.objects.exists()
    good = upload(client, ("empty.xlsx", b""), ("good.xlsx", workbook()))
    assert [file["accepted"] for file in good.json()["files"]] == [False, True]


def test_a_zip_is_opened_and_each_file_answers(
    api_for: ApiFor, csr_specialist: User, supplier: Supplier
) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("one.xlsx", workbook())
        archive.writestr("readme.txt", "hello")
    answer = upload(api_for(csr_specialist), ("all.zip", stream.getvalue())).json()
    assert {file["name"]: file["accepted"] for file in answer["files"]} == {
        "one.xlsx": True,
        "readme.txt": False,
    }


def test_the_same_bytes_again_are_the_same_declaration(
    api_for: ApiFor, csr_specialist: User, supplier: Supplier
) -> None:
    client = api_for(csr_specialist)
    data = workbook()
    first = upload(client, ("a.xlsx", data), supplier="S-1").json()["files"][0]
    again = upload(client, ("b.xlsx", data), supplier="S-1").json()["files"][0]
    assert (first["known"], again["known"]) == (False, True)
    assert again["declaration"] == first["declaration"]


def test_upload_needs_a_file_and_a_supplier_one_may_know(
    api_for: ApiFor, csr_specialist: User, supplier_user: User, other_supplier: Supplier
) -> None:
    client = api_for(csr_specialist)
    empty = client.post("/api/v1/declarations/", {}, format="multipart")
    assert (empty.status_code, empty.json()["error"]["code"]) == (400, "no_file")
    contact = api_for(supplier_user)
    foreign = upload(contact, ("a.xlsx", workbook()), supplier=other_supplier.code)
    assert (foreign.status_code, foreign.json()["error"]["code"]) == (404, "supplier_not_found")
    assert not Declaration.objects.exists()
    assert not Job.objects.exists()


def test_a_contact_hands_in_for_the_own_supplier(api_for: ApiFor, supplier_user: User) -> None:
    upload(api_for(supplier_user), ("a.xlsx", workbook("Somebody Else Ltd")))
    declaration = Declaration.objects.get()
    assert declaration.supplier == supplier_user.supplier_contact.supplier


def test_original_is_the_file_that_was_handed_in(
    api_for: ApiFor, csr_specialist: User, supplier: Supplier
) -> None:
    client = api_for(csr_specialist)
    data = workbook()
    key = upload(client, ("亮锡 <a>.xlsx", data)).json()["files"][0]["declaration"]
    answer = client.get(f"/api/v1/declarations/{key}/original/")
    assert b"".join(answer.streaming_content) == data  # type: ignore[attr-defined]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment;")


def test_correction_workbook_is_ordered_and_fetched(
    api_for: ApiFor, csr_specialist: User, supplier: Supplier
) -> None:
    client = api_for(csr_specialist)
    key = upload(client, ("cmrt.xlsx", incomplete())).json()["files"][0]["declaration"]
    address = f"/api/v1/declarations/{key}/correction/"
    early = client.post(address)
    assert (early.status_code, early.json()["error"]["code"]) == (409, "declaration_not_judged")
    work_off()
    assert client.get(address).json()["error"]["code"] == "correction_missing"
    ordered = client.post(address)
    assert (ordered.status_code, ordered.json()["kind"]) == (202, "declaration.correction")
    assert client.get(address).json()["error"]["code"] == "correction_not_ready"
    work_off()
    book = load_workbook(io.BytesIO(b"".join(client.get(address).streaming_content)))  # type: ignore[attr-defined]
    assert book.sheetnames[0] == "Corrections"


def test_comparison_lists_what_changed(
    api_for: ApiFor, csr_specialist: User, supplier: Supplier
) -> None:
    client = api_for(csr_specialist)
    old = upload(client, ("a.xlsx", workbook())).json()["files"][0]["declaration"]
    work_off()
    newer = workbook(contact_email="other@bright-devices.example")
    new = upload(client, ("b.xlsx", newer)).json()["files"][0]["declaration"]
    work_off()
    found = client.get(f"/api/v1/declarations/{new}/compare/{old}/").json()
    assert [change["new"] for change in found["company"]] == ["other@bright-devices.example"]
    assert (found["answers"], found["smelters_added"], found["smelters_gone"]) == ([], [], [])
    same = client.get(f"/api/v1/declarations/{new}/compare/{new}/")
    assert (same.status_code, same.json()["error"]["code"]) == (404, "nothing_to_compare")


def test_list_filters_and_pages_as_the_page_does(
    api_for: ApiFor, csr_specialist: User, supplier: Supplier
) -> None:
    client = api_for(csr_specialist)
    upload(client, ("good.xlsx", workbook()), ("open.xlsx", incomplete()))
    work_off()
    address = "/api/v1/declarations/"
    blocking = client.get(address, {"open": "blocking"}).json()
    assert [row["file_name"] for row in blocking["results"]] == ["open.xlsx"]
    searched = client.get(address, {"search": "contact_email_missing"}).json()
    assert [row["file_name"] for row in searched["results"]] == ["open.xlsx"]
    page = client.get(address, {"page_size": "1", "sort": "-received"}).json()
    assert (page["count"], len(page["results"])) == (2, 1)
    wrong = client.get(address, {"family": "XMRT"})
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (400, "invalid_input")
    assert list(wrong.json()["error"]["fields"]) == ["family"]


def test_list_asks_as_often_for_thirty_rows_as_for_three(
    api_for: ApiFor,
    csr_specialist: User,
    supplier: Supplier,
    django_assert_num_queries: Any,
) -> None:
    client = api_for(csr_specialist)
    for count in (3, 30):
        while Declaration.objects.count() < count:
            number = Declaration.objects.count()
            file = WorkbookFile.objects.create(sha256=f"{number:064}", size=1, kind="xlsx")
            Declaration.objects.create(
                supplier=supplier, workbook=file, file_name=f"{number}.xlsx", source="web"
            )
        with django_assert_num_queries(6):
            rows = client.get("/api/v1/declarations/").json()["results"]
        assert len(rows) == count
