"""Lifecycle, approvals and sourcing check by program: the same codes as on the pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core import clock
from suppliers.models import Approval, BuyerScope, StatusChange, Supplier
from tests.api.conftest import ApiFor
from tests.suppliers.lifecycle.steps import (
    agree,
    category,
    limit,
    meet_gates,
    qualify,
    step,
    to_approval,
    to_certification,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_documents_asked")]
ROOT = "/api/v1/"


def of(supplier: Supplier, what: str) -> str:
    return f"{ROOT}suppliers/{supplier.pk}/{what}/"


def test_a_life_by_program(
    api_for: ApiFor, buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    asker, decider = api_for(buyer), api_for(csr_specialist)
    supplier.categories.add(category())
    shown = asker.get(of(supplier, "lifecycle")).json()
    assert (shown["status"], [one["code"] for one in shown["actions"]]) == (
        "registered",
        ["start_signing", "phase_out"],
    )
    for action in ("start_signing", "start_certification"):
        answer = asker.post(of(supplier, "actions"), {"action": action})
    assert answer.json() == {"status": "certification", "approval": None}
    blocked = asker.get(of(supplier, "lifecycle")).json()["actions"][0]
    assert blocked["blocked_by"] == ["certification_audit", "self_assessment"]
    for kind in blocked["blocked_by"]:
        record = {"kind": kind, "result": "passed", "dated_on": clock.today(), "note": "R"}
        assert decider.post(of(supplier, "gate-records"), record).status_code == 201
    asked = asker.post(of(supplier, "actions"), {"action": "submit_for_approval"}).json()
    assert (asked["status"], asked["approval"]["kind"]) == ("approval", "qualify")
    address = f"{ROOT}approvals/{asked['approval']['id']}/decide/"
    done = decider.post(address, {"approve": True}).json()
    assert (done["state"], done["decided_by"]) == ("approved", "csr_specialist")
    rows = asker.get(f"{ROOT}qualifications/", {"supplier": "s-1"}).json()["results"]
    assert [(row["category"], row["state"], row["route"]) for row in rows] == [
        ("EL", "approved", "initial")
    ]
    check = asker.get(f"{ROOT}sourcing-check/", {"supplier": "S-1", "category": "EL"}).json()
    assert (check["outcome"], check["reasons"][0]["code"]) == ("allowed", "qualified_until")


REFUSALS: list[tuple[str, dict[str, Any], str, str]] = [
    ("disqualify", {"reason_code": "csr"}, "proof_missing", "explanation"),
    ("disqualify", {"reason_code": "x", "explanation": "x"}, "reason_unknown", "reason_code"),
    ("start_signing", {"explanation": ""}, "action_not_possible", "action"),
    (
        "restrict",
        {
            "reason_code": "csr",
            "explanation": "x",
            "scope": "no_new_orders",
            "conditions": "x",
            "starts_on": "2020-01-01",
        },
        "starts_on_past",
        "starts_on",
    ),
    (
        "phase_out",
        {"explanation": "x", "phase_out_on": "2020-01-01"},
        "phase_out_date_impossible",
        "phase_out_on",
    ),
]


@pytest.mark.parametrize(("action", "data", "code", "field"), REFUSALS)
def test_form_and_api_refuse_for_the_same_reason(
    api_for: ApiFor,
    buyer: User,
    csr_specialist: User,
    supplier: Supplier,
    action: str,
    data: dict[str, Any],
    code: str,
    field: str,
) -> None:
    qualify(buyer, csr_specialist, supplier)
    answer = api_for(buyer).post(of(supplier, "actions"), {"action": action, **data})
    error = answer.json()["error"]
    assert (error["code"], list(error["fields"])) == (code, [field])
    client = Client()
    client.force_login(buyer)
    address = reverse("suppliers:supplier-action", args=[supplier.pk, action])
    page = client.post(address, data)
    if field == "reason_code":  # a list of the page offers nothing else
        assert field in page.context["form"].errors
    elif field != "action":
        assert page.context["form"].errors == {field: [error["message"]]}
    else:
        assert page.context["form"].non_field_errors() == [error["message"]]


def test_nobody_decides_the_own_request_or_twice(
    api_for: ApiFor, csr_specialist: User, admin: User, supplier: Supplier
) -> None:
    approval = to_approval(csr_specialist, supplier)
    address = f"{ROOT}approvals/{approval.pk}/decide/"
    own = api_for(csr_specialist).post(address, {"approve": True})
    assert (own.status_code, own.json()["error"]["code"]) == (403, "own_request")
    assert api_for(admin).post(address, {"approve": False, "note": "x"}).status_code == 200
    late = api_for(admin).post(address, {"approve": True})
    assert (late.status_code, late.json()["error"]["code"]) == (409, "approval_decided")


def test_the_list_of_approvals(
    api_for: ApiFor, buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    approval = to_approval(buyer, supplier)
    for actor, count in ((buyer, 0), (csr_specialist, 1)):
        found = api_for(actor).get(f"{ROOT}approvals/", {"tab": "waiting"}).json()
        assert found["count"] == count
    agree(csr_specialist, approval)
    found = api_for(buyer).get(f"{ROOT}approvals/", {"state": "approved"}).json()
    assert [row["id"] for row in found["results"]] == [approval.pk]
    assert api_for(buyer).get(f"{ROOT}approvals/", {"state": "x"}).status_code == 400


def test_changes_of_status_are_pulled_in_order_and_once(
    api_for: ApiFor, buyer: User, csr_specialist: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    client = api_for(buyer)
    address = f"{ROOT}status-changes/"
    to_certification(buyer, supplier)
    first = client.get(address, {"page_size": 3}).json()
    seen = [row["id"] for row in first["results"]]
    step(buyer, other_supplier, "start_signing")
    rest = client.get(address, {"after": seen[-1]}).json()["results"]
    stored = list(StatusChange.objects.order_by("at", "pk").values_list("pk", flat=True))
    assert seen + [row["id"] for row in rest] == stored
    assert rest[-1]["supplier"] == "S-2"
    assert (rest[-1]["from_status"], rest[-1]["to_status"]) == ("registered", "signing")
    since = StatusChange.objects.get(pk=stored[-2]).at.isoformat()
    found = client.get(address, {"since": since}).json()["results"]
    assert [row["id"] for row in found] == stored[-2:]
    assert client.get(address, {"since": "yesterday"}).status_code == 400
    assert client.get(address, {"after": 10**15}).json()["count"] == 0
    BuyerScope.objects.create(user=buyer, countries=["DE"])
    assert client.get(address).json()["count"] == 0


def test_limits_and_waivers(
    api_for: ApiFor, buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    client = api_for(buyer)
    qualify(buyer, csr_specialist, supplier)
    limit(buyer, csr_specialist, supplier)
    for state, count in (("open", 1), ("overdue", 0), ("lifted", 0)):
        assert client.get(f"{ROOT}restrictions/", {"state": state}).json()["count"] == count
    today = clock.today()
    asked = client.post(
        f"{ROOT}waivers/",
        {
            "supplier": "S-1",
            "reason_code": "capacity",
            "explanation": "x",
            "starts_on": today,
            "ends_on": today + dt.timedelta(days=9),
        },
    )
    assert asked.status_code == 201
    agree(csr_specialist, Approval.objects.get(pk=asked.json()["id"]))
    row = client.get(f"{ROOT}waivers/", {"on": str(today)}).json()["results"][0]
    assert client.post(f"{ROOT}waivers/{row['id']}/end/").json()["ended_on"] == str(today)
    assert client.get(f"{ROOT}waivers/", {"on": str(today)}).json()["count"] == 0


def test_qualification_filters(
    api_for: ApiFor, buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    electronics = category("EL")
    board = category("PCB", electronics)
    qualify(buyer, csr_specialist, supplier, board)
    client = api_for(buyer)
    far = str(clock.today() + dt.timedelta(days=3000))
    for query, count in (
        ({"category": "EL"}, 1),
        ({"category": "PCB"}, 1),
        ({"state": "in_progress"}, 0),
        ({"expires_until": far}, 1),
        ({"expires_until": str(clock.today())}, 0),
    ):
        assert client.get(f"{ROOT}qualifications/", query).json()["count"] == count, query
    assert client.get(f"{ROOT}qualifications/", {"category": "E"}).status_code == 400
    row = client.get(f"{ROOT}qualifications/").json()["results"][0]
    ended = client.post(f"{ROOT}qualifications/{row['id']}/withdraw/", {"reason_code": "csr"})
    assert ended.json()["state"] == "withdrawn"
    asked = client.post(f"{ROOT}qualifications/", {"supplier": "S-1", "category": "EL"})
    assert asked.json()["payload"] == {"category": "EL", "site": "", "valid_months": 36}


def test_sourcing_check_for_many(
    api_for: ApiFor, buyer: User, csr_specialist: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    qualify(buyer, csr_specialist, supplier)
    client = api_for(buyer)
    address = f"{ROOT}sourcing-check/"
    found = client.post(address, {"suppliers": ["S-1", "S-2", "NOPE"]}).json()
    assert [(row["supplier"], row["outcome"]) for row in found["answers"]] == [
        ("S-1", "allowed"),
        ("S-2", "not_allowed"),
        ("NOPE", "not_allowed"),
    ]
    BuyerScope.objects.create(user=buyer, countries=["DE"])
    hidden = client.post(address, {"suppliers": ["S-1", "NOPE"]}).json()["answers"]
    assert hidden[0]["reasons"] == hidden[1]["reasons"]
    assert hidden[0]["name"] == hidden[1]["name"] == ""
    refused: list[dict[str, Any]] = [
        {"suppliers": []},
        {"suppliers": ["S-1"], "category": "XX"},
        {"suppliers": ["S-1"], "on": "2026-02-30"},
        {"suppliers": ["S-1"] * 3, "purpose": "x"},
        {"suppliers": [f"S{n}" for n in range(2001)]},
    ]
    for wrong in refused:
        assert client.post(address, wrong).status_code == 400, wrong


def test_gate_records(api_for: ApiFor, auditor: User, supplier: Supplier) -> None:
    client = api_for(auditor)
    meet_gates(supplier)
    wrong = {"kind": "training", "result": "passed", "dated_on": clock.today(), "note": "x"}
    refused = client.post(of(supplier, "gate-records"), wrong)
    assert refused.json()["error"]["code"] == "may_not_record_gate"
    right = {**wrong, "kind": "monitoring_audit"}
    made = client.post(of(supplier, "gate-records"), right).json()
    listed = client.get(of(supplier, "gate-records")).json()
    assert {row["id"] for row in listed} >= {made["id"]}
    assert len(listed) == 3
    gone = client.post(f"{ROOT}gate-records/{made['id']}/withdraw/")
    assert gone.json()["withdrawn_at"] is not None
