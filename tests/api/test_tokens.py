"""API tokens: made with the browser, shown once, expiring, revocable."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.test import Client
from knox.models import AuthToken
from rest_framework.test import APIClient

from accounts.models import User
from accounts.services.tokens import MAX_TOKENS, create_token
from core import clock
from core.models import ActivityEntry
from tests.api.conftest import ApiFor

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/auth/tokens/"


def test_the_browser_makes_a_token_that_works_until_it_expires(buyer: User) -> None:
    browser = Client()
    browser.force_login(buyer)
    made = browser.post(ADDRESS, {"days": 2}, "application/json")
    assert (made.status_code, made.headers["Cache-Control"]) == (201, "no-store")
    secret = made.json()["token"]
    program = APIClient()
    program.credentials(HTTP_AUTHORIZATION=f"Token {secret}")
    listed = program.get(ADDRESS).json()
    assert [token["key"] for token in listed] == [secret[:15]]
    assert secret not in str(list(AuthToken.objects.values()))
    with time_machine.travel(clock.now() + dt.timedelta(days=2, minutes=1)):
        answer = program.get(ADDRESS)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "authentication_failed")


def test_a_token_cannot_make_another(api_for: ApiFor, buyer: User) -> None:
    answer = api_for(buyer).post(ADDRESS, {"days": 2})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "browser_needed")
    assert "signed in with the browser" in answer.json()["error"]["message"]
    assert AuthToken.objects.count() == 1


def test_a_password_opens_nothing(buyer: User) -> None:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION="Basic YnV5ZXI6eA==")
    answer = client.get("/api/v1/suppliers/")
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "not_authenticated")


def test_revoking(api_for: ApiFor, buyer: User) -> None:
    client = api_for(buyer)
    key = AuthToken.objects.get().token_key
    assert client.delete(f"{ADDRESS}{key}/").status_code == 204
    assert client.get(ADDRESS).status_code == 401
    entry = ActivityEntry.objects.get(verb="token.revoked")
    assert (entry.actor, entry.data) == (buyer, {"token": f"{key[:8]}…"})


@pytest.mark.parametrize("days", [0, 366, "x"])
def test_days_have_limits(buyer: User, days: object) -> None:
    browser = Client()
    browser.force_login(buyer)
    answer = browser.post(ADDRESS, {"days": days}, "application/json")
    assert (answer.status_code, list(answer.json()["error"]["fields"])) == (400, ["days"])


def test_so_many_and_no_more(buyer: User) -> None:
    for _number in range(MAX_TOKENS):
        create_token(buyer, 1)
    browser = Client()
    browser.force_login(buyer)
    answer = browser.post(ADDRESS, {"days": 1}, "application/json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "too_many_tokens")


def test_writing_with_a_session_needs_the_csrf_token(buyer: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(buyer)
    answer = browser.post(ADDRESS, {"days": 1}, "application/json")
    assert (answer.status_code, AuthToken.objects.count()) == (403, 0)


def test_a_closed_account_opens_nothing(api_for: ApiFor, buyer: User) -> None:
    client = api_for(buyer)
    User.objects.filter(pk=buyer.pk).update(is_active=False)
    assert client.get(ADDRESS).status_code == 401
