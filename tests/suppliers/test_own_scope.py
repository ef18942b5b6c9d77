"""What a buyer with a scope stores, he sees afterwards: the same refusal by every door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.errors import DomainError
from suppliers.models import BuyerScope, Category, Supplier
from suppliers.rules.own_scope import OwnScope, scope_problems
from suppliers.services.bulk import set_buyer
from suppliers.services.imports import confirm_import, undo_import
from suppliers.services.scopes import set_scope
from suppliers.services.suppliers import SupplierInput, create_supplier
from tests.api.conftest import ApiFor, api_for
from tests.suppliers.imports.files import checked, found, imported, undone, workbook, worked_off

SignIn = Callable[[User], Client]
__all__ = ["api_for"]
BOTH = OwnScope("me@x.co", ("CN", "DE"), ("EL",), frozenset({"EL", "EL-PCB"}))


@pytest.mark.parametrize(
    ("scope", "country", "categories", "buyer", "codes"),
    [
        (None, "", (), "", []),
        (BOTH, "CN", ("ME", "EL-PCB"), "", []),
        (BOTH, "FR", ("EL",), "", ["country_outside_scope"]),
        (BOTH, "DE", ("ME",), "you@x.co", ["category_outside_scope"]),
        (BOTH, "", (), "", ["country_outside_scope", "category_outside_scope"]),
        (BOTH, "FR", (), "Me@X.co", []),
        (OwnScope("me@x.co", ("CN",)), "CN", (), "", []),
        (OwnScope("me@x.co", (), ("EL",), frozenset({"EL"})), "", ("EL",), "", []),
    ],
)
def test_the_rule(
    scope: OwnScope | None, country: str, categories: Any, buyer: str, codes: list[str]
) -> None:
    assert [each.code for each in scope_problems(scope, country, categories, buyer)] == codes


@pytest.fixture
def limited(scoped: User, admin: User, categories: dict[str, Category]) -> User:
    """Electronics from China only."""
    set_scope(admin, scoped.pk, [categories["top"].pk], ["CN"])
    return scoped


WRONG = [
    ({"country": "DE", "categories": ["EL"]}, "country", "country_outside_scope", "CN"),
    ({"country": "CN", "categories": ["ME"]}, "categories", "category_outside_scope", "EL"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("values", "field", "code", "remedy"), WRONG)
def test_nothing_is_created_that_he_would_not_see(
    sign_in: SignIn,
    api_for: ApiFor,
    limited: User,
    values: dict[str, Any],
    field: str,
    code: str,
    remedy: str,
) -> None:
    data = {"name": "New Co.", **values}
    count = Supplier.objects.count()
    page = sign_in(limited).post(reverse("suppliers:supplier-create"), {"code": "S-3", **data})
    assert page.status_code == 422
    assert remedy in page.context["form"].errors[field][0]
    client = api_for(limited)
    for answer in (
        client.post("/api/v1/suppliers/", {"code": "S-3", **data}, format="json"),
        client.put("/api/v1/suppliers/by-code/S-3/", data, format="json"),
    ):
        assert answer.status_code == 400
        assert answer.json()["error"]["code"] == code
        assert remedy in answer.json()["error"]["fields"][field][0]
    head = ["code", "name", "country", "categories"]
    row = ["S-3", "New Co.", values["country"], values["categories"][0]]
    batch = checked(limited, workbook([head, row]))
    column = "C" if field == "country" else "D"
    assert found(batch) == [(2, column, code)]
    assert Supplier.objects.count() == count


@pytest.mark.django_db
@pytest.mark.parametrize(("values", "field", "code", "remedy"), WRONG)
def test_nothing_is_changed_so_that_he_loses_it(
    sign_in: SignIn,
    api_for: ApiFor,
    limited: User,
    inside: Supplier,
    values: dict[str, Any],
    field: str,
    code: str,
    remedy: str,
) -> None:
    data = {"code": inside.code, "name": inside.name, **values}
    page = sign_in(limited).post(reverse("suppliers:supplier-edit", args=[inside.pk]), data)
    assert remedy in page.context["form"].errors[field][0]
    client, address = api_for(limited), f"/api/v1/suppliers/{inside.pk}/"
    for answer in (
        client.put(address, data, format="json"),
        client.patch(address, {field: values[field]}, format="json"),
        client.put(f"/api/v1/suppliers/by-code/{inside.code}/", values, format="json"),
    ):
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)
    value = values[field] if field == "country" else values[field][0]
    batch = checked(limited, workbook([["code", field], [inside.code, value]]))
    assert found(batch) == [(2, "B", code)]
    assert Supplier.objects.visible_to(limited).filter(pk=inside.pk).exists()


@pytest.mark.django_db
def test_his_own_supplier_may_be_outside_but_is_not_given_away(
    api_for: ApiFor, limited: User, csr_specialist: User
) -> None:
    client = api_for(limited)
    new = {"code": "S-3", "name": "New Co.", "country": "DE", "buyer": limited.email}
    key = client.post("/api/v1/suppliers/", new, format="json").json()["id"]
    given = {"buyer": csr_specialist.email}
    answer = client.patch(f"/api/v1/suppliers/{key}/", given, format="json")
    assert answer.json()["error"]["code"] == "country_outside_scope"
    batch = checked(limited, workbook([["code", "buyer"], ["S-3", csr_specialist.email]]))
    assert [code for _row, _column, code in found(batch)] == [
        "country_outside_scope",
        "category_outside_scope",
    ]
    with pytest.raises(DomainError) as refused:
        set_buyer(limited, [key], None)
    assert (refused.value.code, refused.value.field) == ("buyer_outside_scope", "buyer")
    assert Supplier.objects.get(pk=key).buyer == limited


@pytest.mark.django_db
def test_a_scope_narrowed_after_the_preview_stops_the_import(
    limited: User, admin: User, categories: dict[str, Category]
) -> None:
    head = ["code", "name", "country", "categories"]
    batch = checked(limited, workbook([head, ["S-3", "New Co.", "CN", "EL"]]))
    confirm_import(limited, batch.pk)
    set_scope(admin, limited.pk, [categories["top"].pk], ["DE"])
    batch = worked_off(batch)
    assert [each["code"] for each in batch.problems] == ["changed_meanwhile"]
    assert not Supplier.objects.filter(code="S-3").exists()


@pytest.mark.django_db
def test_undoing_leads_nothing_outside(
    buyer: User, admin: User, inside: Supplier, categories: dict[str, Category]
) -> None:
    Supplier.objects.filter(pk=inside.pk).update(country="DE")
    batch = imported(buyer, workbook([["code", "country"], [inside.code, "CN"]]))
    undo_import(buyer, batch.pk)
    set_scope(admin, buyer.pk, [], ["CN"])
    assert [each["code"] for each in worked_off(batch).problems] == ["record_out_of_sight"]
    BuyerScope.objects.all().delete()
    assert undone(buyer, batch).state == "undone"


@pytest.mark.django_db
def test_staff_without_a_scope_and_the_system_are_not_limited(
    limited: User, csr_specialist: User, api_for: ApiFor
) -> None:
    new = {"code": "S-3", "name": "New Co.", "country": "FR"}
    assert api_for(csr_specialist).post("/api/v1/suppliers/", new, format="json").status_code == 201
    assert create_supplier(None, SupplierInput("S-4", "Other Co.")).pk
