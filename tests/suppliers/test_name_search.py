"""Finding suppliers by words of their code and names: two ways, one answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from suppliers.models import RegistrationNumber, Supplier, SupplierContact
from suppliers.selectors import name_search
from suppliers.selectors.name_search import known_by, named
from suppliers.services.suppliers import SupplierInput, create_supplier

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[1_000, 0], ids=["few", "many"])
def suppliers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[Supplier]:
    monkeypatch.setattr(name_search, "FEW", request.param)
    made = [
        ("K-1", "Alpha Metals Ltd", "阿尔法金属"),
        ("K-2", "Beta 100% Metals", ""),
        ("L_3", "Gamma", "伽马金属"),
    ]
    found = [
        create_supplier(None, SupplierInput(code=code, name=name, local_name=local))
        for code, name, local in made
    ]
    for supplier in found:
        SupplierContact.objects.create(supplier=supplier, name="Person")
    return found


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("METALS", ["K-1", "K-2"]),
        ("metals k-1", ["K-1"]),
        ("金属", ["K-1", "L_3"]),
        ("gamma 金属", ["L_3"]),
        ("100%", ["K-2"]),
        ("_", ["L_3"]),
        ("alpha beta", []),
        ("ltd 阿", ["K-1"]),
        ("Ltd\n阿", ["K-1"]),
        (" ", ["K-1", "K-2", "L_3"]),
    ],
)
def test_every_word_is_in_the_code_or_a_name(
    suppliers: list[Supplier], text: str, codes: list[str]
) -> None:
    found = Supplier.objects.filter(named(text)).order_by("code")
    assert [one.code for one in found] == codes
    people = SupplierContact.objects.filter(named(text, "supplier__")).order_by("supplier__code")
    assert [one.supplier.code for one in people] == codes


def test_a_new_name_is_found_and_the_old_one_is_not(suppliers: list[Supplier]) -> None:
    Supplier.objects.filter(code="K-1").update(name="Delta")
    assert not Supplier.objects.filter(named("alpha")).exists()
    assert Supplier.objects.filter(named("delta")).get().code == "K-1"


NUMBER = "91350100M000100Y43"


@pytest.fixture
def known(suppliers: list[Supplier]) -> list[Supplier]:
    first, second, _third = suppliers
    RegistrationNumber.objects.create(supplier=first, kind="uscc", number=NUMBER, key=NUMBER)
    RegistrationNumber.objects.create(
        supplier=second, kind="duns", number="12-345-6789", key="123456789"
    )
    SupplierContact.objects.create(supplier=second, name="陈静", email="jing.chen@beta.example")
    return suppliers


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (NUMBER, ["K-1"]),
        (NUMBER.lower(), ["K-1"]),
        ("9135 0100 M000 100Y 43", ["K-1"]),
        ("91350100-M000100Y4-3", ["K-1"]),
        ("123 456 789", ["K-2"]),
        ("9135", []),
        ("陈静", ["K-2"]),
        ("jing.chen", ["K-2"]),
        ("JING.CHEN@beta.example", ["K-2"]),
        ("@beta.example", ["K-2"]),
        ("example", []),
        ("陈静 alpha", []),
        ("alpha", ["K-1"]),
        ("person", ["K-1", "K-2", "L_3"]),
        (" ", ["K-1", "K-2", "L_3"]),
    ],
)
def test_our_own_people_find_numbers_and_contacts(
    known: list[Supplier], buyer: User, text: str, codes: list[str]
) -> None:
    found = Supplier.objects.filter(known_by(text)).order_by("code")
    assert [one.code for one in found] == codes
    assert not Supplier.objects.filter(named("陈静")).exists()


def test_suppliers_find_no_people_and_no_numbers(
    sign_in: Callable[[User], Client], supplier: Supplier, supplier_user: User, buyer: User
) -> None:
    RegistrationNumber.objects.create(supplier=supplier, kind="uscc", number=NUMBER, key=NUMBER)
    SupplierContact.objects.create(supplier=supplier, name="陈静")
    for text in (NUMBER, "陈静"):
        address = f"/api/v1/suppliers/?search={text}"
        assert sign_in(supplier_user).get(address).json()["count"] == 0
        assert sign_in(buyer).get(address).json()["count"] == 1


def test_the_search_on_top_says_why_a_supplier_is_found(
    sign_in: Callable[[User], Client], supplier: Supplier, supplier_user: User, buyer: User
) -> None:
    RegistrationNumber.objects.create(supplier=supplier, kind="uscc", number=NUMBER, key=NUMBER)
    SupplierContact.objects.create(supplier=supplier, name="陈静")
    page = sign_in(buyer).get("/search/", {"q": "陈静"}).content.decode()
    assert "Bright Tin Co." in page
    assert "S-1 · 亮锡有限公司 · 陈静" in page
    page = sign_in(buyer).get("/search/", {"q": "9135-0100-M000100Y43"}).content.decode()
    assert f"Unified social credit code {NUMBER}" in page
    page = sign_in(supplier_user).get("/search/", {"q": "陈静"}).content.decode()
    assert "Bright Tin" not in page


def test_two_queries_find_the_keys(known: list[Supplier], django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        known_by("陈静")


def test_people_are_looked_for_where_no_company_is_found(
    known: list[Supplier], sign_in: Callable[[User], Client], buyer: User
) -> None:
    SupplierContact.objects.create(supplier=known[2], name="Alpha Chen")
    assert [one.code for one in Supplier.objects.filter(known_by("alpha"))] == ["K-1"]
    assert [one.code for one in Supplier.objects.filter(known_by("alpha chen"))] == ["L_3"]
    page = sign_in(buyer).get("/search/", {"q": "alpha"}).content.decode()
    assert "K-1" in page
    assert "Alpha Chen" in page
