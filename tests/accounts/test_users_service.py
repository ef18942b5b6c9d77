"""Creating, changing and closing accounts."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from knox.models import AuthToken

from accounts.models import User
from accounts.roles import Role
from accounts.services.users import (
    UserInput,
    create_contact_user,
    create_user,
    set_active,
    update_user,
)
from core.errors import DomainError, NotAllowed
from core.models import ActivityEntry

pytestmark = pytest.mark.django_db
AUDITOR = frozenset({Role.AUDITOR})


def person(**changes: Any) -> UserInput:
    return UserInput(**{"email": "New@Example.test", "name": "New", "roles": AUDITOR, **changes})


def test_create_records_who_and_what(admin: User) -> None:
    user = create_user(admin, person())
    assert (user.email, user.roles, user.is_staff) == ("new@example.test", AUDITOR, False)
    entry = ActivityEntry.objects.get(verb="user.created")
    assert (entry.actor, entry.data["roles"]) == (admin, ["auditor"])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"email": "no address"}, "email_invalid"),
        ({"email": "ADMINISTRATOR@example.test"}, "email_taken"),
        ({"name": "  "}, "name_missing"),
        ({"roles": frozenset()}, "role_missing"),
        ({"roles": frozenset({Role.AUDITOR, Role.SUPPLIER_CONTACT})}, "roles_mixed"),
        ({"language": "xx"}, "language_unknown"),
    ],
)
def test_refusals(admin: User, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(DomainError) as caught:
        create_user(admin, person(**changes))
    assert (caught.value.code, User.objects.count()) == (code, 1)


def test_only_administrators_manage_accounts(buyer: User, csr_specialist: User) -> None:
    with pytest.raises(NotAllowed):
        create_user(buyer, person())
    with pytest.raises(NotAllowed):
        update_user(buyer, csr_specialist.pk, person())
    with pytest.raises(NotAllowed):
        set_active(buyer, csr_specialist.pk, active=False)
    assert User.objects.filter(is_active=True).count() == 2


def test_a_buyer_can_make_contacts_only(buyer: User, auditor: User) -> None:
    assert create_contact_user(buyer, "c@example.test", "C").roles == {Role.SUPPLIER_CONTACT}
    with pytest.raises(NotAllowed):
        create_contact_user(auditor, "d@example.test", "D")


def test_roles_follow_and_the_old_address_opens_nothing(admin: User, auditor: User) -> None:
    EmailAddress.objects.create(user=auditor, email=auditor.email, primary=True)
    roles = frozenset({Role.ADMINISTRATOR, Role.PROCUREMENT})
    user = update_user(admin, auditor.pk, person(roles=roles))
    assert (User.objects.get(pk=user.pk).roles, user.is_staff) == (roles, True)
    assert not EmailAddress.objects.filter(user=user).exists()
    changes = ActivityEntry.objects.get(verb="user.changed").data["changes"]
    assert changes["roles"] == [["auditor"], ["administrator", "procurement"]]


def test_no_change_leaves_no_entry(admin: User, auditor: User) -> None:
    update_user(admin, auditor.pk, person(email=auditor.email, name=auditor.name))
    assert not ActivityEntry.objects.exists()


def test_an_administrator_stays_one(admin: User) -> None:
    with pytest.raises(DomainError) as caught:
        update_user(admin, admin.pk, person(email=admin.email))
    assert caught.value.code == "own_administrator_role"
    with pytest.raises(DomainError) as caught:
        set_active(admin, admin.pk, active=False)
    assert caught.value.code == "own_account"
    admin.refresh_from_db()
    assert admin.is_active
    assert User.objects.get(pk=admin.pk).roles == {Role.ADMINISTRATOR}


def test_closing_ends_tokens_and_reopening_does_not_bring_them_back(
    admin: User, auditor: User
) -> None:
    AuthToken.objects.create(user=auditor)
    set_active(admin, auditor.pk, active=False)
    set_active(admin, auditor.pk, active=True)
    assert not AuthToken.objects.exists()
    verbs = ActivityEntry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["user.closed", "user.reopened"]


def test_closing_ends_sessions_for_good(admin: User, auditor: User, buyer: User) -> None:
    closed, other = Client(), Client()
    closed.force_login(auditor)
    other.force_login(buyer)
    set_active(admin, auditor.pk, active=False)
    assert closed.get("/me/profile/").status_code == 302
    set_active(admin, auditor.pk, active=True)
    assert closed.get("/me/profile/").status_code == 302
    assert other.get("/me/profile/").status_code == 200
