"""Suppliers from a program: the same service, codes and history as the pages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from accounts.models import User
from core.models import ActivityEntry
from suppliers.api import views
from suppliers.models import Supplier
from suppliers.selectors.links import input_of
from suppliers.services.suppliers import update_supplier
from tests.api.conftest import ApiFor
from tests.permissions.world import declaration

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/suppliers/"


def test_create_change_delete(api_for: ApiFor, buyer: User) -> None:
    client = api_for(buyer)
    made = client.post(ADDRESS, {"code": " X-1 ", "name": "New  Co.", "country": "de"})
    assert made.status_code == 201
    key = made.json()["id"]
    assert (made.json()["code"], made.json()["name"], made.json()["country"]) == (
        "X-1",
        "New Co.",
        "DE",
    )
    changed = client.patch(f"{ADDRESS}{key}/", {"local_name": "新公司"})
    assert (changed.json()["name"], changed.json()["local_name"]) == ("New Co.", "新公司")
    assert client.delete(f"{ADDRESS}{key}/").status_code == 204
    assert not Supplier.objects.filter(pk=key).exists()
    verbs = ActivityEntry.objects.filter(subject_id=str(key)).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "supplier.created",
        "supplier.changed",
        "supplier.deleted",
    ]


@pytest.mark.parametrize(
    ("data", "code", "field"),
    [
        ({"code": "s-1", "name": "Other"}, "supplier_code_taken", "code"),
        ({"code": "X", "name": "Other", "country": "QQ"}, "country_unknown", "country"),
        ({"code": "X"}, "invalid_input", "name"),
    ],
)
def test_refusals_carry_the_code_and_the_field(
    api_for: ApiFor, buyer: User, supplier: Supplier, data: dict[str, str], code: str, field: str
) -> None:
    answer = api_for(buyer).post(ADDRESS, data)
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert (error["code"], list(error["fields"])) == (code, [field])
    assert Supplier.objects.count() == 1


def test_a_supplier_with_declarations_stays(
    api_for: ApiFor, buyer: User, supplier: Supplier
) -> None:
    declaration(supplier, "a")
    answer = api_for(buyer).delete(f"{ADDRESS}{supplier.pk}/")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "supplier_in_use")
    assert not ActivityEntry.objects.filter(verb="supplier.deleted").exists()


def test_search_and_country(
    api_for: ApiFor, auditor: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    client = api_for(auditor)
    found = client.get(ADDRESS, {"search": "tin bright"}).json()["results"]
    assert [row["code"] for row in found] == ["S-1"]
    assert client.get(ADDRESS, {"country": "CN"}).json()["count"] == 2
    assert client.get(ADDRESS, {"country": "DE"}).json()["count"] == 0


def test_a_change_made_meanwhile_is_told(api_for: ApiFor, buyer: User, supplier: Supplier) -> None:
    client, address = api_for(buyer), f"{ADDRESS}{supplier.pk}/"
    seen = client.get(address).json()["revision"]
    assert client.patch(address, {"city": "Wuxi", "revision": seen}).status_code == 200
    late = client.patch(address, {"region": "Jiangsu", "revision": seen})
    assert (late.status_code, late.json()["error"]["code"]) == (409, "changed_meanwhile")
    whole = {"code": "S-1", "name": "Other", "revision": seen}
    assert client.put(address, whole).status_code == 409
    supplier.refresh_from_db()
    assert (supplier.city, supplier.region, supplier.name) == ("Wuxi", "", "Bright Tin Co.")


def test_a_partial_change_does_not_write_over_one_made_meanwhile(
    api_for: ApiFor, buyer: User, supplier: Supplier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another request changes the record between the reading and the writing of this one."""

    def after_another(actor: User, key: int, *rest: Any, **more: Any) -> Supplier:
        update_supplier(
            buyer, key, replace(input_of(Supplier.objects.get(pk=key)), region="Jiangsu")
        )
        return update_supplier(actor, key, *rest, **more)

    monkeypatch.setattr(views, "update_supplier", after_another)
    answer = api_for(buyer).patch(f"{ADDRESS}{supplier.pk}/", {"city": "Wuxi"})
    assert answer.status_code == 409
    supplier.refresh_from_db()
    assert (supplier.region, supplier.city) == ("Jiangsu", "")
