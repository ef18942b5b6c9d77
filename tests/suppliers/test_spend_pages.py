"""Spend entered and corrected by hand: the same rules and the same trail as by API and import."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.models import ActivityEntry
from suppliers.models import AnnualSpend, Supplier
from suppliers.services.spend import remove_spend
from tests.api.conftest import ApiFor, api_for

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
__all__ = ["api_for"]
FORM = {"year": "2025", "currency": "CNY", "amount": "1,250,000.50"}


def trail(supplier: Supplier) -> list[tuple[str, object]]:
    entries = ActivityEntry.objects.about(supplier).filter(verb__contains="spend")
    return [(entry.verb, entry.data.get("changes")) for entry in entries.order_by("pk")]


def test_a_year_is_entered_corrected_and_removed(
    sign_in: SignIn, buyer: User, supplier: Supplier
) -> None:
    client = sign_in(buyer)
    new = reverse("suppliers:spend-create", args=[supplier.pk])
    page = client.get(supplier.get_absolute_url()).content.decode()
    assert new in page
    assert client.post(new, FORM).status_code == 302
    address = reverse("suppliers:spend-edit", args=[supplier.pk, 2025, "CNY"])
    assert address in client.get(supplier.get_absolute_url()).content.decode()
    assert "1250000.50" in client.get(address).content.decode()
    assert client.post(address, {"amount": "99"}).status_code == 302
    assert AnnualSpend.objects.get().amount == Decimal(99)
    client.post(address, {"amount": "99.00"})
    removed = client.post(reverse("suppliers:spend-remove", args=[supplier.pk, 2025, "CNY"]))
    assert removed.status_code == 302
    assert not AnnualSpend.objects.exists()
    assert trail(supplier) == [
        ("supplier.spend_set", {"2025 CNY": ["", "1250000.50"]}),
        ("supplier.spend_set", {"2025 CNY": ["1250000.50", "99.00"]}),
        ("supplier.spend_removed", {"2025 CNY": ["99.00", ""]}),
    ]
    assert client.get(address).status_code == 404


def test_mistakes_stand_at_their_field(sign_in: SignIn, buyer: User, supplier: Supplier) -> None:
    client = sign_in(buyer)
    new = reverse("suppliers:spend-create", args=[supplier.pk])
    for field, value in (("year", "25"), ("currency", "XXX"), ("amount", "1.234,56")):
        page = client.post(new, {**FORM, field: value})
        assert page.status_code == 422
        assert list(page.context["form"].errors) == [field]
    assert not AnnualSpend.objects.exists()


def test_what_is_recorded_is_not_entered_again_by_chance(
    sign_in: SignIn, buyer: User, supplier: Supplier
) -> None:
    client = sign_in(buyer)
    new = reverse("suppliers:spend-create", args=[supplier.pk])
    client.post(new, FORM)
    page = client.post(new, {**FORM, "amount": "1"})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["year"])
    assert AnnualSpend.objects.get().amount == Decimal("1250000.50")
    # What there is stands beside the form, older years too.
    supplier.spend.create(year=1999, currency="USD", amount=5)
    old = reverse("suppliers:spend-edit", args=[supplier.pk, 1999, "USD"])
    assert old in client.get(new).content.decode()


def test_page_and_api_leave_the_same(
    sign_in: SignIn, api_for: ApiFor, buyer: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    address = f"/api/v1/suppliers/by-code/{other_supplier.code}/spend/2025/CNY/"
    client = api_for(buyer)
    sign_in(buyer).post(reverse("suppliers:spend-create", args=[supplier.pk]), FORM)
    assert client.put(address, {"amount": FORM["amount"]}, format="json").status_code == 201
    remove_spend(buyer, supplier.pk, 2025, "cny")
    assert client.delete(address).status_code == 204
    assert trail(supplier) == trail(other_supplier) != []
    assert client.delete(address).json()["error"]["code"] == "spend_not_found"


def test_auditors_see_no_way_to_change_it(
    sign_in: SignIn, auditor: User, supplier: Supplier
) -> None:
    supplier.spend.create(year=2025, currency="CNY", amount=5)
    page = sign_in(auditor).get(supplier.get_absolute_url()).content.decode()
    assert "2025: CNY 5" in page
    assert "/spend/" not in page
