"""Settings: accounts, roles and the supplier a contact speaks for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse
from knox.models import AuthToken

from accounts.models import User
from accounts.roles import Role
from accounts.services.second_factor import reset_second_factor
from accounts.services.tokens import create_token
from core.errors import NotAllowed
from core.models import ActivityEntry
from suppliers.models import Supplier, SupplierContact
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
USERS = "/settings/users/"


def test_new_user_is_invited(sign_in: SignIn, admin: User) -> None:
    form = {"name": "New", "email": "new@example.test", "roles": ["auditor", "procurement"]}
    page = sign_in(admin).post(f"{USERS}new/", form)
    user = User.objects.get(email="new@example.test")
    assert user.roles == {Role.AUDITOR, Role.PROCUREMENT}
    assert page.context["invitation"].link in mail.outbox[0].body


def test_a_contact_needs_a_supplier_and_staff_must_not_have_one(
    sign_in: SignIn, admin: User, supplier: Supplier
) -> None:
    client = sign_in(admin)
    contact = {"name": "New", "email": "new@example.test", "roles": ["supplier_contact"]}
    page = client.post(f"{USERS}new/", contact)
    assert page.context["form"].errors == {
        "supplier": ["Choose the supplier this person speaks for."]
    }
    staff = {**contact, "roles": ["auditor"], "supplier": supplier.code}
    assert list(client.post(f"{USERS}new/", staff).context["form"].errors) == ["supplier"]
    assert not User.objects.filter(email="new@example.test").exists()
    assert not ActivityEntry.objects.filter(verb="user.created").exists()
    client.post(f"{USERS}new/", {**contact, "supplier": supplier.code})
    assert SupplierContact.objects.get(user__email="new@example.test").supplier == supplier


def test_the_supplier_of_a_contact_is_named_by_its_code(
    sign_in: SignIn, admin: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    other_supplier.merged_into = supplier
    other_supplier.save()
    client = sign_in(admin)
    contact = {"name": "New", "email": "new@example.test", "roles": ["supplier_contact"]}
    page = client.get(f"{USERS}new/").content.decode()
    assert supplier.name not in page and other_supplier.name not in page
    for code in ("nobody", other_supplier.code):
        form = client.post(f"{USERS}new/", {**contact, "supplier": code}).context["form"]
        assert form.errors == {"supplier": [f"There is no supplier with the code {code}."]}
    client.post(f"{USERS}new/", {**contact, "supplier": f" {supplier.code.lower()} "})
    person = SupplierContact.objects.get(user__email="new@example.test")
    assert person.supplier == supplier
    page = client.get(f"{USERS}{person.user_id}/").content.decode()
    assert f'name="supplier" value="{supplier.code}"' in page


def test_a_contact_moves_to_another_supplier(
    sign_in: SignIn,
    admin: User,
    supplier_user: User,
    supplier: Supplier,
    other_supplier: Supplier,
) -> None:
    form = {
        "name": "Moved",
        "email": supplier_user.email,
        "roles": ["supplier_contact"],
        "supplier": other_supplier.code,
    }
    sign_in(admin).post(f"{USERS}{supplier_user.pk}/", form)
    assert SupplierContact.objects.get(user=supplier_user).supplier == other_supplier
    verbs = ActivityEntry.objects.filter(
        verb__in=["supplier.access_removed", "supplier.contact_added"]
    ).order_by("pk")
    assert [(entry.verb, entry.subject_id) for entry in verbs] == [
        ("supplier.access_removed", str(supplier.pk)),
        ("supplier.contact_added", str(other_supplier.pk)),
    ]


def test_closing_ends_the_session(sign_in: SignIn, admin: User, auditor: User) -> None:
    client, person = sign_in(admin), sign_in(auditor)
    assert person.get("/").status_code == 200
    client.post(f"{USERS}{auditor.pk}/close/")
    assert person.get("/").headers["Location"].startswith("/accounts/login/")
    page = client.get(f"{USERS}{auditor.pk}/").content.decode()
    assert "Account closed" in page
    client.post(f"{USERS}{auditor.pk}/reopen/")
    assert User.objects.get(pk=auditor.pk).is_active


def test_nobody_closes_the_own_account(sign_in: SignIn, admin: User) -> None:
    client = sign_in(admin)
    page = client.post(f"{USERS}{admin.pk}/close/", follow=True)
    assert "You cannot close your own account." in page.content.decode()
    assert client.get(USERS).status_code == 200


def test_list_filters(sign_in: SignIn, admin: User, auditor: User, buyer: User) -> None:
    client = sign_in(admin)
    User.objects.filter(pk=buyer.pk).update(is_active=False)

    def found(**query: str) -> list[str]:
        return [user.name for user in client.get(USERS, query).context["page_obj"]]

    assert found() == ["administrator", "auditor", "procurement"]
    assert found(role="auditor") == ["auditor"]
    assert found(state="closed") == ["procurement"]
    assert found(search="ADMIN example") == ["administrator"]


def test_settings_lead_to_pages_that_exist(sign_in: SignIn, admin: User) -> None:
    client = sign_in(admin)
    for name in ("portal:settings", "minerals:snapshot-list", "api-docs", "admin:index"):
        assert client.get(reverse(name)).status_code == 200


def test_administrators_see_and_revoke_the_tokens_of_a_person(
    sign_in: SignIn, admin: User, auditor: User, buyer: User
) -> None:
    made, of_another = create_token(auditor, 30, ["read"]), create_token(buyer, 30)
    client = sign_in(admin)
    page = client.get(f"{USERS}{auditor.pk}/").content.decode()
    assert made.key[:8] in page
    assert of_another.key[:8] not in page
    address = f"{USERS}{auditor.pk}/tokens/{{}}/revoke/"
    assert client.post(address.format(of_another.key)).status_code == 404
    assert client.post(address.format(made.key)).status_code == 302
    assert list(AuthToken.objects.values_list("token_key", flat=True)) == [of_another.key]
    entry = ActivityEntry.objects.get(verb="token.revoked")
    assert (entry.actor, entry.subject_id) == (admin, str(auditor.pk))


def lose_phone(person: User) -> None:
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=person, type=kind, data={"secret": "x", "seed": "y"})


def test_a_person_without_the_phone_gets_in_again(
    sign_in: SignIn, admin: User, buyer: User
) -> None:
    lose_phone(buyer)
    client, address = sign_in(admin), f"{USERS}{buyer.pk}/second-factor/reset/"
    assert address in client.get(f"{USERS}{buyer.pk}/").content.decode()
    assert client.post(address).status_code == 302
    assert not Authenticator.objects.filter(user=buyer).exists()
    entry = ActivityEntry.objects.get(verb="second_factor.reset")
    assert (entry.actor, entry.subject_id) == (admin, str(buyer.pk))
    assert [letter.to for letter in mail.outbox] == [[buyer.email]]
    assert "administrator" in str(mail.outbox[0].body)
    login = {"login": buyer.email, "password": PASSWORD}
    entered = Client().post(reverse("account_login"), login)
    assert entered.headers["Location"] == "/"
    assert address not in client.get(f"{USERS}{buyer.pk}/").content.decode()


def test_without_two_steps_there_is_nothing_to_reset(
    sign_in: SignIn, admin: User, buyer: User
) -> None:
    page = sign_in(admin).post(f"{USERS}{buyer.pk}/second-factor/reset/", follow=True)
    assert "does not use two-step sign-in" in page.content.decode()
    assert not mail.outbox
    assert not ActivityEntry.objects.filter(verb="second_factor.reset").exists()


def test_nobody_resets_the_own_second_step(sign_in: SignIn, admin: User) -> None:
    """A signed-in browser left open must not be enough to take the second step away."""
    lose_phone(admin)
    client, address = sign_in(admin), f"{USERS}{admin.pk}/second-factor/reset/"
    assert address not in client.get(f"{USERS}{admin.pk}/").content.decode()
    client.post(address)
    assert Authenticator.objects.filter(user=admin).count() == 2


def test_only_administrators_reset_it(buyer: User, csr_specialist: User) -> None:
    lose_phone(buyer)
    with pytest.raises(NotAllowed):
        reset_second_factor(csr_specialist, buyer.pk)
    assert Authenticator.objects.filter(user=buyer).count() == 2
