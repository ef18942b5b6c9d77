"""The risk of suppliers by program: the same services, the same codes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core import clock
from core.models import Job
from minerals.models import CountryListing, RiskRating
from minerals.selectors.policies import policy_in_force
from minerals.services.rating import rate_supplier
from suppliers.models import Supplier
from tests.factories.minerals import Desk, form
from tests.minerals.risk.lists import conformant

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def rated(tmp_path: Any, csr_specialist: User, supplier: Supplier) -> RiskRating:
    conformant(clock.today(), CID900001="non_conformant")
    Desk(tmp_path, csr_specialist).hand_in(supplier, form(answers={("A", None): "No"}))
    rating = rate_supplier(supplier.pk)
    assert rating is not None
    return rating


@pytest.fixture
def client(sign_in: Callable[[User], Client], csr_specialist: User) -> Client:
    return sign_in(csr_specialist)


def send(client: Client, verb: str, address: str, data: Any = None) -> tuple[int, Any]:
    call = getattr(client, verb)
    response = call(f"{API}/{address}", data or {}, content_type="application/json")
    return response.status_code, response.json()


def test_a_rating_tells_where_its_points_come_from(client: Client, rated: RiskRating) -> None:
    listed = client.get(f"{API}/risk-ratings/?current=true").json()["results"]
    assert [one["supplier"] for one in listed] == ["S-1"]
    found = client.get(f"{API}/suppliers/{rated.supplier_id}/minerals-risk/").json()
    assert (found["score"], found["level"], found["policy"]) == (rated.score, rated.level, 1)
    parts = {part["part"]: part for part in found["result"]["parts"]}
    keys = {point["key"]: point["cells"] for point in parts["programme"]["trace"]}
    assert keys == {"programme.A": ["Declaration!D75"]}
    assert "programme.A" in [one["code"] for one in found["improvements"]]
    old = client.get(f"{API}/suppliers/{rated.supplier_id}/minerals-risk/?on=2020-01-01")
    assert (old.status_code, old.json()["error"]["code"]) == (404, "risk_not_rated")
    wrong = client.get(f"{API}/suppliers/{rated.supplier_id}/minerals-risk/?on=today")
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (400, "day_invalid")


def test_events_by_program(client: Client, rated: RiskRating) -> None:
    data = {"supplier": rated.supplier_id, "kind": "refused", "note": "No audit"}
    status, event = send(client, "post", "risk-events/", data)
    assert (status, event["ended_on"]) == (201, None)
    assert send(client, "post", "risk-events/", data)[1]["error"]["code"] == (
        "risk_event_open_already"
    )
    status, ended = send(client, "post", f"risk-events/{event['id']}/end/", {"note": "Let in"})
    assert (status, ended["ended_by"]) == (200, "csr_specialist")
    assert client.get(f"{API}/risk-events/?open=true").json()["count"] == 0


def test_levels_by_program(
    client: Client, rated: RiskRating, sign_in: Callable[[User], Client], admin: User
) -> None:
    until = (clock.today() + dt.timedelta(days=9)).isoformat()
    data = {"supplier": rated.supplier_id, "level": "low", "reason": "Seen"}
    status, refused = send(client, "post", "risk-levels/", data)
    assert (status, refused["error"]["code"]) == (400, "valid_until_missing")
    assert "valid_until" in refused["error"]["fields"]
    status, asked = send(client, "post", "risk-levels/", {**data, "valid_until": until})
    assert (status, asked["is_lowering"], asked["decided_at"]) == (201, True, None)
    address = f"risk-levels/{asked['id']}/decide/"
    assert send(client, "post", address, {"grant": True})[1]["error"]["code"] == "own_request"
    status, granted = send(sign_in(admin), "post", address, {"grant": True})
    assert (status, granted["is_granted"]) == (200, True)
    assert RiskRating.objects.get(is_current=True).level == "low"


def test_a_dry_run_by_program_writes_nothing(client: Client, rated: RiskRating) -> None:
    numbers = {"level.medium_from": 1, "level.high_from": 2}
    with CaptureQueriesContext(connection) as captured:
        status, run = send(client, "post", "risk-policies/dry-run/", {"numbers": numbers})
    assert status == 200
    assert (run["tried"], run["rising"], run["falling"]) == (1, 1, 0)
    assert [(one["supplier"], one["new_level"]) for one in run["changes"]] == [("S-1", "high")]
    # PostgreSQL reads the ratings through a cursor.
    harmless = ("SELECT", "DECLARE", "SAVEPOINT", "RELEASE")
    assert [one["sql"] for one in captured if not one["sql"].startswith(harmless)] == []
    status, wrong = send(client, "post", "risk-policies/dry-run/", {"numbers": {"x": 1}})
    assert (status, wrong["error"]["code"]) == (400, "risk_policy_wrong")


def test_a_policy_is_drafted_and_published_by_program(
    client: Client, sign_in: Callable[[User], Client], admin: User
) -> None:
    status, draft = send(client, "put", "risk-policies/draft/", {"numbers": {"programme.A": 5}})
    assert (status, draft["state"], draft["numbers"]["programme.A"]) == (200, "draft", 5)
    assert send(client, "post", "risk-policies/publish/", {"note": "x"})[0] == 403
    status, done = send(sign_in(admin), "post", "risk-policies/publish/", {"note": "Stricter"})
    assert (status, done["policy"]["state"]) == (202, "published")
    assert Job.objects.get(pk=done["job"]).kind == "risk.rate_all"
    assert policy_in_force().number == draft["number"]
    assert send(client, "delete", "risk-policies/draft/")[1]["error"]["code"] == (
        "risk_policy_no_draft"
    )


def test_lists_of_countries_by_program(client: Client) -> None:
    data = {"kind": "transit", "country": "PE", "valid_from": "2026-01-01", "source": "Edition 9"}
    status, made = send(client, "post", "country-listings/", data)
    assert (status, made["changed_by"]) == (201, "csr_specialist")
    assert send(client, "post", "country-listings/", data)[0] == 409
    address = f"country-listings/{made['id']}/end/"
    status, ended = send(client, "post", address, {"valid_until": "2026-05-31"})
    assert (status, ended["valid_until"]) == (200, "2026-05-31")
    assert client.delete(f"{API}/country-listings/{made['id']}/").status_code in (404, 405)
    assert CountryListing.objects.filter(pk=made["id"]).exists()
