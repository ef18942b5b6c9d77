"""The bell, the list of notifications, marking them as read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from core.models import Notification
from core.services.notifications import notify

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
LIST = "/notifications/"


def tell(person: User, count: int = 1, url: str = "/suppliers/") -> list[Notification]:
    text = N_("%(name)s is stored.")
    return [
        notify([person], "test.told", text, {"name": f"Company {number}"}, url=url)[0]
        for number in range(count)
    ]


def test_bell_counts_ones_own_unread(
    sign_in: SignIn, buyer: User, supplier_user: User, auditor: User
) -> None:
    tell(buyer, 3)
    tell(supplier_user, 1)
    for person, unread in ((buyer, 3), (supplier_user, 1), (auditor, 0)):
        page = sign_in(person).get("/").content.decode()
        assert f"Notifications: {unread} unread" in page
        assert (f'aria-hidden="true">{unread}</span>' in page) == bool(unread)


def test_error_pages_do_not_count(
    sign_in: SignIn, buyer: User, django_assert_num_queries: Any
) -> None:
    tell(buyer)
    client = sign_in(buyer)
    page = client.get("/suppliers/999999/")
    assert page.status_code == 404
    assert "Notifications" not in page.content.decode()


def test_list_shows_own_ones_and_unread(sign_in: SignIn, buyer: User, auditor: User) -> None:
    first, *_rest = tell(buyer, 2)
    tell(auditor, 1)
    client = sign_in(buyer)
    client.post(reverse("portal:notification-read", args=[first.pk]))
    everything = client.get(LIST)
    unread = client.get(LIST, {"show": "unread"})
    assert len(everything.context["page_obj"]) == 2
    assert [str(item) for item in unread.context["page_obj"]] == ["Company 1 is stored."]


def test_list_asks_as_often_for_thirty_as_for_three(
    sign_in: SignIn, buyer: User, django_assert_num_queries: Any
) -> None:
    client = sign_in(buyer)
    for count in (3, 27):
        tell(buyer, count)
        with django_assert_num_queries(8):
            client.get(LIST)


def test_opening_marks_as_read_and_goes_there(sign_in: SignIn, buyer: User) -> None:
    (found,) = tell(buyer, url="/suppliers/7/?tab=documents")
    address = reverse("portal:notification-open", args=[found.pk])
    client = sign_in(buyer)
    assert client.get(address).status_code == 405
    answer = client.post(address)
    assert answer.headers["Location"] == "/suppliers/7/?tab=documents"
    found.refresh_from_db()
    assert found.read_at is not None


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example", ""])
def test_opening_leads_nowhere_else(sign_in: SignIn, buyer: User, url: str) -> None:
    (found,) = tell(buyer, url=url)
    answer = sign_in(buyer).post(reverse("portal:notification-open", args=[found.pk]))
    assert answer.headers["Location"] == LIST


@pytest.mark.parametrize("route", ["portal:notification-open", "portal:notification-read"])
def test_those_of_others_do_not_exist(
    sign_in: SignIn, buyer: User, auditor: User, route: str
) -> None:
    (found,) = tell(buyer)
    assert sign_in(auditor).post(reverse(route, args=[found.pk])).status_code == 404
    found.refresh_from_db()
    assert found.read_at is None


def test_htmx_gets_the_line_and_the_bell(sign_in: SignIn, buyer: User) -> None:
    found, _other = tell(buyer, 2)
    answer = sign_in(buyer).post(
        reverse("portal:notification-read", args=[found.pk]), headers={"HX-Request": "true"}
    )
    part = answer.content.decode()
    assert f'id="notification-{found.pk}"' in part
    assert "Notifications: 1 unread" in part
    assert "<html" not in part


def test_all_at_once(sign_in: SignIn, buyer: User, auditor: User) -> None:
    tell(buyer, 4)
    tell(auditor)
    sign_in(buyer).post(reverse("portal:notification-read-all"))
    assert not Notification.objects.visible_to(buyer).unread().exists()
    assert Notification.objects.visible_to(auditor).unread().count() == 1


def test_profile_keeps_what_is_mailed(sign_in: SignIn, supplier_user: User) -> None:
    client = sign_in(supplier_user)
    form = {"name": "王亮", "language": "zh-hans", "mail_preference": "urgent"}
    client.post(reverse("accounts:profile"), form)
    supplier_user.refresh_from_db()
    assert supplier_user.mail_preference == "urgent"
    client.post(reverse("accounts:profile"), {"name": "王亮", "mail_preference": "loud"})
    supplier_user.refresh_from_db()
    assert supplier_user.mail_preference == "urgent"
