"""An invited person chooses a password and is at work: no page without a way on."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from suppliers.models import Supplier, SupplierContact
from tests.factories.commitments import make_document, make_request, make_version

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
CHOSEN = {"password1": "very-Long-pass-1", "password2": "very-Long-pass-1"}


@pytest.fixture
def invited(sign_in: SignIn, buyer: User, supplier: Supplier) -> str:
    """The link in the mail to a contact who reads Chinese."""
    contact = SupplierContact.objects.create(
        supplier=supplier, name="王亮", email="wang@bright.example", language="zh-hans"
    )
    access = reverse("suppliers:contact-access", args=[supplier.pk, contact.pk])
    link: str = sign_in(buyer).post(access).context["invitation"].link
    return link


def chinese() -> Client:
    return Client(headers={"accept-language": "zh-hans"})


def title_of(page: str) -> str:
    found = re.search(r"<h1>([^<]*)</h1>", page)
    assert found
    return found[1]


def test_the_first_password_is_set_for_a_named_company(invited: str) -> None:
    page = chinese().get(invited, follow=True).content.decode()
    assert title_of(page) == "设置密码"
    for words in ("王亮", "亮锡有限公司", "示例电子有限公司", "wang@bright.example"):
        assert words in page


def test_who_set_the_first_password_is_signed_in_and_sees_the_tasks(invited: str) -> None:
    client = chinese()
    step = client.get(invited, follow=True)
    home = client.post(step.redirect_chain[-1][0], CHOSEN, follow=True)
    assert home.redirect_chain[-1][0] == "/"
    page = home.content.decode()
    assert "您好，亮锡有限公司" in page
    assert "您的密码已保存。" in page
    assert "您已登录：王亮" in page


def test_a_used_link_leads_on(invited: str) -> None:
    client = chinese()
    step = client.get(invited, follow=True)
    client.post(step.redirect_chain[-1][0], CHOSEN)
    page = chinese().get(invited).content.decode()
    assert title_of(page) == "此链接已失效"
    assert reverse("account_reset_password") in page
    assert reverse("account_login") in page


def test_a_colleague_is_greeted_without_a_supplier(sign_in: SignIn, admin: User) -> None:
    form = {"name": "New", "email": "new@example.test", "roles": ["auditor"]}
    link = sign_in(admin).post("/settings/users/new/", form).context["invitation"].link
    client = Client()
    step = client.get(link, follow=True)
    page = step.content.decode()
    assert title_of(page) == "Set password"
    assert "supplier portal of Example Electronics Ltd." in page
    assert client.post(step.redirect_chain[-1][0], CHOSEN).headers["Location"] == "/"
    assert client.get("/").status_code == 200


def test_a_new_password_is_called_a_change_and_still_asks_the_second_factor(
    auditor: User,
) -> None:
    Authenticator.objects.create(
        user=auditor, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"}
    )
    client = Client()
    client.post(reverse("account_reset_password"), {"email": auditor.email})
    link = re.search(r"http\S+", str(mail.outbox[0].body))
    assert link
    step = client.get(link[0], follow=True)
    assert title_of(step.content.decode()) == "Change password"
    answer = client.post(step.redirect_chain[-1][0], CHOSEN)
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


def test_the_invitation_names_the_companies_and_what_waits(invited: str) -> None:
    letter = mail.outbox[0]
    assert "示例电子有限公司" in letter.subject
    assert "亮锡有限公司" in letter.body
    assert "等待您处理" not in letter.body


def test_the_invitation_lists_tasks(sign_in: SignIn, buyer: User, supplier: Supplier) -> None:
    make_request(supplier, make_version(make_document("letter")))
    contact = SupplierContact.objects.create(
        supplier=supplier, name="Wang", email="wang@bright.example", language="en"
    )
    sign_in(buyer).post(reverse("suppliers:contact-access", args=[supplier.pk, contact.pk]))
    body = mail.outbox[0].body
    assert "What waits for you there:\n- Sign: Letter letter, version 1\n" in body
