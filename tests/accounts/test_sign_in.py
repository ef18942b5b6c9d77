"""Signing in: password, second factor, limits, the trail; nobody signs up alone."""

from __future__ import annotations

import base64
import hmac
import re
import struct
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.models import ActivityEntry
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


def enter(client: Client, email: str, password: str = PASSWORD) -> Any:
    return client.post(LOGIN, {"login": email, "password": password})


def code(secret: str, later: int = 0) -> str:
    """What an authenticator app shows ``later`` seconds from now (RFC 6238)."""
    counter = (int(time.time()) + later) // 30
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", counter), "sha1").digest()
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def verbs() -> list[tuple[str, bool]]:
    entries = ActivityEntry.objects.filter(verb__startswith="sign_in").order_by("pk")
    return [(entry.verb, bool(entry.subject_id)) for entry in entries]


def test_password_opens_the_home_page(buyer: User) -> None:
    client = Client()
    answer = enter(client, "PROCUREMENT@example.test")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert client.get("/").status_code == 200
    entry = ActivityEntry.objects.get(verb="sign_in.done")
    assert (entry.actor, entry.subject_id, entry.data) == (
        buyer,
        str(buyer.pk),
        {"ip": "127.0.0.1"},
    )


def test_wrong_password_and_unknown_address_look_the_same(buyer: User) -> None:
    pages = []
    for email in (buyer.email, "stranger@example.test"):
        answer = enter(Client(), email, "wrong password 1")
        text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
        text = re.sub(r'X-CSRFToken": "[^"]+"', "", text)
        pages.append((answer.status_code, text.replace(email, "")))
    assert pages[0] == pages[1]


def test_failures_are_on_record_without_what_was_typed(buyer: User) -> None:
    enter(Client(), buyer.email, "my-secret-guess")
    enter(Client(), "my-secret-guess@example.test", "my-secret-guess")
    assert verbs() == [("sign_in.failed", True), ("sign_in.failed", False)]
    assert "guess" not in str(list(ActivityEntry.objects.values()))


def test_the_fifth_failure_is_the_last(buyer: User) -> None:
    client = Client()
    for _attempt in range(5):
        enter(client, buyer.email, "wrong password 1")
    answer = enter(client, buyer.email, PASSWORD)
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session
    assert len(verbs()) == 5


def test_a_closed_account_stays_outside(buyer: User) -> None:
    User.objects.filter(pk=buyer.pk).update(is_active=False)
    client = Client()
    enter(client, buyer.email)
    assert "_auth_user_id" not in client.session


def test_sign_up_is_closed_and_says_so() -> None:
    page = Client().get("/accounts/signup/")
    assert page.status_code == 200
    assert "<form" not in re.sub(r"<header.*?</header>", "", page.content.decode(), flags=re.S)
    answer = Client().post(
        "/accounts/signup/",
        {"email": "me@example.test", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert (answer.status_code, User.objects.count()) == (405, 0)


def test_forgotten_password_does_not_tell_who_has_an_account(buyer: User) -> None:
    answers = [
        Client().post("/accounts/password/reset/", {"email": email})
        for email in (buyer.email, "stranger@example.test")
    ]
    assert {(a.status_code, a.headers["Location"]) for a in answers} == {
        (302, "/accounts/password/reset/done/")
    }
    links = [re.findall(r"/accounts/password/reset/key/\S+", str(m.body)) for m in mail.outbox]
    assert [len(found) for found in links] == [1, 0]


def test_second_factor_from_enrolment_to_sign_in(buyer: User) -> None:
    client = Client()
    enter(client, buyer.email)
    answer = client.get(reverse("mfa_activate_totp"))
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert client.post(reverse("mfa_activate_totp"), {"code": code(secret)}).status_code == 302
    assert Authenticator.objects.filter(user=buyer, type="totp").exists()
    again = Client()
    answer = enter(again, buyer.email)
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert again.get("/").status_code == 302
    wrong = again.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert (wrong.status_code, "_auth_user_id" in again.session) == (200, False)
    right = again.post(reverse("mfa_authenticate"), {"code": code(secret, 30)})
    assert (right.status_code, right.headers["Location"]) == (302, "/")
    assert again.get("/").status_code == 200
    assert verbs() == [("sign_in.done", True), ("sign_in.done", True)]


def test_pages_send_strangers_to_sign_in_and_back() -> None:
    answer = Client().get("/suppliers/?country=DE")
    assert answer.headers["Location"] == "/accounts/login/?next=/suppliers/%3Fcountry%3DDE"


TOKENS = "/me/tokens/new/"


@pytest.mark.parametrize(
    ("came_from", "back_to"),
    [
        ("http://testserver/me/tokens/?a=1", "/accounts/login/?next=/me/tokens/%3Fa%3D1"),
        ("http://testserver", "/accounts/login/?next=/"),
        ("https://elsewhere.example/me/", "/accounts/login/?next=/"),
        ("", "/accounts/login/?next=/"),
    ],
)
def test_after_signing_in_again_a_page_opens(came_from: str, back_to: str) -> None:
    """The session ended while a form was open: its address opens nothing."""
    more = {"Referer": came_from} if came_from else {}
    answer = Client().post(TOKENS, {"days": 5}, headers=more)
    assert answer.headers["Location"] == back_to


def test_the_language_switch_of_an_answer_leads_to_a_page(buyer: User) -> None:
    client = Client()
    client.force_login(buyer)
    form = {"days": 5, "access": "all"}
    answer = client.post(TOKENS, form, HTTP_REFERER="http://testserver/me/tokens/")
    assert 'name="next" value="/me/tokens/"' in answer.content.decode()
    page = client.get("/suppliers/?country=DE").content.decode()
    assert 'name="next" value="/suppliers/?country=DE"' in page


def test_an_address_for_buttons_alone_says_so(buyer: User) -> None:
    client = Client()
    client.force_login(buyer)
    answer = client.get(TOKENS)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "This address opens no page" in answer.content.decode()
