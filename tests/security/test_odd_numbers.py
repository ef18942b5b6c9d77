"""Numbers no key can have, in addresses and forms: a calm answer, never an error of ours."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from core.numbers import whole_number
from suppliers.models import Supplier
from tests.permissions.world import World, build_world

pytestmark = pytest.mark.django_db
ODD = ("9" * 5000, "9" * 30, "²", "-1", "1e3", "")


@pytest.fixture
def world(
    supplier: Supplier, other_supplier: Supplier, supplier_user: User, csr_specialist: User
) -> World:
    return build_world(supplier, supplier_user, csr_specialist, other_supplier)


@pytest.mark.parametrize("text", ODD)
def test_odd_text_is_no_number(text: str) -> None:
    assert whole_number(text) is None


def test_plain_digits_are_a_number() -> None:
    assert whole_number("0042") == 42


@pytest.mark.parametrize("text", ODD)
def test_pages_answer_odd_numbers(text: str, world: World, csr_specialist: User) -> None:
    client = Client()
    client.force_login(csr_specialist)
    page = f"/minerals/declarations/{world['declaration']}/"
    against = f"{page}compare/{world['old_declaration']}/"
    assert client.get(page, {"tab": "smelters", "row": text}).status_code == 200
    assert client.get(against, {"against": text}).status_code == 200
    assert client.get("/minerals/declarations/upload/", {"supplier": text}).status_code == 200
    undo = f"/minerals/decisions/{world['decision']}/undo/"
    assert client.post(undo, {"line": text}).status_code == 302


@pytest.mark.parametrize(
    "address",
    ["suppliers/{}/", "declarations/{}/", "declarations/{}/original/", "reference-snapshots/{}/"],
)
@pytest.mark.parametrize("key", ["9" * 5000, "9" * 30])
def test_api_knows_no_such_thing(address: str, key: str, csr_specialist: User) -> None:
    client = Client()
    client.force_login(csr_specialist)
    assert client.get(f"/api/v1/{address.format(key)}").status_code == 404


def test_api_comparison_and_undo_with_odd_keys(world: World, csr_specialist: User) -> None:
    client = Client()
    client.force_login(csr_specialist)
    compare = f"/api/v1/declarations/{world['declaration']}/compare/{'9' * 5000}/"
    assert client.get(compare).status_code == 404
    assert client.post(f"/api/v1/decisions/{'9' * 5000}/undo/").status_code == 404
