"""Requests nobody of good will sends: refused before anything is stored, with every header."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from core.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(csr_specialist: User) -> Client:
    """Answers as a server would: errors of ours become 500."""
    made = Client(raise_request_exception=False)
    made.force_login(csr_specialist)
    return made


@pytest.mark.parametrize(
    "address",
    [
        "/search/?q=a%00b",
        "/minerals/declarations/?search=%00",
        "/me/tokens/a%00b/revoke/",
        "/accounts/login/?next=%00",
    ],
)
def test_nul_in_an_address_is_refused(address: str, client: Client) -> None:
    assert client.post(address).status_code == 400
    answer = client.get(address)
    assert answer.status_code == 400
    assert "The request could not be understood" in answer.content.decode()


def test_nul_in_a_cookie_is_refused() -> None:
    cookie = 'sessionid="' + "a" * 16 + "\\000" + "b" * 15 + '"'
    assert Client().get("/accounts/login/", headers={"cookie": cookie}).status_code == 400


@pytest.mark.parametrize("token", ["a\0b", "\xff" * 64])
def test_odd_tokens_are_refused_in_the_shape_of_the_api(token: str) -> None:
    client = APIClient(raise_request_exception=False)
    client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    answer = client.get("/api/v1/suppliers/")
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "bad_request"


@pytest.mark.parametrize(
    "body", ["[" * 100_000, json.dumps({"code": "A", "name": "\ud800"}), '{"code":', "9" * 5000]
)
def test_json_that_cannot_be_held_is_refused(body: str, client: Client) -> None:
    answer = client.post("/api/v1/suppliers/", body, content_type="application/json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "parse_error")


def test_a_huge_json_body_is_refused_unread(client: Client) -> None:
    body = json.dumps({"code": "A", "name": "x" * 3_000_000})
    answer = client.post("/api/v1/suppliers/", body, content_type="application/json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "request_too_large")


def test_a_large_form_without_files_is_not_called_an_upload(client: Client) -> None:
    body = "code=" + "x" * 3_000_000
    kind = "application/x-www-form-urlencoded"
    page = client.post("/suppliers/new/", body, content_type=kind)
    assert page.status_code == 413
    assert "larger than the 2.5 MB" in page.content.decode()
    assert "upload" not in page.content.decode().lower()


@pytest.mark.parametrize(
    "address", ["/minerals/declarations/upload/", "/api/v1/declarations/", "/accounts/login/"]
)
def test_more_than_one_upload_may_have_is_refused(
    address: str,
    client: Client,
    settings: django_settings,  # type: ignore[valid-type]
) -> None:
    settings.UPLOAD_MAX_REQUEST_BYTES = 1024 * 1024  # type: ignore[attr-defined]
    file = SimpleUploadedFile("big.xlsx", bytes(1024 * 1024))
    answer = client.post(address, {"files": file})
    assert answer.status_code == 413
    assert "300 files and 1 MB" in answer.content.decode()
    assert not Job.objects.exists()


@pytest.mark.parametrize("address", ["/minerals/declarations/upload/", "/api/v1/declarations/"])
def test_a_thousand_files_are_refused_together(address: str, client: Client) -> None:
    files = [SimpleUploadedFile(f"{number}.xlsx", b"x") for number in range(1000)]
    answer = client.post(address, {"files": files})
    assert answer.status_code == 413
    assert "in several rounds" in answer.content.decode()
    assert not Job.objects.exists()


def test_an_unknown_address_of_the_api_answers_in_its_shape(client: Client) -> None:
    answer = client.get("/api/v1/nothing/")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")
    assert client.get("/nothing/")["Content-Type"].startswith("text/html")


def test_an_error_of_ours_tells_programs_and_people_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: Any, **_more: Any) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("suppliers.models.supplier.SupplierQuerySet.visible_to", broken)
    answer = client.get("/api/v1/suppliers/")
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "server_error")
    page = client.get("/suppliers/")
    assert page.status_code == 500
    for found in (answer, page):
        assert "secret detail" not in found.content.decode()


@pytest.mark.parametrize(
    ("address", "status", "headers"),
    [
        ("/", 302, {}),
        ("/", 400, {"host": "evil.example"}),
        ("/accounts/nothing/", 404, {}),
        ("/search/?q=%00", 400, {}),
        ("/api/v1/suppliers/", 401, {}),
        ("/healthz", 200, {}),
    ],
)
def test_every_answer_has_the_protecting_headers(
    address: str, status: int, headers: dict[str, str]
) -> None:
    answer = Client().get(address, headers=headers)
    assert answer.status_code == status
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_downloads_have_the_protecting_headers(client: Client) -> None:
    for address in ("/suppliers/export/", "/suppliers/export/?format=csv"):
        answer = client.get(address)
        assert "script-src 'self'" in answer["Content-Security-Policy"]
        assert answer["Content-Disposition"].startswith("attachment;")
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_two_requests_at_the_same_moment_are_told_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check of the service was passed by both; the database lets one through."""
    monkeypatch.setattr("suppliers.services.suppliers._code_taken", lambda *_: False)
    new = {"code": "S-9", "name": "Twice Ltd"}
    assert client.post("/suppliers/new/", new).status_code == 302
    page = client.post("/suppliers/new/", {**new, "is_new": "1"})
    assert page.status_code == 409
    assert "changed by somebody else at the same moment" in page.content.decode()
    answer = client.post("/api/v1/suppliers/", new, content_type="application/json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "changed_meanwhile")
