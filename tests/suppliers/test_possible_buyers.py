"""Who may be the buyer of a supplier has one answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from core.errors import DomainError
from suppliers.models import Supplier
from suppliers.selectors.links import input_of
from suppliers.services.bulk import set_buyer
from suppliers.services.suppliers import update_supplier
from tests.suppliers.imports.files import checked, found, workbook

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
MakeUser = Callable[..., User]


def test_who_may_be_buyer_is_the_same_by_every_door(
    sign_in: SignIn, admin: User, supplier: Supplier, make_user: MakeUser
) -> None:
    people = {
        "procurement": (make_user(Role.PROCUREMENT, "p"), True),
        "specialist": (make_user(Role.CSR_SPECIALIST, "c"), True),
        "superuser": (make_user(None, "root", is_superuser=True), True),
        "auditor": (make_user(Role.AUDITOR, "a"), False),
        "closed": (make_user(Role.PROCUREMENT, "gone", is_active=False), False),
    }
    address = reverse("suppliers:supplier-edit", args=[supplier.pk])
    offered = dict(sign_in(admin).get(address).context["form"].fields["buyer"].choices)
    for name, (person, able) in people.items():
        update_supplier(admin, supplier.pk, replace(input_of(supplier), buyer=""))
        batch = checked(admin, workbook([["code", "buyer"], ["S-1", person.email]]))
        doors = {
            "form": person.email in offered,
            "service": _accepts(
                lambda person=person: update_supplier(  # type: ignore[misc]
                    admin, supplier.pk, replace(input_of(supplier), buyer=person.email)
                )
            ),
            "bulk": _accepts(lambda person=person: set_buyer(admin, [supplier.pk], person.pk)),  # type: ignore[misc]
            "file": "buyer_unknown" not in str(found(batch)),
        }
        assert doors == dict.fromkeys(doors, able), name


def _accepts(change: Callable[[], object]) -> bool:
    try:
        change()
    except DomainError as error:
        assert error.code == "buyer_unknown"
        return False
    return True
