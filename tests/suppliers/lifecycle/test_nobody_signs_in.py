"""Nobody of the supplier can sign in: said before it is asked, and put right in one step."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from accounts.models import User
from suppliers.models import Supplier, SupplierContact
from tests.factories.commitments import make_document, make_version

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
NOBODY = "Nobody of this supplier can sign in. Add a contact first."


@pytest.fixture(autouse=True)
def _asked_at_the_beginning(db: None) -> None:
    make_version(make_document(at_certification=True))


def start(supplier: Supplier) -> str:
    return reverse("suppliers:supplier-action", args=[supplier.pk, "start_signing"])


@pytest.mark.parametrize("with_contact", [False, True])
def test_start_signing_warns_before_and_after(
    sign_in: SignIn, buyer: User, supplier: Supplier, *, with_contact: bool
) -> None:
    if with_contact:
        SupplierContact.objects.create(supplier=supplier, name="Wang", email="w@bright.example")
    client = sign_in(buyer)
    assert NOBODY in client.get(start(supplier)).content.decode()
    answer = client.post(start(supplier), {})
    assert NOBODY in [str(message) for message in get_messages(answer.wsgi_request)]
    documents = sign_in(buyer).get(f"{supplier.get_absolute_url()}?tab=documents")
    assert NOBODY in documents.content.decode()


def test_no_warning_where_somebody_can_sign_in(
    sign_in: SignIn, buyer: User, supplier: Supplier, supplier_user: User
) -> None:
    client = sign_in(buyer)
    assert NOBODY not in client.get(start(supplier)).content.decode()
    client.post(start(supplier), {})
    documents = f"{supplier.get_absolute_url()}?tab=documents"
    assert NOBODY not in client.get(documents).content.decode()
    supplier_user.is_active = False
    supplier_user.save()
    assert NOBODY in client.get(documents).content.decode()


def test_other_steps_do_not_warn(sign_in: SignIn, buyer: User, supplier: Supplier) -> None:
    phase_out = reverse("suppliers:supplier-action", args=[supplier.pk, "phase_out"])
    assert NOBODY not in sign_in(buyer).get(phase_out).content.decode()


def test_access_is_given_from_the_list_of_contacts(
    sign_in: SignIn, buyer: User, auditor: User, supplier: Supplier
) -> None:
    known = SupplierContact.objects.create(supplier=supplier, name="Wang", email="w@b.example")
    SupplierContact.objects.create(supplier=supplier, name="No Address")
    contacts = f"{supplier.get_absolute_url()}?tab=contacts"
    access = reverse("suppliers:contact-access", args=[supplier.pk, known.pk])
    shown = sign_in(buyer).get(contacts).content.decode()
    assert shown.count(f'action="{access}"') == 1
    assert "needs an e-mail address first" in shown
    assert "Nobody of this supplier can sign in yet." in shown
    assert access not in sign_in(auditor).get(contacts).content.decode()
    sign_in(buyer).post(access)
    shown = sign_in(buyer).get(contacts).content.decode()
    assert access not in shown
    assert "Nobody of this supplier can sign in yet." not in shown
