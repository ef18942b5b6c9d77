"""Profile, language and tokens of the person who is signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from knox.models import AuthToken

from accounts.models import TokenScope, User
from core.models import ActivityEntry

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def test_profile_keeps_name_and_language(sign_in: SignIn, buyer: User) -> None:
    client = sign_in(buyer)
    address = reverse("accounts:profile")
    answer = client.post(address, {"name": " Max  Buyer ", "language": "zh-hans"})
    buyer.refresh_from_db()
    assert (answer.status_code, buyer.name, buyer.language) == (302, "Max Buyer", "zh-hans")
    assert client.get(address).headers["Content-Language"] == "zh-hans"
    entry = ActivityEntry.objects.get(verb="user.changed")
    assert entry.data == {
        "changes": {"name": ["procurement", "Max Buyer"], "language": ["", "zh-hans"]}
    }


@pytest.mark.parametrize("data", [{"name": ""}, {"name": "x", "language": "tlh"}])
def test_profile_refuses_what_makes_no_sense(
    sign_in: SignIn, buyer: User, data: dict[str, str]
) -> None:
    page = sign_in(buyer).post(reverse("accounts:profile"), data)
    assert (page.status_code, bool(page.context["form"].errors)) == (422, True)
    buyer.refresh_from_db()
    assert (buyer.name, buyer.language) == ("procurement", "")


def test_language_switch_is_remembered_for_the_person(sign_in: SignIn, buyer: User) -> None:
    client = sign_in(buyer)
    answer = client.post("/i18n/setlang/", {"language": "zh-hans", "next": "/suppliers/"})
    assert answer.headers["Location"] == "/suppliers/"
    elsewhere = sign_in(buyer)
    assert elsewhere.get("/").headers["Content-Language"] == "zh-hans"


def test_profile_comes_before_the_cookie_of_somebody_else(sign_in: SignIn, buyer: User) -> None:
    stranger = Client()
    stranger.post("/i18n/setlang/", {"language": "zh-hans", "next": "/"})
    assert stranger.get("/accounts/login/").headers["Content-Language"] == "zh-hans"
    User.objects.filter(pk=buyer.pk).update(language="en")
    stranger.force_login(buyer)
    assert stranger.get("/").headers["Content-Language"] == "en"


def test_language_switch_refuses_unknown_languages_and_other_sites(
    sign_in: SignIn, buyer: User
) -> None:
    client = sign_in(buyer)
    answer = client.post("/i18n/setlang/", {"language": "xx", "next": "https://evil.example/"})
    assert answer.headers["Location"] == "/"
    buyer.refresh_from_db()
    assert buyer.language == ""


def test_token_page_shows_the_secret_once(sign_in: SignIn, buyer: User) -> None:
    client = sign_in(buyer)
    page = client.post(reverse("accounts:token-create"), {"days": 30, "access": "all"})
    secret = page.context["made"].secret
    assert page.content.decode().count(secret) >= 1
    assert "no-store" in page.headers["Cache-Control"]
    later = client.get(reverse("accounts:token-list")).content.decode()
    assert secret not in later
    assert secret[:8] in later
    client.post(reverse("accounts:token-revoke", args=[secret[:15]]))
    assert not AuthToken.objects.exists()


@pytest.mark.parametrize("choice", [{}, {"access": "all"}])
def test_ticks_without_the_choice_to_limit_make_no_unlimited_token(
    sign_in: SignIn, buyer: User, choice: dict[str, str]
) -> None:
    page = sign_in(buyer).post(
        reverse("accounts:token-create"), {"days": 30, "scopes": ["read"], **choice}
    )
    assert list(page.context["form"].errors) == ["access"]
    assert not AuthToken.objects.exists()


def test_a_limited_token_keeps_its_limits(sign_in: SignIn, buyer: User) -> None:
    form = {"days": 30, "scopes": ["read"], "access": "limited"}
    sign_in(buyer).post(reverse("accounts:token-create"), form)
    assert TokenScope.objects.get().scopes == ["read"]
