"""What a record has stays with it when it goes out of use, and blocks no other change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from suppliers.models import Category, Supplier
from suppliers.selectors.links import input_of
from suppliers.services.categories import CategoryInput, save_category
from suppliers.services.problems import InvalidRecord
from suppliers.services.suppliers import update_supplier
from tests.api.conftest import ApiFor, api_for
from tests.suppliers.imports.files import checked, found, imported, workbook

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
MakeUser = Callable[..., User]
__all__ = ["api_for"]


@pytest.fixture
def closed(supplier: Supplier) -> Category:
    """A category of the supplier that is no longer in use."""
    category = save_category(None, CategoryInput("PCB", "Boards"))
    save_category(None, CategoryInput("EL", "Electronics"))
    supplier.categories.add(category)
    save_category(None, CategoryInput("PCB", "Boards", is_active=False), category.pk)
    return category


@pytest.fixture
def former(supplier: Supplier, make_user: MakeUser) -> User:
    """The supplier's buyer, who has lost the role."""
    person = make_user(Role.PROCUREMENT, "former")
    Supplier.objects.filter(pk=supplier.pk).update(buyer=person)
    person.groups.clear()
    supplier.refresh_from_db()
    return person


def test_another_field_changes_by_every_door(
    sign_in: SignIn,
    api_for: ApiFor,
    buyer: User,
    supplier: Supplier,
    closed: Category,
    former: User,
) -> None:
    update_supplier(buyer, supplier.pk, replace(input_of(supplier), city="By service"))
    pushed = api_for(buyer).put("/api/v1/suppliers/by-code/S-1/", {"region": "API"}, format="json")
    assert pushed.status_code == 200, pushed.json()
    imported(buyer, workbook([["code", "address"], ["S-1", "By file"]]))
    address = reverse("suppliers:supplier-edit", args=[supplier.pk])
    form = sign_in(buyer).get(address).context["form"]
    offered = {name: dict(form.fields[name].choices) for name in ("categories", "buyer")}
    assert offered["categories"]["PCB"] == "PCB · Boards (not in use)"
    assert offered["buyer"][former.email] == f"{former} (not in use)"
    sent = {name: value for name, value in form.initial.items() if value not in (None, False)}
    page = sign_in(buyer).post(address, {**sent, "local_name": "表格"})
    assert page.status_code == 302, page.context["form"].errors
    supplier = Supplier.objects.get(pk=supplier.pk)
    assert (supplier.city, supplier.region, supplier.address, supplier.local_name) == (
        "By service",
        "API",
        "By file",
        "表格",
    )
    assert list(supplier.categories.all()) == [closed]
    assert supplier.buyer == former


def test_one_more_category_beside_a_closed_one(
    buyer: User, supplier: Supplier, closed: Category
) -> None:
    both = ("PCB", "EL")
    update_supplier(buyer, supplier.pk, replace(input_of(supplier), categories=both))
    assert supplier.categories.count() == 2
    update_supplier(buyer, supplier.pk, replace(input_of(supplier), categories=()))
    imported(buyer, workbook([["code", "categories"], ["S-1", "EL"]]))
    supplier.categories.add(closed)
    save_category(None, CategoryInput("ME", "Metals"))
    imported(buyer, workbook([["code", "categories"], ["S-1", "EL; ME; PCB"]]))
    assert supplier.categories.count() == 3


def test_nobody_else_gets_what_is_out_of_use(
    buyer: User, supplier: Supplier, other_supplier: Supplier, closed: Category, former: User
) -> None:
    for change in ({"categories": ("PCB",)}, {"buyer": former.email}):
        with pytest.raises(InvalidRecord):
            update_supplier(buyer, other_supplier.pk, replace(input_of(other_supplier), **change))
    batch = checked(buyer, workbook([["code", "categories"], ["S-2", "PCB"]]))
    assert "category_unknown" in str(found(batch))
