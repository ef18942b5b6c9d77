"""A supplier's pages name a human, and say whose portal it is and where the company stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core import clock
from core.models import ActivityEntry, Notification
from portal.selectors.timeline import timeline_entries, timeline_lines
from suppliers.enums import SupplierStatus
from suppliers.models import Supplier, SupplierContact
from suppliers.selectors.own_standing import WORDS
from tests.factories.commitments import make_document, make_request, make_version

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
NOT_ME = reverse("suppliers:wrong-contact")
OWN = "/suppliers/documents/own/"


@pytest.fixture
def bought(supplier: Supplier, buyer: User) -> Supplier:
    Supplier.objects.filter(pk=supplier.pk).update(buyer=buyer)
    supplier.refresh_from_db()
    return supplier


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_each_page_names_the_buyer(
    sign_in: SignIn, supplier_user: User, bought: Supplier, buyer: User
) -> None:
    version = make_version(make_document())
    make_request(bought, version)
    client = sign_in(supplier_user)
    for address in ("/", OWN, reverse("suppliers:commitment-sign", args=[version.pk])):
        shown = page(client, address)
        assert f"mailto:{buyer.email}" in shown
        assert f"{buyer} is your contact at Example Electronics Ltd." in shown
        assert NOT_ME in shown


def test_who_may_not_sign_reads_at_once_whom_to_ask(
    sign_in: SignIn, supplier_user: User, bought: Supplier, buyer: User
) -> None:
    SupplierContact.objects.update(may_sign=False)
    version = make_version(make_document())
    make_request(bought, version)
    shown = page(sign_in(supplier_user), reverse("suppliers:commitment-sign", args=[version.pk]))
    note = shown[shown.index("Who signs?") : shown.index("Sign on paper instead")]
    assert f"mailto:{buyer.email}" in note


def test_without_a_buyer_an_office_is_named(
    sign_in: SignIn, supplier_user: User, bought: Supplier, buyer: User, settings: Any
) -> None:
    client = sign_in(supplier_user)
    User.objects.filter(pk=buyer.pk).update(is_active=False)
    assert "who invited you" in page(client, "/")
    settings.SUPPLIER_HELP_EMAIL = "suppliers@example.test"
    shown = page(client, "/")
    assert "mailto:suppliers@example.test" in shown
    assert buyer.email not in shown


def test_colleagues_get_no_such_line(sign_in: SignIn, auditor: User) -> None:
    assert NOT_ME not in page(sign_in(auditor), "/me/profile/")


def test_who_is_not_responsible_tells_the_buyer(
    sign_in: SignIn,
    supplier_user: User,
    bought: Supplier,
    buyer: User,
    csr_specialist: User,
    auditor: User,
) -> None:
    client = sign_in(supplier_user)
    assert client.get(NOT_ME).status_code == 200
    answer = client.post(NOT_ME, {"name": "陈静", "email": "Chen@bright.example", "words": "Left"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    told = Notification.objects.filter(kind="supplier.contact_wrong")
    assert {one.recipient for one in told} == {buyer, csr_specialist}
    assert told[0].text == (
        "supplier is not the right person at Bright Tin Co., but 陈静 · chen@bright.example is"
    )
    assert told[0].url == f"{bought.get_absolute_url()}?tab=contacts"
    entry = ActivityEntry.objects.get(verb="supplier.contact_wrong")
    line = timeline_lines(buyer, timeline_entries(buyer, bought))[0]
    assert (entry.actor, line.what, line.detail, line.why) == (
        supplier_user,
        "A contact says that somebody else is responsible",
        "陈静 · chen@bright.example",
        "Left",
    )


def test_not_me_needs_no_name_but_takes_no_wrong_address(
    sign_in: SignIn, supplier_user: User, bought: Supplier
) -> None:
    client = sign_in(supplier_user)
    wrong = client.post(NOT_ME, {"email": "nowhere"})
    assert list(wrong.context["form"].errors) == ["email"]
    assert not Notification.objects.exists()
    assert client.post(NOT_ME, {}).status_code == 302
    assert Notification.objects.get().text == "supplier is not the right person at Bright Tin Co."


@pytest.mark.parametrize("status", SupplierStatus.values)
def test_home_says_where_the_company_stands(
    sign_in: SignIn, supplier_user: User, supplier: Supplier, status: str
) -> None:
    Supplier.objects.filter(pk=supplier.pk).update(status=status)
    shown = page(sign_in(supplier_user), "/")
    assert "Supplier portal of Example Electronics Ltd." in shown
    assert str(WORDS[status]) in shown


@pytest.mark.parametrize("status", ["disqualified", "not_introduced", "phased_out"])
def test_nothing_is_asked_after_the_end(
    sign_in: SignIn, supplier_user: User, supplier: Supplier, status: str
) -> None:
    make_request(supplier, make_version(make_document()))
    client = sign_in(supplier_user)
    assert "Upload your conflict minerals report" in page(client, "/")
    Supplier.objects.filter(pk=supplier.pk).update(status=status)
    response = client.get("/")
    assert response.context["home"].open_count == 0
    shown = response.content.decode()
    assert "nothing is asked of you any more" in shown
    for asked in ("Upload", "for you to do", "Blank forms"):
        assert asked not in shown


def test_a_phase_out_to_come_names_its_day(
    sign_in: SignIn, supplier_user: User, supplier: Supplier
) -> None:
    day = clock.today() + dt.timedelta(days=30)
    Supplier.objects.filter(pk=supplier.pk).update(status="phased_out", phase_out_on=day)
    assert f"ends on {day.day} {day:%b %Y}" in page(sign_in(supplier_user), "/")
