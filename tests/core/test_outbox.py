"""Letters to people outside: packed together, few a week, none lost and none twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command

from accounts.models import User
from core import clock
from core.models import Letter, LetterState, Mail, MailPreference, MailState, Notification
from core.services import notification_mail
from core.services.bounces import read_report
from core.services.mail_delivery import deliver_mails, message_id, message_of
from core.services.notifications import notify
from core.services.outbox import (
    LetterInput,
    LetterWriter,
    Written,
    mails_left,
    pack_due_letters,
    post_letters,
    withdraw_letters,
)
from suppliers.models import Supplier
from tests.support.mail_server import MailServer, mail_server

pytestmark = pytest.mark.django_db
TO = "dana@supplier.test"


class Writer(LetterWriter):
    """Says what the params say; nothing where they are empty."""

    back: list[str] = []

    def written(self, letter: Letter) -> Written | None:
        text = letter.params.get("text", "")
        return Written(text, (text,), "Open") if text else None

    def link(self, letter: Letter) -> str:
        return f"https://portal.example/{letter.key}"

    def came_back(self, letter: Letter, problem: str) -> None:
        self.back.append(f"{letter.key}: {problem}")


@pytest.fixture(autouse=True)
def _writer(settings: Any) -> Iterator[None]:
    settings.LETTER_WRITERS = {"test": "tests.core.test_outbox.Writer"}
    Writer.back.clear()
    yield


def post(subject: Supplier, *keys: str, to: str = TO, **more: Any) -> None:
    facts: dict[str, Any] = {"kind": "test.said", "params": {"text": "Hello"}, **more}
    post_letters(LetterInput(subject=subject, key=key, address=to, **facts) for key in keys)


def use(settings: Any, server: MailServer) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port


def test_what_is_due_goes_into_one_mail(supplier: Supplier) -> None:
    post(supplier, "a", "b", to="Dana@Supplier.test")
    post(supplier, "later", due_at=clock.now() + dt.timedelta(days=1))
    assert pack_due_letters() == 1
    deliver_mails()
    (sent,) = mail.outbox
    assert sent.subject == "Hello, and 1 more"
    assert "https://portal.example/a" in str(sent.body)
    assert "https://portal.example/b" in str(sent.body)
    assert Letter.objects.filter(state=LetterState.WAITING).count() == 1


def test_the_same_is_never_said_twice(supplier: Supplier) -> None:
    for _time in range(2):
        post(supplier, "a")
        pack_due_letters()
        deliver_mails()
    assert len(mail.outbox) == 1


def test_a_few_mails_a_week_whatever_happens(supplier: Supplier, settings: Any) -> None:
    start = clock.now()
    for day in range(10):
        with time_machine.travel(start + dt.timedelta(days=day), tick=False):
            post(supplier, f"day {day}")
            pack_due_letters()
            deliver_mails()
            assert mails_left(TO) >= 0
    days = [(row.created_at - start).days for row in Mail.objects.order_by("created_at")]
    for day in days:
        assert sum(day <= other < day + 7 for other in days) <= settings.MAILS_PER_WEEK
    # What waited meanwhile went together with what came later; only the newest may still wait.
    assert Letter.objects.filter(state=LetterState.WAITING).count() <= 4
    assert len(days) >= settings.MAILS_PER_WEEK + 1


def test_what_was_asked_for_goes_all_the_same(supplier: Supplier) -> None:
    for number in range(3):
        Mail.objects.create(address=TO, title=str(number), state=MailState.SENT)
    post(supplier, "pushed")
    post(supplier, "asked for", is_wanted=True)
    pack_due_letters()
    packed = Letter.objects.filter(state=LetterState.PACKED).values_list("key", flat=True)
    assert list(packed) == ["asked for"]


def test_what_nobody_wants_any_more_is_withdrawn(supplier: Supplier) -> None:
    post(supplier, "said", params={})
    post(supplier, "taken back")
    withdraw_letters(Letter.objects.filter(key="taken back"))
    assert pack_due_letters() == 0
    assert set(Letter.objects.values_list("state", flat=True)) == {LetterState.WITHDRAWN}


def test_notifications_of_people_outside_share_the_week(
    supplier_user: User, buyer: User, supplier: Supplier
) -> None:
    for person in (supplier_user, buyer):
        User.objects.filter(pk=person.pk).update(mail_preference=MailPreference.DIGEST)
        for number in range(3):
            Mail.objects.create(address=person.email, title=str(number), state=MailState.SENT)
    told = notify([supplier_user, buyer], "test.told", "Urgent.", {}, url="/", is_urgent=True)
    sent = [notification_mail.mail_urgent(one.pk) for one in told]
    by_person = dict(zip([one.recipient_id for one in told], sent, strict=True))
    assert by_person == {supplier_user.pk: False, buyer.pk: True}
    assert notification_mail.waiting_urgent_keys() == []
    # It is told in the digest once there is room again, and takes its share itself.
    assert not notification_mail.mail_digest(supplier_user.pk)
    Mail.objects.filter(address=supplier_user.email).delete()
    assert notification_mail.mail_digest(supplier_user.pk)
    assert mails_left(supplier_user.email) == 2
    assert Notification.objects.exclude(mailed_at=None).count() == 2


def test_who_wishes_urgent_mails_only_gets_them_when_there_is_room(supplier_user: User) -> None:
    User.objects.filter(pk=supplier_user.pk).update(mail_preference=MailPreference.URGENT)
    for number in range(3):
        Mail.objects.create(address=supplier_user.email, title=str(number), state=MailState.SENT)
    (told,) = notify([supplier_user], "test.told", "Urgent.", {}, url="/", is_urgent=True)
    assert not notification_mail.mail_urgent(told.pk)
    assert notification_mail.waiting_urgent_keys() == []
    Mail.objects.filter(title="0").delete()
    assert notification_mail.waiting_urgent_keys() == [told.pk]
    assert notification_mail.mail_urgent(told.pk)


def test_through_a_real_mail_server(supplier: Supplier, settings: Any) -> None:
    with mail_server() as server:
        use(settings, server)
        post(supplier, "a")
        pack_due_letters()
        deliver_mails()
    sent = Mail.objects.get()
    assert server.taken == [(TO, message_id(sent))]
    assert server.messages[0]["Auto-Submitted"] == "auto-generated"
    assert sent.state == MailState.SENT


def test_a_refused_address_is_told_and_holds_up_nobody(supplier: Supplier, settings: Any) -> None:
    def answer(address: str) -> int:
        return {"no@supplier.test": 550, "full@supplier.test": 452}.get(address, 250)

    with mail_server(answer=answer) as server:
        use(settings, server)
        for name in ("no", "full", "yes"):
            post(supplier, name, to=f"{name}@supplier.test")
        pack_due_letters()
        deliver_mails()
        assert [address for address, _id in server.taken] == ["yes@supplier.test"]
        states = dict(Mail.objects.values_list("address", "state"))
        assert states["no@supplier.test"] == MailState.REFUSED
        assert states["full@supplier.test"] == MailState.READY
        assert Writer.back == ["no: 550 no such mailbox"]
        # Tried again later, not at once, and then taken.
        assert not deliver_mails()
        server.answer = lambda _address: 250
        with time_machine.travel(clock.now() + dt.timedelta(minutes=5), tick=False):
            deliver_mails()
    assert sorted(address for address, _id in server.taken) == [
        "full@supplier.test",
        "yes@supplier.test",
    ]


def test_a_mail_server_that_is_away_loses_nothing(supplier: Supplier, settings: Any) -> None:
    with mail_server(break_after=2) as server:
        use(settings, server)
        for number in range(6):
            post(supplier, str(number), to=f"p{number}@supplier.test")
        pack_due_letters()
        assert not deliver_mails()
        assert len(server.taken) == 2
        assert Mail.objects.filter(state=MailState.SENT).count() <= 2
        server.break_after = None
        with time_machine.travel(clock.now() + dt.timedelta(hours=7), tick=False):
            while deliver_mails():
                pass
    assert Mail.objects.filter(state=MailState.SENT).count() == 6
    assert {address for address, _id in server.taken} == {f"p{n}@supplier.test" for n in range(6)}
    # One that was taken just before the break may come again, under the same key.
    assert len({key for _address, key in server.taken}) == 6


def test_a_slow_mail_server(supplier: Supplier, settings: Any) -> None:
    settings.EMAIL_TIMEOUT = 1
    with mail_server(delay=2) as server:
        use(settings, server)
        post(supplier, "a")
        pack_due_letters()
        assert not deliver_mails()
    sent = Mail.objects.get()
    assert (sent.state, sent.attempts) == (MailState.READY, 1)
    assert sent.next_try_at is not None


def test_what_a_killed_worker_held_is_sent_under_the_same_key(supplier: Supplier) -> None:
    post(supplier, "a")
    pack_due_letters()
    held = Mail.objects.get()
    Mail.objects.update(state=MailState.SENDING, claimed_at=clock.now())
    assert not deliver_mails()
    assert mail.outbox == []
    with time_machine.travel(clock.now() + dt.timedelta(minutes=10), tick=False):
        deliver_mails()
    assert mail.outbox[0].extra_headers["Message-ID"] == message_id(held)


def test_personal_links_are_in_no_table(supplier: Supplier) -> None:
    post(supplier, "secret")
    pack_due_letters()
    stored = Mail.objects.get()
    assert "https://" not in str(stored.content)
    assert "https://portal.example/secret" in str(message_of(stored).body)


REPORT = """From: postmaster@mail.test
To: portal@example.test
Content-Type: multipart/report; report-type=delivery-status; boundary="x"
MIME-Version: 1.0

--x
Content-Type: text/plain

It did not work.
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.test

Final-Recipient: rfc822; dana@supplier.test
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {status} no such user

--x
Content-Type: {kind}

Message-ID: {key}
Subject: Hello

--x--
"""


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_reports_of_undelivered_mail_are_read(
    supplier: Supplier, kind: str, tmp_path: Any, capsys: Any
) -> None:
    post(supplier, "a")
    pack_due_letters()
    deliver_mails()
    sent = Mail.objects.get()
    facts = {"kind": kind, "key": message_id(sent)}
    later = REPORT.format(action="delayed", status="4.4.1", **facts)
    assert not read_report(later.encode())
    path = tmp_path / "report.eml"
    path.write_text(REPORT.format(action="failed", status="5.1.1", **facts))
    call_command("read_bounces", str(tmp_path))
    sent.refresh_from_db()
    assert (sent.state, sent.problem) == (MailState.BOUNCED, "5.1.1 5.1.1 no such user")
    assert Writer.back == ["a: 5.1.1 5.1.1 no such user"]
    call_command("read_bounces", str(path))
    assert len(Writer.back) == 1
    assert mails_left(TO) == 3


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\xff\xfe\x00", b"Content-Type: x\n\n--"])
def test_what_is_no_report(content: bytes) -> None:
    assert not read_report(content)


def test_a_report_that_is_not_there() -> None:
    with pytest.raises(CommandError):
        call_command("read_bounces", "/nowhere/at/all")
