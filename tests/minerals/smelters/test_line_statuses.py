"""The smelter tab of a declaration: status now, and on the day the declaration speaks of."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from core import clock
from suppliers.models import Supplier
from tests.factories.smelters import declare, list_of

pytestmark = pytest.mark.django_db
A, B = "CID900001", "CID900002"
TODAY = clock.today()
SignIn = Callable[[User], Client]


@pytest.fixture
def tab(supplier: Supplier) -> str:
    day = TODAY - dt.timedelta(days=50)
    list_of(TODAY - dt.timedelta(90), {A: "active", B: "conformant"})
    list_of(TODAY - dt.timedelta(10), {A: "conformant", B: "conformant"})
    found = declare(supplier, A, B, effective_on=day)
    return f"{found.get_absolute_url()}?tab=smelters"


def rows(client: Client, address: str) -> list[str]:
    return [view.line.matched_cid for view in client.get(address).context["views"]]


def test_now_and_then(tab: str, csr_specialist: User, sign_in: SignIn) -> None:
    response = sign_in(csr_specialist).get(tab)
    known = [response.context["statuses"][view.line.pk] for view in response.context["views"]]
    assert [one.now.label for one in known] == ["Conformant", "Conformant"]
    assert known[0].then.label == "Active"
    assert known[1].then is None
    assert "Active on " in response.content.decode()


def test_filter_by_the_status_of_today(
    tab: str, supplier: Supplier, csr_specialist: User, sign_in: SignIn
) -> None:
    client = sign_in(csr_specialist)
    assert rows(client, f"{tab}&status=conformant") == [A, B]
    list_of(TODAY, {A: "conformant", B: "non_conformant"})
    assert rows(client, f"{tab}&status=conformant") == [A]
    assert rows(client, f"{tab}&status=non_conformant") == [B]


def test_the_supplier_sees_neither(tab: str, supplier_user: User, sign_in: SignIn) -> None:
    response = sign_in(supplier_user).get(f"{tab}&status=active")
    assert response.context["statuses"] == {}
    assert len(response.context["views"]) == 2
    assert "Status now" not in response.content.decode()


def test_status_on_any_day(
    tab: str, csr_specialist: User, supplier_user: User, sign_in: SignIn
) -> None:
    day = TODAY - dt.timedelta(days=30)
    client = sign_in(csr_specialist)
    response = client.get(f"{tab}&on={day}")
    known = [response.context["statuses"][view.line.pk] for view in response.context["views"]]
    assert [one.now.label for one in known] == ["Active", "Conformant"]
    assert re.search(rf"Status on <time datetime=.{day}", response.content.decode())
    assert rows(client, f"{tab}&on={day}&status=active") == [A]
    assert rows(client, f"{tab}&on=2026-99-99") == [], "what is no day is told, not left out"
    before = TODAY - dt.timedelta(days=200)
    assert rows(client, f"{tab}&on={before}&status=not_listed") == [A, B]
    outside = sign_in(supplier_user).get(f"{tab}&on={day}")
    assert "Status on" not in outside.content.decode()
