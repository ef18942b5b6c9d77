"""Smelters, their notes and certificates, and mines by program."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from core import clock
from minerals.models import MineLine
from suppliers.models import EvidenceFile, Supplier
from tests.factories.minerals import make_declaration
from tests.factories.smelters import declare, list_of, make_smelter

pytestmark = pytest.mark.django_db
A = "CID900001"
TODAY = clock.today()
JSON = "application/json"
SignIn = Callable[[User], Client]


def test_the_register(supplier: Supplier, csr_specialist: User, sign_in: SignIn) -> None:
    make_smelter(A)
    make_smelter("CID900002", metal="Gold")
    list_of(dt.date(2025, 1, 1), {A: "active"})
    list_of(dt.date(2026, 1, 1), {A: "conformant"})
    declare(supplier, A)
    client = sign_in(csr_specialist)
    (found,) = client.get("/api/v1/smelters/?metal=Tin&named=yes").json()["results"]
    assert (found["cid"], found["status"], found["supplier_count"]) == (A, "conformant", 1)
    one = client.get(f"/api/v1/smelters/{A}/?on=2025-06-01").json()
    assert one["status"] == "active"
    assert [period["status"] for period in one["history"]] == ["conformant", "active"]
    wrong = client.get(f"/api/v1/smelters/{A}/?on=2025-13-01")
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (400, "day_invalid")
    assert client.get("/api/v1/smelters/CID999999/").status_code == 404


def test_notes_and_certificates(
    supplier: Supplier, csr_specialist: User, admin: User, sign_in: SignIn
) -> None:
    make_smelter(A)
    client = sign_in(csr_specialist)
    note = client.post(f"/api/v1/smelters/{A}/notes/", {"text": "Wrote."}, JSON).json()
    assert note["happened_on"] == TODAY.isoformat()
    withdrawn = client.post(f"/api/v1/smelter-notes/{note['id']}/withdraw/").json()
    assert withdrawn["withdrawn_at"]
    made = client.post(
        f"/api/v1/smelters/{A}/certificates/",
        {
            "scheme": "lbma",
            "valid_from": TODAY.isoformat(),
            "valid_until": (TODAY + dt.timedelta(365)).isoformat(),
            "supplier": supplier.code,
            "evidence": SimpleUploadedFile("c.pdf", b"%PDF-1.4\n%%EOF\n"),
        },
    ).json()
    assert (made["supplier"], made["verified_at"]) == (supplier.code, None)
    assert EvidenceFile.objects.get().name == "c.pdf"
    address = f"/api/v1/smelter-certificates/{made['id']}/"
    assert client.post(f"{address}verify/").status_code == 403
    assert sign_in(admin).post(f"{address}verify/").json()["verified_by"] == "administrator"
    assert client.post(f"{address}withdraw/").json()["withdrawn_at"]


def test_mines(
    supplier: Supplier, other_supplier: Supplier, csr_specialist: User, sign_in: SignIn
) -> None:
    for owner, name, country in (
        (supplier, "North pit (demo)", "RWANDA"),
        (other_supplier, "South pit (demo)", "BRAZIL"),
    ):
        declaration = make_declaration(owner, family="EMRT", mine_count=1)
        MineLine.objects.create(
            declaration=declaration, row=5, metal="Cobalt", name=name, country=country
        )
    old = make_declaration(supplier, family="CMRT", status="superseded")
    MineLine.objects.create(declaration=old, row=5, metal="Cobalt", name="Old pit", country="PERU")
    client = sign_in(csr_specialist)
    for query, names in (
        ("", ["North pit (demo)", "South pit (demo)"]),
        ("?search=golden", ["South pit (demo)"]),
        ("?country=RWANDA", ["North pit (demo)"]),
        ("?metal=Cobalt&sort=-name", ["South pit (demo)", "North pit (demo)"]),
    ):
        found = client.get(f"/api/v1/mines/{query}").json()["results"]
        assert [mine["name"] for mine in found] == names, query
        page = client.get(f"/minerals/mines/{query}")
        assert [mine.name for mine in page.context["page_obj"]] == names, query
    exported = client.get("/minerals/mines/export/?format=csv&country=RWANDA")
    assert b"North pit" in exported.getvalue()
    assert b"South pit" not in exported.getvalue()
