"""Suppliers keep their own data; the buyer takes changes over or not."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from core.errors import DomainError, InvalidInput, NotAllowed, NotFound
from core.models import Notification
from suppliers.models import DataChange, Supplier, SupplierContact
from suppliers.rules.related_data import ContactInput
from suppliers.selectors.data_change_work import data_change_work
from suppliers.services.data_changes import (
    approve_change,
    decline_change,
    propose_company,
    propose_contact,
    propose_contact_gone,
    withdraw_change,
)

pytestmark = pytest.mark.django_db


def company(supplier: Supplier, **changes: str) -> dict[str, str]:
    names = ("name", "local_name", "region", "city", "address")
    return {name: getattr(supplier, name) for name in names} | changes


def test_nothing_changes_before_the_buyer_takes_it_over(
    supplier: Supplier, supplier_user: User, buyer: User
) -> None:
    Supplier.objects.filter(pk=supplier.pk).update(buyer=buyer)
    change = propose_company(supplier_user, company(supplier, city="Suzhou"))
    supplier.refresh_from_db()
    assert supplier.city != "Suzhou"
    assert change.values == {"city": "Suzhou"}
    assert [item.url for item in data_change_work(buyer)] == [change.get_absolute_url()]
    assert Notification.objects.filter(recipient=buyer, kind="supplier.change_asked").exists()

    approve_change(buyer, change.pk)
    supplier.refresh_from_db()
    assert supplier.city == "Suzhou"
    assert data_change_work(buyer) == []
    told = Notification.objects.get(recipient=supplier_user)
    assert told.kind == "supplier.change_approved"
    with pytest.raises(DomainError) as caught:
        approve_change(buyer, change.pk)
    assert caught.value.code == "change_not_open"


def test_what_others_changed_meanwhile_stays(
    supplier: Supplier, supplier_user: User, buyer: User
) -> None:
    change = propose_company(supplier_user, company(supplier, city="Suzhou"))
    Supplier.objects.filter(pk=supplier.pk).update(address="Moved meanwhile")
    approve_change(buyer, change.pk)
    supplier.refresh_from_db()
    assert (supplier.city, supplier.address) == ("Suzhou", "Moved meanwhile")


def test_people_come_change_and_go(supplier: Supplier, supplier_user: User, buyer: User) -> None:
    new = propose_contact(supplier_user, ContactInput("Li Wei", "li@supplier.test"))
    approve_change(buyer, new.pk)
    person = supplier.contacts.get(email="li@supplier.test")
    SupplierContact.objects.filter(pk=person.pk).update(may_sign=True)
    changed = propose_contact(
        supplier_user, ContactInput("Li Wei", "li@supplier.test", phone="+86 1"), person.pk
    )
    assert changed.values == {"phone": "+86 1"}
    approve_change(buyer, changed.pk)
    person.refresh_from_db()
    # A right that only our people give stays as it was.
    assert (person.phone, person.may_sign) == ("+86 1", True)
    approve_change(buyer, propose_contact_gone(supplier_user, person.pk).pk)
    assert not supplier.contacts.filter(pk=person.pk).exists()


def test_not_taken_over_with_a_reason(supplier: Supplier, supplier_user: User, buyer: User) -> None:
    change = propose_company(supplier_user, company(supplier, name="Another Ltd"))
    with pytest.raises(InvalidInput):
        decline_change(buyer, change.pk, " ")
    decline_change(buyer, change.pk, "Please send the certificate.")
    told = Notification.objects.get(recipient=supplier_user)
    assert "certificate" in told.text
    supplier.refresh_from_db()
    assert supplier.name != "Another Ltd"


def test_the_last_wish_about_one_thing_counts(supplier: Supplier, supplier_user: User) -> None:
    first = propose_company(supplier_user, company(supplier, city="A"))
    second = propose_company(supplier_user, company(supplier, city="B"))
    first.refresh_from_db()
    assert (first.state, second.state) == ("withdrawn", "open")
    withdraw_change(supplier_user, second.pk)
    second.refresh_from_db()
    assert second.state == "withdrawn"


@pytest.mark.parametrize("name", ["", "x" * 300])
def test_wrong_data_is_refused_when_it_is_asked_for(
    supplier: Supplier, supplier_user: User, name: str
) -> None:
    with pytest.raises(DomainError):
        propose_company(supplier_user, company(supplier, name=name))
    with pytest.raises(DomainError):
        propose_contact(supplier_user, ContactInput("Li", "no address"))
    with pytest.raises(DomainError) as caught:
        propose_company(supplier_user, company(supplier))
    assert caught.value.code == "nothing_changed"


def test_nobody_elses(
    supplier: Supplier,
    supplier_user: User,
    other_supplier_user: User,
    buyer: User,
    auditor: User,
) -> None:
    change = propose_company(supplier_user, company(supplier, city="A"))
    own = supplier.contacts.first()
    assert own is not None
    with pytest.raises(NotFound):
        withdraw_change(other_supplier_user, change.pk)
    with pytest.raises(NotFound):
        propose_contact_gone(other_supplier_user, own.pk)
    with pytest.raises(NotAllowed):
        approve_change(auditor, change.pk)
    with pytest.raises(NotAllowed):
        propose_company(buyer, company(supplier, city="B"))


def test_in_pages(supplier: Supplier, supplier_user: User, buyer: User, sign_in: Any) -> None:
    client = sign_in(supplier_user)
    assert client.get(reverse("suppliers:own-data")).status_code == 200
    url = reverse("suppliers:own-company")
    assert client.get(url).status_code == 200
    posted = company(supplier, city="Wuxi")
    assert client.post(url, posted).status_code == 302
    assert client.post(url, {**posted, "name": ""}).status_code == 422
    client.post(
        reverse("suppliers:own-person-new"),
        {"name": "Li Wei", "email": "li@supplier.test", "role": "minerals"},
    )
    assert "Li Wei" in client.get(reverse("suppliers:own-data")).content.decode()
    change = DataChange.objects.get(kind="company")
    staff = sign_in(buyer)
    listed = staff.get(reverse("suppliers:data-change-list")).content.decode()
    assert change.get_absolute_url() in listed
    assert "Wuxi" in staff.get(change.get_absolute_url()).content.decode()
    staff.post(reverse("suppliers:data-change-approve", args=[change.pk]))
    supplier.refresh_from_db()
    assert supplier.city == "Wuxi"
