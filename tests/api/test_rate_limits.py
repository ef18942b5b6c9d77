"""Too many requests: 429 in the shape of every error, with the seconds to wait."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from tests.api.conftest import ApiFor

pytestmark = pytest.mark.django_db
SUPPLIERS = "/api/v1/suppliers/"
# Twenty seconds into a minute.
MOMENT = dt.datetime(2026, 11, 25, 10, 0, 20, tzinfo=dt.UTC)


def statuses(client: Any, count: int) -> list[int]:
    return [client.get(SUPPLIERS).status_code for _number in range(count)]


def test_a_token_has_a_limit_and_learns_how_long_to_wait(
    api_for: ApiFor, buyer: User, settings: Any
) -> None:
    settings.API_TOKEN_PER_MINUTE = 3
    client, other = api_for(buyer), api_for(buyer)
    with time_machine.travel(MOMENT, tick=False) as moved:
        assert statuses(client, 4) == [200, 200, 200, 429]
        refused = client.get(SUPPLIERS)
        assert refused.json()["error"]["code"] == "throttled"
        assert refused.json()["error"]["message"]
        assert refused.headers["Retry-After"] == "40"
        assert statuses(other, 1) == [200]
        moved.shift(40)
        assert statuses(client, 1) == [200]


def test_a_person_has_a_limit_over_all_tokens_and_the_browser(
    api_for: ApiFor, buyer: User, auditor: User, settings: Any
) -> None:
    settings.API_USER_PER_MINUTE = 3
    browser = Client()
    browser.force_login(buyer)
    with time_machine.travel(MOMENT, tick=False):
        assert statuses(api_for(buyer), 2) == [200, 200]
        assert statuses(browser, 2) == [200, 429]
        assert statuses(api_for(auditor), 1) == [200]


def test_uploads_have_a_limit_of_their_own(
    api_for: ApiFor, supplier_user: User, settings: Any
) -> None:
    settings.API_UPLOADS_PER_MINUTE = 1
    client = api_for(supplier_user)

    def hand_in() -> int:
        files = {"files": SimpleUploadedFile("note.xlsx", b"not a workbook")}
        return int(client.post("/api/v1/declarations/", files, format="multipart").status_code)

    with time_machine.travel(MOMENT, tick=False):
        assert [hand_in(), hand_in()] == [202, 429]
        assert statuses(client, 1) == [200]


def test_strangers_are_not_counted(client: Client, settings: Any) -> None:
    settings.API_USER_PER_MINUTE = 1
    assert statuses(client, 3) == [401, 401, 401]
