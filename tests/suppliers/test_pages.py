"""Supplier pages: list, export, create, change, contacts."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import User
from accounts.roles import Role
from core.models import ActivityEntry
from suppliers.models import Supplier, SupplierContact
from suppliers.services.suppliers import SupplierInput, create_supplier
from tests.permissions.world import declaration

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def names(page: Any) -> list[str]:
    return [supplier.name for supplier in page.context["page_obj"]]


def test_list_searches_filters_and_sorts(
    sign_in: SignIn, auditor: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    create_supplier(None, SupplierInput("S-3", "Alpha GmbH", "", "DE"))
    client = sign_in(auditor)
    address = reverse("suppliers:supplier-list")
    assert names(client.get(address)) == ["Bright Tin Co.", "Golden Contact Ltd", "Alpha GmbH"]
    assert names(client.get(address, {"sort": "name"}))[0] == "Alpha GmbH"
    assert names(client.get(address, {"search": "亮锡"})) == ["Bright Tin Co."]
    assert names(client.get(address, {"country": "DE"})) == ["Alpha GmbH"]
    empty = client.get(address, {"search": "nothing like it"}).content.decode()
    assert "Nothing fits these filters" in empty


def test_empty_list_offers_the_first_step(sign_in: SignIn, buyer: User, auditor: User) -> None:
    address = reverse("suppliers:supplier-list")
    button = f'href="{reverse("suppliers:supplier-create")}"'
    assert sign_in(buyer).get(address).content.decode().count(button) == 2
    assert button not in sign_in(auditor).get(address).content.decode()


def test_list_asks_as_often_for_thirty_rows_as_for_three(
    sign_in: SignIn, auditor: User, django_assert_num_queries: Any
) -> None:
    client = sign_in(auditor)
    for count in (3, 30):
        for number in range(Supplier.objects.count(), count):
            create_supplier(None, SupplierInput(f"C{number}", f"Company {number}"))
        with django_assert_num_queries(6):
            page = client.get(reverse("suppliers:supplier-list"))
        assert len(page.context["page_obj"]) == count


def test_export_takes_what_the_filter_shows_and_no_formula(
    sign_in: SignIn, auditor: User, supplier: Supplier
) -> None:
    create_supplier(None, SupplierInput("S-3", "=HYPERLINK(1)", "", "DE"))
    client = sign_in(auditor)
    address = reverse("suppliers:supplier-export")
    content = b"".join(client.get(address, {"country": "DE"}).streaming_content)  # type: ignore[attr-defined]
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    rows = list(sheet.iter_rows(min_row=2, max_col=5))
    assert [[cell.value for cell in row] for row in rows] == [
        ["S-3", "=HYPERLINK(1)", None, "DE", "Germany"]
    ]
    assert rows[0][1].data_type == "s"
    changed = timezone.localtime(Supplier.objects.get(code="S-3").updated_at)
    # A spreadsheet rounds a moment to its own fractions of a day.
    assert abs((sheet["F2"].value - changed.replace(tzinfo=None)).total_seconds()) < 1
    notes = load_workbook(io.BytesIO(content)).worksheets[1]
    assert [cell.value for cell in notes[2]] == ["Country or region", "Germany"]
    text = b"".join(client.get(address, {"format": "csv"}).streaming_content)  # type: ignore[attr-defined]
    assert "'=HYPERLINK(1)" in text.decode("utf-8-sig")


def test_create_and_change_leave_their_trail(sign_in: SignIn, buyer: User) -> None:
    client = sign_in(buyer)
    form = {"code": "S-7", "name": "New Co.", "local_name": "新公司", "country": "CN"}
    made = client.post(reverse("suppliers:supplier-create"), form)
    supplier = Supplier.objects.get(code="S-7")
    assert made.headers["Location"] == supplier.get_absolute_url()
    client.post(
        reverse("suppliers:supplier-edit", args=[supplier.pk]), {**form, "name": "Newer Co."}
    )
    supplier.refresh_from_db()
    assert (supplier.name, supplier.name_key) == ("Newer Co.", "newerco")
    page = client.get(supplier.get_absolute_url()).content.decode()
    assert "Name: New Co. → Newer Co." in page
    changed = ActivityEntry.objects.get(verb="supplier.changed")
    assert (changed.actor, changed.data["changes"]) == (buyer, {"name": ["New Co.", "Newer Co."]})


def test_refusal_stays_in_the_form(sign_in: SignIn, buyer: User, supplier: Supplier) -> None:
    page = sign_in(buyer).post(
        reverse("suppliers:supplier-create"), {"code": "S-1", "name": "Another"}
    )
    assert page.context["form"].errors == {"code": ["The code S-1 belongs to another supplier."]}
    assert 'value="Another"' in page.content.decode()
    assert Supplier.objects.count() == 1


def test_delete_keeps_suppliers_with_declarations(
    sign_in: SignIn, buyer: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    declaration(supplier, "a")
    client = sign_in(buyer)
    for one in (supplier, other_supplier):
        client.post(reverse("suppliers:supplier-delete", args=[one.pk]))
    assert list(Supplier.objects.all()) == [supplier]


def test_page_shows_declarations_contacts_and_history(
    sign_in: SignIn, auditor: User, supplier: Supplier, supplier_user: User
) -> None:
    found = declaration(supplier, "a")
    page = sign_in(auditor).get(supplier.get_absolute_url()).content.decode()
    assert found.get_absolute_url() in page
    assert supplier_user.email in page
    assert "Supplier created" in page
    assert "Give access" not in page


def test_a_new_contact_gets_an_account_and_a_link(
    sign_in: SignIn, buyer: User, supplier: Supplier
) -> None:
    client = sign_in(buyer)
    form = {"email": "Wang@Bright.example", "name": "王亮", "language": "zh-hans"}
    page = client.post(supplier.get_absolute_url(), form)
    contact = SupplierContact.objects.select_related("user").get(supplier=supplier)
    user = contact.user
    assert user is not None
    assert (user.email, set(user.roles)) == ("wang@bright.example", {Role.SUPPLIER_CONTACT})
    assert not user.has_usable_password()
    invitation = page.context["invitation"]
    assert (invitation.sent, mail.outbox[0].to) == (True, ["wang@bright.example"])
    assert invitation.link in mail.outbox[0].body
    visitor = Client()
    step = visitor.get(invitation.link, follow=True)
    address = step.redirect_chain[-1][0]
    visitor.post(address, {"password1": "very-Long-pass-1", "password2": "very-Long-pass-1"})
    user.refresh_from_db()
    assert user.check_password("very-Long-pass-1")


def test_an_existing_contact_is_linked_once(
    sign_in: SignIn,
    buyer: User,
    supplier: Supplier,
    other_supplier_user: User,
    auditor: User,
) -> None:
    client = sign_in(buyer)
    address = supplier.get_absolute_url()
    for person in (other_supplier_user, auditor):
        page = client.post(address, {"email": person.email, "name": "x"})
        assert "email" in page.context["contact_form"].errors
    assert not supplier.contacts.exists()


def test_a_removed_contact_no_longer_sees_the_supplier(
    sign_in: SignIn, buyer: User, supplier: Supplier, supplier_user: User
) -> None:
    found = declaration(supplier, "a")
    contact = sign_in(supplier_user)
    assert contact.get(found.get_absolute_url()).status_code == 200
    record = supplier.contacts.get(user=supplier_user)
    sign_in(buyer).post(reverse("suppliers:contact-remove", args=[supplier.pk, record.pk]))
    assert contact.get(found.get_absolute_url()).status_code == 404
    assert User.objects.get(pk=supplier_user.pk).is_active
