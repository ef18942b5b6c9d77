"""Two people change one supplier: the second sees who changed what, and loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core import clock
from suppliers.models import Category, Supplier
from suppliers.selectors.links import input_of
from suppliers.services.suppliers import SupplierInput, create_supplier, update_supplier
from tests.suppliers.lifecycle.steps import step

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def values(page: Any) -> dict[str, Any]:
    """What a browser sends for the form of ``page`` when nobody touches it."""
    form = page.context["form"]
    found = {bound.name: bound.value() for bound in form}
    return {name: value for name, value in found.items() if value not in (None, "", False, [])}


@pytest.fixture
def address(supplier: Supplier) -> str:
    return reverse("suppliers:supplier-edit", args=[supplier.pk])


@pytest.fixture
def opened(sign_in: SignIn, buyer: User, address: str) -> dict[str, Any]:
    """The form of the second person, before the first one saves."""
    return values(sign_in(buyer).get(address))


def change(actor: User, supplier: Supplier, **fields: Any) -> None:
    data = input_of(Supplier.objects.get(pk=supplier.pk))
    update_supplier(actor, supplier.pk, replace(data, **fields))


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_different_fields_are_saved_on_top(
    sign_in: SignIn,
    buyer: User,
    csr_specialist: User,
    supplier: Supplier,
    address: str,
    opened: dict[str, Any],
) -> None:
    Category.objects.create(code="EL", name="Electronics", path="EL/")
    change(csr_specialist, supplier, city="Suzhou", categories=("EL",))
    client = sign_in(buyer)
    told = client.post(address, {**opened, "region": "Jiangsu"})
    assert told.status_code == 422
    assert "csr_specialist" in text(told)
    assert "<strong>City</strong>: – → Suzhou" in text(told)
    assert "<strong>Categories</strong>: – → EL" in text(told)
    assert 'type="radio" name="decide-' not in text(told)
    supplier.refresh_from_db()
    assert (supplier.city, supplier.region) == ("Suzhou", "")
    assert client.post(address, values(told)).status_code == 302
    supplier.refresh_from_db()
    assert (supplier.city, supplier.region) == ("Suzhou", "Jiangsu")
    assert supplier.categories.get().code == "EL"


@pytest.mark.parametrize(("decision", "city"), [("mine", "Wuhan"), ("theirs", "Suzhou")])
def test_the_same_field_is_decided(
    sign_in: SignIn,
    buyer: User,
    csr_specialist: User,
    supplier: Supplier,
    address: str,
    opened: dict[str, Any],
    decision: str,
    city: str,
) -> None:
    change(csr_specialist, supplier, city="Suzhou")
    client = sign_in(buyer)
    told = client.post(address, {**opened, "city": "Wuhan", "name": "Bright"})
    assert "Mine: Wuhan" in text(told)
    assert "Theirs: Suzhou" in text(told)
    again = {**values(told), "decide-city": decision}
    refused = client.post(address, {**again, "duns": "1"})
    assert refused.context["form"]["city"].value() == city
    assert client.post(address, again).status_code == 302
    supplier.refresh_from_db()
    assert (supplier.city, supplier.name) == (city, "Bright")


def test_a_third_change_is_shown_again(
    sign_in: SignIn,
    buyer: User,
    csr_specialist: User,
    supplier: Supplier,
    address: str,
    opened: dict[str, Any],
) -> None:
    change(csr_specialist, supplier, city="Suzhou")
    client = sign_in(buyer)
    told = client.post(address, {**opened, "city": "Wuhan"})
    change(csr_specialist, supplier, city="Wuxi")
    again = client.post(address, values(told))
    assert again.status_code == 422
    assert "Suzhou → Wuxi" in text(again)
    assert "Mine: Wuhan" in text(again)


def test_a_phase_out_is_a_change_of_somebody_else(
    sign_in: SignIn,
    buyer: User,
    csr_specialist: User,
    supplier: Supplier,
    address: str,
    opened: dict[str, Any],
) -> None:
    step(csr_specialist, supplier, "phase_out", explanation="Ends", phase_out_on=clock.today())
    client = sign_in(buyer)
    told = client.post(address, {**opened, "city": "Wuhan"})
    assert f"– → {clock.today().isoformat()}" in text(told)
    assert "csr_specialist" in text(told)
    assert client.post(address, values(told)).status_code == 302
    supplier.refresh_from_db()
    assert (supplier.city, supplier.phase_out_on) == ("Wuhan", clock.today())


def test_a_parent_out_of_sight_stays_so(
    sign_in: SignIn,
    csr_specialist: User,
    scoped: User,
    inside: Supplier,
) -> None:
    page = reverse("suppliers:supplier-edit", args=[inside.pk])
    opened = values(sign_in(scoped).get(page))
    create_supplier(None, SupplierInput("SECRET", "Holding"))
    change(csr_specialist, inside, parent="SECRET", city="Suzhou")
    client = sign_in(scoped)
    told = client.post(page, {**opened, "region": "Jiangsu"})
    assert "Suzhou" in text(told)
    assert "SECRET" not in text(told)
    assert client.post(page, values(told)).status_code == 302
    inside.refresh_from_db()
    assert inside.parent is not None
    assert (inside.parent.code, inside.city, inside.region) == ("SECRET", "Suzhou", "Jiangsu")


@pytest.mark.parametrize("base", ["", "nonsense", "a:b:c"])
def test_without_its_beginning_the_form_is_only_refused(
    sign_in: SignIn,
    buyer: User,
    csr_specialist: User,
    supplier: Supplier,
    address: str,
    opened: dict[str, Any],
    base: str,
) -> None:
    change(csr_specialist, supplier, city="Suzhou")
    told = sign_in(buyer).post(address, {**opened, "base": base, "city": "Wuhan"})
    assert told.status_code == 422
    assert "Load the page again" in text(told)
    supplier.refresh_from_db()
    assert supplier.city == "Suzhou"
