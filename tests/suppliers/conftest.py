"""A buyer who sees electronics only, a supplier inside and one outside of that."""

from __future__ import annotations

import pytest

from accounts.models import User
from suppliers.models import Category, Supplier
from suppliers.services.scopes import set_scope


@pytest.fixture
def categories(db: None) -> dict[str, Category]:
    top = Category.objects.create(code="EL", name="Electronics", path="EL/")
    below = Category.objects.create(code="EL-PCB", name="Boards", parent=top, path="EL/EL-PCB/")
    other = Category.objects.create(code="ME", name="Mechanics", path="ME/")
    return {"top": top, "below": below, "other": other}


@pytest.fixture
def inside(supplier: Supplier, categories: dict[str, Category]) -> Supplier:
    supplier.categories.add(categories["below"], categories["top"])
    return supplier


@pytest.fixture
def outside(other_supplier: Supplier, categories: dict[str, Category]) -> Supplier:
    other_supplier.categories.add(categories["other"])
    return other_supplier


@pytest.fixture
def scoped(
    buyer: User,
    admin: User,
    inside: Supplier,
    outside: Supplier,
    categories: dict[str, Category],
) -> User:
    set_scope(admin, buyer.pk, [categories["top"].pk], [])
    return buyer
