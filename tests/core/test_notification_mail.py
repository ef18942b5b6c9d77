"""Notifications by e-mail: urgent at once, routine in one digest a day, nothing twice or lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from core import clock
from core.models import MailPreference, Notification
from core.services import notification_mail as mailing
from core.services.notifications import notify
from core.tasks import mail_urgent_notification, requeue_urgent_mail

pytestmark = pytest.mark.django_db
TEXT = N_("%(name)s is stored.")
Capture = Callable[..., AbstractContextManager[list[Callable[[], Any]]]]


@pytest.fixture
def site(settings: Any) -> None:
    settings.PORTAL_URL = "https://portal.example"


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What would have been handed to the worker."""
    tasks: list[tuple[Any, ...]] = []

    def send(*args: Any) -> bool:
        tasks.append(args)
        return True

    monkeypatch.setattr("core.queue.send", send)
    monkeypatch.setattr("core.tasks.send", send)
    return tasks


def refuse(*args: Any, **kwargs: Any) -> int:
    raise OSError("connection refused")


def tell(person: User, *, is_urgent: bool = False, name: str = "Bright & Co.") -> Notification:
    return notify(
        [person], "test.told", TEXT, {"name": name}, url="/suppliers/1/", is_urgent=is_urgent
    )[0]


def html_of(message: mail.EmailMessage) -> str:
    assert isinstance(message, mail.EmailMultiAlternatives)
    html, kind = message.alternatives[0]
    assert kind == "text/html"
    return str(html)


def everybody_gets_the_digest() -> list[bool]:
    return [mailing.mail_digest(key) for key in mailing.digest_recipients()]


def test_urgent_is_handed_to_the_worker_after_commit(
    buyer: User,
    sent: list[tuple[Any, ...]],
    django_capture_on_commit_callbacks: Capture,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        urgent = tell(buyer, is_urgent=True)
        tell(buyer)
        assert sent == []
    assert sent == [("core.tasks.mail_urgent_notification", urgent.pk)]


def test_urgent_mail_is_in_the_readers_language_and_goes_once(buyer: User, site: None) -> None:
    buyer.language = "zh-hans"
    buyer.save()
    urgent = tell(buyer, is_urgent=True, name="亮锡有限公司")
    mail_urgent_notification(urgent.pk)
    mail_urgent_notification(urgent.pk)
    (message,) = mail.outbox
    assert message.to == [buyer.email]
    assert message.subject == "已保存 亮锡有限公司。"
    assert "https://portal.example/suppliers/1/" in message.body
    assert "紧急" in message.body
    urgent.refresh_from_db()
    assert urgent.mailed_at is not None


def test_html_part_escapes_what_people_typed(buyer: User, site: None) -> None:
    mailing.mail_urgent(tell(buyer, is_urgent=True, name="<b>&</b>").pk)
    message = mail.outbox[0]
    assert "&lt;b&gt;&amp;&lt;/b&gt;" in html_of(message)
    assert "<b>&</b> is stored." in message.body


def test_a_refusing_mail_server_loses_nothing(
    buyer: User, sent: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    urgent, routine = tell(buyer, is_urgent=True), tell(buyer)
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
        mail_urgent_notification(urgent.pk)
        with pytest.raises(mailing.MailRefused):
            mailing.mail_digest(buyer.pk)
    assert not Notification.objects.exclude(mailed_at=None).exists()
    assert requeue_urgent_mail() == 1
    assert sent[-1] == ("core.tasks.mail_urgent_notification", urgent.pk)
    mail_urgent_notification(urgent.pk)
    assert everybody_gets_the_digest() == [True]
    routine.refresh_from_db()
    assert (routine.mailed_at is not None, len(mail.outbox)) == (True, 2)


def test_one_digest_a_day(buyer: User, auditor: User, site: None) -> None:
    for number in range(3):
        tell(buyer, name=f"Company {number}")
    tell(auditor)
    assert everybody_gets_the_digest() == [True, True]
    tell(buyer, name="Later Ltd")
    assert everybody_gets_the_digest() == [False]
    assert [message.to for message in mail.outbox] == [[buyer.email], [auditor.email]]
    first = mail.outbox[0]
    assert first.subject == "3 pieces of news in the supplier portal"
    assert all(f"Company {number} is stored." in first.body for number in range(3))
    assert "https://portal.example/notifications/" in first.body
    with time_machine.travel(clock.now() + dt.timedelta(days=1)):
        assert everybody_gets_the_digest() == [True]
    assert "Later Ltd" in mail.outbox[-1].body
    assert "Company 1" not in mail.outbox[-1].body


def test_digest_in_chinese(buyer: User) -> None:
    buyer.language = "zh-hans"
    buyer.save()
    tell(buyer, name="亮锡有限公司")
    everybody_gets_the_digest()
    message = mail.outbox[0]
    assert "1 条" in message.subject
    assert "已保存 亮锡有限公司。" in message.body
    assert 'lang="zh-hans"' in html_of(message)


@pytest.mark.parametrize(
    ("preference", "urgent", "digest"),
    [
        (MailPreference.DIGEST, True, [True]),
        (MailPreference.URGENT, True, []),
        (MailPreference.NONE, False, []),
    ],
)
def test_people_choose_what_is_mailed(
    buyer: User, preference: str, urgent: bool, digest: list[bool]
) -> None:
    User.objects.filter(pk=buyer.pk).update(mail_preference=preference)
    assert mailing.mail_urgent(tell(buyer, is_urgent=True).pk) is urgent
    tell(buyer)
    assert everybody_gets_the_digest() == digest


def test_read_ones_and_closed_accounts_are_not_mailed(buyer: User, auditor: User) -> None:
    Notification.objects.filter(pk=tell(buyer).pk).update(read_at=clock.now())
    tell(auditor)
    urgent = tell(auditor, is_urgent=True)
    User.objects.filter(pk=auditor.pk).update(is_active=False)
    assert everybody_gets_the_digest() == []
    assert not mailing.mail_urgent(urgent.pk)
    assert mail.outbox == []


def test_a_long_digest_says_how_many_more(buyer: User) -> None:
    for number in range(mailing.LINES_IN_DIGEST + 2):
        tell(buyer, name=f"Company {number}")
    everybody_gets_the_digest()
    assert "and 2 more." in mail.outbox[0].body
    assert not Notification.objects.filter(mailed_at=None).exists()
