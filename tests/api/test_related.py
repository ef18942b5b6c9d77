"""People, sites and categories from a program; a supplier's program sees its own only."""

from __future__ import annotations

import pytest

from accounts.models import User
from suppliers.models import Category, Supplier
from suppliers.rules.related_data import ContactInput
from suppliers.services.contacts import save_contact
from tests.api.conftest import ApiFor

pytestmark = pytest.mark.django_db


def test_a_person_is_added_changed_and_removed(
    api_for: ApiFor, buyer: User, supplier: Supplier
) -> None:
    client = api_for(buyer)
    made = client.post("/api/v1/contacts/", {"supplier": "s-1", "name": "王亮", "role": "csr"})
    assert made.status_code == 201
    key = made.json()["id"]
    assert (made.json()["supplier"], made.json()["has_account"]) == ("S-1", False)
    changed = client.patch(f"/api/v1/contacts/{key}/", {"email": "W@Bright.example"})
    assert (changed.json()["email"], changed.json()["role"]) == ("w@bright.example", "csr")
    assert client.delete(f"/api/v1/contacts/{key}/").status_code == 204
    assert not supplier.contacts.exists()


def test_the_same_mistake_has_the_same_code_everywhere(
    api_for: ApiFor, buyer: User, supplier: Supplier
) -> None:
    client = api_for(buyer)
    save_contact(buyer, supplier.pk, ContactInput("One", "one@example.test"))
    again = {"supplier": "S-1", "name": "Two", "email": "ONE@example.test"}
    answer = client.post("/api/v1/contacts/", again)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "contact_email_taken")
    many = client.post("/api/v1/suppliers/", {"code": "X", "name": "N", "duns": "1", "vat": "?"})
    assert set(many.json()["error"]["fields"]) == {"duns", "vat"}


def test_lists_show_ones_own_only(
    api_for: ApiFor, supplier_user: User, other_supplier: Supplier, buyer: User
) -> None:
    other_supplier.contacts.create(name="Foreign")
    other_supplier.sites.create(code="A", name="Foreign")
    own = api_for(supplier_user).get("/api/v1/contacts/").json()["results"]
    assert [row["supplier"] for row in own] == ["S-1"]
    assert api_for(supplier_user).get("/api/v1/sites/").json()["count"] == 0
    assert api_for(buyer).get("/api/v1/sites/", {"supplier": "s-2"}).json()["count"] == 1


def test_what_we_think_is_not_for_the_suppliers_program(
    api_for: ApiFor, supplier_user: User, buyer: User, supplier: Supplier
) -> None:
    shown = api_for(supplier_user).get(f"/api/v1/suppliers/{supplier.pk}/").json()
    assert "rating_level" not in shown
    assert "phase_out_on" not in shown
    assert shown["status"] == "registered"
    full = api_for(buyer).get(f"/api/v1/suppliers/{supplier.pk}/").json()
    assert full["rating_level"] == "unknown"


def test_categories_nest(api_for: ApiFor, admin: User) -> None:
    client = api_for(admin)
    client.post("/api/v1/categories/", {"code": "EL", "name": "Electronics"})
    made = client.post("/api/v1/categories/", {"code": "PCB", "name": "Boards", "parent": "el"})
    assert (made.status_code, made.json()["parent"]) == (201, "EL")
    assert Category.objects.get(code="PCB").path == "EL/PCB/"
    listed = client.get("/api/v1/categories/").json()["results"]
    assert [row["parent"] for row in listed] == ["", "EL"]
