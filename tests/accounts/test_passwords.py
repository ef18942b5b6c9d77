"""A new password ends what the former one opened: sessions and API tokens."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.services.tokens import create_token
from core.models import ActivityEntry
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
NEW = "new horse battery 99"


def answer_to(secret: str) -> int:
    return Client().get("/api/v1/suppliers/", HTTP_AUTHORIZATION=f"Token {secret}").status_code


def reset_by_mail(person: User) -> None:
    client = Client()
    client.post(reverse("account_reset_password"), {"email": person.email})
    link = re.search(r"http://testserver(\S+)", str(mail.outbox[-1].body))
    assert link
    form = client.get(link[1], follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": NEW, "password2": NEW})


def change_signed_in(person: User) -> None:
    client = Client()
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    client.post(reverse("account_change_password"), form)


@pytest.mark.parametrize("choose", [reset_by_mail, change_signed_in])
def test_a_new_password_ends_the_tokens(
    buyer: User, auditor: User, choose: Callable[[User], None]
) -> None:
    own, of_another = create_token(buyer, 30).secret, create_token(auditor, 30).secret
    assert (answer_to(own), answer_to(of_another)) == (200, 200)
    choose(buyer)
    buyer.refresh_from_db()
    assert buyer.check_password(NEW)
    assert (answer_to(own), answer_to(of_another)) == (401, 200)
    entry = ActivityEntry.objects.get(verb="password.changed")
    assert (entry.actor, entry.subject_id, entry.data) == (buyer, str(buyer.pk), {"tokens": 1})


def test_a_refused_password_leaves_the_tokens(buyer: User, sign_in: SignIn) -> None:
    own = create_token(buyer, 30).secret
    form = {"oldpassword": "wrong", "password1": NEW, "password2": NEW}
    sign_in(buyer).post(reverse("account_change_password"), form)
    assert answer_to(own) == 200
