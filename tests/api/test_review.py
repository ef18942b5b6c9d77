"""Reviewing by the API: the same services, permissions and codes as on the pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from minerals.models import Clarification, Declaration
from suppliers.models import Supplier
from tests.factories.minerals import make_declaration

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def declared(supplier: Supplier, supplier_user: User) -> Declaration:
    made = make_declaration(supplier, verdict="correct_first", content_key="k")
    made.findings.create(
        position=0, code="contact_email_missing", cell="Declaration!D16", severity="error"
    )
    return made


def post(client: Client, address: str, data: dict[str, Any] | None = None) -> Any:
    return client.post(address, data or {}, content_type="application/json")


def test_the_way_of_a_review(
    sign_in: SignIn, declared: Declaration, csr_specialist: User, supplier_user: User
) -> None:
    staff, contact = sign_in(csr_specialist), sign_in(supplier_user)
    base = f"/api/v1/declarations/{declared.pk}/"
    refused = post(staff, f"{base}review/", {"step": "accept"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "errors_undecided")
    detail = staff.get(base).json()
    key = detail["findings"][0]["key"]
    decided = post(staff, f"{base}finding-decisions/", {"findings": [key], "kind": "asked"})
    assert decided.status_code == 201
    asked = post(staff, f"{base}questions/", {"questions": {key: "Which address?"}}).json()
    assert asked["items"][0]["question"] == "Which address?"
    assert asked["items"][0]["message"]
    assert dt.date.fromisoformat(asked["due_on"]) > dt.date.today()

    address = f"/api/v1/clarifications/{asked['id']}/"
    seen = contact.get(address).json()
    assert (seen["state"], seen["owner"]) == ("open", "")
    answers = [{"position": 1, "answer": "a@b.example"}]
    assert post(contact, f"{address}answer/", {"answers": answers}).json()["state"] == "answered"
    assert post(staff, f"{address}close/").json()["state"] == "closed"
    wanted = {"findings": [key], "kind": "waived", "reason": "Known by mail."}
    waived = post(staff, f"{base}finding-decisions/", wanted).json()
    assert staff.get(f"{base}finding-decisions/").json()[0]["reason"] == "Known by mail."
    review = post(staff, f"{base}review/", {"step": "accept"}).json()
    assert review["review"] == "accepted_with_exceptions"
    undo = post(staff, f"/api/v1/finding-decisions/{waived[0]['id']}/undo/")
    assert undo.json()["error"]["code"] == "review_decided"
    assert contact.get(base).json()["status"] == "accepted_with_exceptions"


def test_many_and_products(
    sign_in: SignIn, declared: Declaration, other_supplier: Supplier, csr_specialist: User
) -> None:
    staff = sign_in(csr_specialist)
    clean = make_declaration(other_supplier)
    data = {"declarations": [clean.pk, declared.pk]}
    answer = post(staff, "/api/v1/declarations/accept/", data).json()
    assert answer["accepted"] == [clean.pk]
    assert answer["skipped"] == [{"declaration": declared.pk, "reason": "errors"}]
    line = declared.smelters.create(row=5, metal="Tin", match="unmatched")
    linked = post(staff, f"/api/v1/smelter-rows/{line.pk}/link/", {"link": "confirmed"})
    assert linked.json()["link"] == "confirmed"
    assert Clarification.objects.count() == 0
