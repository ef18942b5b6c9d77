"""Input that no person types: refused or finding nothing, never an error of the server."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from suppliers.models import Supplier
from tests.api.conftest import ApiFor

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/"
HUGE = "9" * 19
ODD = ["\x00", HUGE, "9" * 400, "-1", "1e999", "1e999999", "NaN", "Infinity", "²", "a" * 3000]
DAYS = ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "0001-01-01", "9999-12-31"]
LISTS = [
    ("status-changes", ("after", "since", "status", "supplier")),
    ("qualifications", ("category", "expires_until", "supplier", "state")),
    ("waivers", ("on", "supplier", "reason")),
    ("restrictions", ("state", "scope")),
    ("approvals", ("tab", "kind", "search")),
    ("rating-parts", ("supplier", "kind")),
    ("assessments", ("questionnaire", "overdue", "score")),
    ("document-requests", ("supplier", "due_until", "document")),
    ("signatures", ("supplier", "signed_since")),
    ("contacts", ("supplier",)),
    ("sites", ("supplier",)),
    ("suppliers", ("search", "buyer", "category", "phase_out", "sort", "page", "page_size")),
    ("imports", ("search", "kind")),
    ("sourcing-check", ("supplier", "category", "site", "on")),
]


@pytest.mark.parametrize(("what", "names"), LISTS)
def test_lists(
    api_for: ApiFor, buyer: User, supplier: Supplier, what: str, names: tuple[str, ...]
) -> None:
    client = api_for(buyer)
    client.raise_request_exception = False
    asked = {"supplier": "S-1"} if what == "sourcing-check" else {}
    wrong = [
        (name, value[:30])
        for name in names
        for value in (*ODD, *DAYS)
        if client.get(f"{ROOT}{what}/", {**asked, name: value}).status_code >= 500
    ]
    assert wrong == []


def test_keys_and_codes_in_addresses(api_for: ApiFor, buyer: User, supplier: Supplier) -> None:
    client = api_for(buyer)
    client.raise_request_exception = False
    for code in ("%00", "S%00", HUGE, "9" * 400):
        put = client.put(f"{ROOT}suppliers/by-code/{code}/", {"name": "N\x00"}, format="json")
        assert put.status_code in (400, 404)
        spend = f"{ROOT}suppliers/by-code/{code}/spend/2025/CNY/"
        assert client.put(spend, {"amount": "1"}, format="json").status_code in (400, 404)
    for key in (HUGE, "9" * 400):
        for what in ("lifecycle", "rating", "gate-records"):
            assert client.get(f"{ROOT}suppliers/{key}/{what}/").status_code == 404
        act = client.post(f"{ROOT}suppliers/{key}/actions/", {"action": "start_signing"})
        assert act.status_code == 404
        assert client.post(f"{ROOT}gate-records/{key}/withdraw/").status_code == 404
    spend = f"{ROOT}suppliers/by-code/S-1/spend/{{}}/{{}}/"
    for year, currency in ((HUGE, "CNY"), ("%00", "CNY"), ("2025", "%00")):
        answer = client.put(spend.format(year, currency), {"amount": "1"}, format="json")
        assert answer.status_code == 400


def test_amounts_and_lists(api_for: ApiFor, buyer: User, supplier: Supplier) -> None:
    client = api_for(buyer)
    client.raise_request_exception = False
    address = f"{ROOT}suppliers/by-code/S-1/spend/2025/CNY/"
    for amount in ("1e999999", "NaN", "Infinity", "-1", "9" * 50, "=1+1", "\u0661"):
        assert client.put(address, {"amount": amount}, format="json").status_code < 500
    assert client.post(f"{ROOT}spend/", [None, 5, "x"], format="json").status_code == 400
    nested: object = []
    for _level in range(200):
        nested = [nested]
    for what in ("sourcing-check", "document-requests", "assessments", "spend", "suppliers"):
        for body in (nested, {"suppliers": nested}, {"suppliers": [HUGE], "due_on": "x"}, [], "x"):
            answer = client.post(f"{ROOT}{what}/", body, format="json")
            assert answer.status_code < 500, (what, body)


def test_rows_of_an_import(api_for: ApiFor, buyer: User) -> None:
    client = api_for(buyer)
    client.raise_request_exception = False
    sent = {"file": SimpleUploadedFile("a.csv", b"code\n")}
    key = client.post(f"{ROOT}imports/", sent, format="multipart").json()["id"]
    for action in ODD:
        assert client.get(f"{ROOT}imports/{key}/rows/", {"action": action}).status_code < 500
