"""Deciding about smelter names and the reference list, from a program."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from accounts.models import User
from minerals.excel.sample import build_workbook, complete_answers
from minerals.models import MatchDecision, ReferenceSnapshot
from suppliers.models import Supplier
from tests.api.conftest import ApiFor, upload, work_off

pytestmark = pytest.mark.django_db


def misspelt() -> bytes:
    content: dict[str, Any] = dict(complete_answers("cmrt_6.5"))
    row = {"metal": "Tin", "lookup": "Brigth Tin Smelting Co. (demo)", "country": "INDONESIA"}
    content["smelters"] = [*content["smelters"], row]
    return build_workbook(**content)


def install(client: APIClient, content: bytes = b"") -> Any:
    file = SimpleUploadedFile("template.xlsx", content or build_workbook("cmrt_6.5"))
    return client.post("/api/v1/reference-snapshots/", {"file": file}, format="multipart")


def test_install_a_template_twice(api_for: ApiFor, admin: User) -> None:
    client = api_for(admin)
    # The same bytes: a workbook built a second later differs.
    template = build_workbook("cmrt_6.5")
    first, again = install(client, template), install(client, template)
    assert (first.status_code, first.json()["created"]) == (201, True)
    assert (again.status_code, again.json()["created"]) == (200, False)
    assert ReferenceSnapshot.objects.count() == 1
    snapshot = first.json()["snapshot"]
    rows = client.get(f"/api/v1/reference-snapshots/{snapshot['id']}/entries/").json()
    assert rows["count"] == snapshot["row_count"] > 0
    found = client.get(
        f"/api/v1/reference-snapshots/{snapshot['id']}/entries/", {"search": "CID900001"}
    ).json()
    assert {row["cid"] for row in found["results"]} == {"CID900001"}


def test_what_is_no_template_is_refused_with_its_code(api_for: ApiFor, admin: User) -> None:
    file = SimpleUploadedFile("x.xlsx", b"no workbook")
    answer = api_for(admin).post("/api/v1/reference-snapshots/", {"file": file}, format="multipart")
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "not_a_spreadsheet"
    assert list(answer.json()["error"]["fields"]) == ["file"]


def test_confirm_and_undo(
    api_for: ApiFor, admin: User, csr_specialist: User, supplier: Supplier
) -> None:
    install(api_for(admin))
    client = api_for(csr_specialist)
    key = upload(client, ("a.xlsx", misspelt())).json()["files"][0]["declaration"]
    work_off()
    detail = client.get(f"/api/v1/declarations/{key}/").json()
    (row,) = [row for row in detail["smelters"] if row["suggestions"]]
    cid = row["suggestions"][0]["cid"]
    assert (detail["waiting_count"], cid, row["matched_cid"]) == (1, "CID900001", "")
    address = f"/api/v1/smelter-rows/{row['id']}/decide/"
    answer = client.post(address, {"kind": "confirmed", "cid": cid}, format="json")
    assert answer.status_code == 201
    assert answer.json()["row"]["matched_cid"] == cid
    decision = answer.json()["decision"]
    assert (decision["text"], decision["undone_at"]) == (row["lookup"] or row["typed_name"], None)
    listed = client.get("/api/v1/decisions/").json()["results"]
    assert [item["id"] for item in listed] == [decision["id"]]
    undone = client.post(f"/api/v1/decisions/{decision['id']}/undo/")
    assert (undone.status_code, undone.json()["undone_at"] is not None) == (200, True)
    again = client.post(f"/api/v1/decisions/{decision['id']}/undo/")
    assert (again.status_code, again.json()["error"]["code"]) == (409, "decision_already_undone")


def test_a_smelter_that_is_not_listed_cannot_be_confirmed(
    api_for: ApiFor, admin: User, supplier: Supplier
) -> None:
    client = api_for(admin)
    install(client)
    key = upload(client, ("a.xlsx", misspelt())).json()["files"][0]["declaration"]
    work_off()
    rows = client.get(f"/api/v1/declarations/{key}/").json()["smelters"]
    address = f"/api/v1/smelter-rows/{rows[-1]['id']}/decide/"
    answer = client.post(address, {"kind": "confirmed", "cid": "CID000000"}, format="json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "smelter_not_in_list")
    assert not MatchDecision.objects.exists()
