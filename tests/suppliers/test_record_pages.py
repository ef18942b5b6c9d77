"""The forms of a supplier's record, its people, sites and the tree of categories."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from suppliers.models import Category, Supplier, SupplierContact
from suppliers.services.categories import CategoryInput, save_category

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
NEW = reverse("suppliers:supplier-create")


def errors(page: Any) -> dict[str, list[str]]:
    return {name: list(found) for name, found in page.context["form"].errors.items()}


def test_a_lookalike_is_shown_before_anything_is_stored(
    sign_in: SignIn, buyer: User, supplier: Supplier
) -> None:
    client = sign_in(buyer)
    form = {"code": "S-7", "name": "BRIGHT TIN LIMITED", "country": "CN"}
    page = client.post(NEW, form)
    assert page.status_code == 422
    assert supplier.get_absolute_url() in page.content.decode()
    assert not Supplier.objects.filter(code="S-7").exists()
    client.post(NEW, {**form, "is_new": "1"})
    assert Supplier.objects.filter(code="S-7").exists()


def test_the_same_number_under_another_name_is_shown(
    sign_in: SignIn, buyer: User, supplier: Supplier
) -> None:
    supplier.registrations.create(kind="duns", number="123456789", key="123456789")
    page = sign_in(buyer).post(NEW, {"code": "S-7", "name": "Other", "duns": "12-345-6789"})
    assert [hit.why for hit in page.context["alike"]] == ["registration"]


def test_every_mistake_stands_at_its_field(sign_in: SignIn, buyer: User) -> None:
    form = {"code": "S-7", "name": "N", "duns": "1", "parent": "NONE", "minerals": ["tin"]}
    page = sign_in(buyer).post(NEW, form)
    assert set(errors(page)) == {"duns", "parent", "minerals_reason"}
    assert "S-7" in page.content.decode()


def test_a_form_opened_before_a_change_of_another_is_refused(
    sign_in: SignIn, buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    address = reverse("suppliers:supplier-edit", args=[supplier.pk])
    seen = sign_in(buyer).get(address).context["form"].initial["revision"]
    form = {"code": "S-1", "name": "First", "revision": seen}
    sign_in(csr_specialist).post(address, form)
    page = sign_in(buyer).post(address, {**form, "name": "Second"})
    assert page.status_code == 422
    assert "Somebody else changed this supplier" in page.content.decode()
    assert Supplier.objects.get(pk=supplier.pk).name == "First"


def test_a_person_is_entered_and_gets_access(
    sign_in: SignIn, buyer: User, supplier: Supplier
) -> None:
    client = sign_in(buyer)
    address = reverse("suppliers:contact-create", args=[supplier.pk])
    form = {"name": "王亮", "email": "wang@bright.example", "role": "csr", "may_sign": "on"}
    assert client.post(address, form).status_code == 302
    contact = SupplierContact.objects.get(supplier=supplier)
    assert (contact.may_sign, contact.user) == (True, None)
    page = client.post(reverse("suppliers:contact-access", args=[supplier.pk, contact.pk]))
    assert page.context["invitation"].link in mail.outbox[0].body
    wrong = client.post(address, {"name": "", "email": "nowhere", "role": "csr"})
    assert set(errors(wrong)) == {"name"}


def test_categories_are_a_tree(sign_in: SignIn, admin: User) -> None:
    client = sign_in(admin)
    new = reverse("suppliers:category-create")
    client.post(new, {"code": "EL", "name": "Electronics", "is_active": "on"})
    client.post(new, {"code": "EL-PCB", "name": "Boards", "parent": "EL", "is_active": "on"})
    page = client.get(reverse("suppliers:category-list"))
    assert [row.path for row in page.context["categories"]] == ["EL/", "EL/EL-PCB/"]
    child = Category.objects.get(code="EL-PCB")
    client.post(reverse("suppliers:category-delete", args=[child.pk]))
    assert not Category.objects.filter(pk=child.pk).exists()


def test_the_form_offers_categories_in_order(sign_in: SignIn, buyer: User) -> None:
    save_category(None, CategoryInput("B", "Second"))
    save_category(None, CategoryInput("A", "First"))
    save_category(None, CategoryInput("C", "Below", parent="A"))
    save_category(None, CategoryInput("D", "Gone", is_active=False))
    page = sign_in(buyer).get(NEW)
    offered = [code for code, _label in page.context["form"].fields["categories"].choices]
    assert offered == ["A", "C", "B"]


def test_enter_does_not_create_the_duplicate(
    sign_in: SignIn, buyer: User, supplier: Supplier
) -> None:
    """Enter presses the first button of a form."""
    form = {"code": "S-7", "name": "BRIGHT TIN LIMITED", "country": "CN"}
    text = sign_in(buyer).post(NEW, form).content.decode()
    buttons = re.findall(r'<button type="submit"[^>]*>', text.split("novalidate", 1)[1])
    assert ["is_new" in button for button in buttons[:3]] == [False, True, False]


def test_nobody_is_told_to_sign_in_with_a_closed_account(
    sign_in: SignIn, buyer: User, supplier: Supplier, supplier_user: User
) -> None:
    User.objects.filter(pk=supplier_user.pk).update(is_active=False)
    client = sign_in(buyer)
    contact = supplier.contacts.get(user=supplier_user)
    access = reverse("suppliers:contact-access", args=[supplier.pk, contact.pk])
    words = "The account of this person is closed."
    assert words in client.post(access, follow=True).content.decode()
    SupplierContact.objects.filter(pk=contact.pk).update(user=None)
    page = client.post(access, follow=True).content.decode()
    assert words in page
    assert "can sign in now" not in page
    person = {"email": supplier_user.email, "name": "Wang"}
    page = client.post(supplier.get_absolute_url(), person, follow=True).content.decode()
    assert words in page
    assert not SupplierContact.objects.filter(user=supplier_user).exists()


def test_the_account_of_a_closed_contact_can_still_be_changed(
    sign_in: SignIn, admin: User, supplier: Supplier, supplier_user: User
) -> None:
    User.objects.filter(pk=supplier_user.pk).update(is_active=False)
    form = {
        "name": "Renamed",
        "email": supplier_user.email,
        "roles": ["supplier_contact"],
        "supplier": supplier.code,
    }
    sign_in(admin).post(f"/settings/users/{supplier_user.pk}/", form)
    supplier_user.refresh_from_db()
    assert supplier_user.name == "Renamed"
