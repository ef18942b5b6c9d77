"""Nine weeks of a survey, day by day: the schedule, the limit of mails, and what stops them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core import mail

from accounts.models import User
from core.models import Mail, MailState, Notification
from core.services.mail_delivery import deliver_mails
from core.services.outbox import pack_due_letters
from minerals.models import RiskEvent
from suppliers.models import Supplier, SupplierContact
from surveys.models import Campaign, Participant, SurveyStep
from surveys.rules.days_off import is_day_off
from surveys.services.chasing import extend, remind, take_out
from surveys.services.reminders import take_steps
from surveys.services.running import close_campaign, pause_campaign, resume_campaign
from tests.factories.minerals import make_declaration
from tests.factories.surveys import in_scope, part_of, running

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 8, 31, 1, 0, tzinfo=dt.UTC)


def day(number: int) -> dt.datetime:
    return START + dt.timedelta(days=number)


def work_of_a_day() -> None:
    """What the scheduler does, twice, as it does."""
    for _time in range(2):
        take_steps(dt.datetime.now(dt.UTC).date())
        pack_due_letters()
        while deliver_mails():
            pass


def live(first: int, last: int, each: Any = None) -> None:
    for number in range(first, last + 1):
        with time_machine.travel(day(number), tick=False):
            if each is not None:
                each(number)
            work_of_a_day()


def sent_to(supplier: Supplier) -> list[tuple[int, str]]:
    """Day of the survey and title of each mail."""
    addresses = [contact.email for contact in supplier.contacts.all()]
    found = Mail.objects.filter(address__in=addresses, state=MailState.SENT).order_by("sent_at")
    return [((row.sent_at - START).days, row.title) for row in found if row.sent_at]


def days_of(supplier: Supplier) -> list[int]:
    return [number for number, _title in sent_to(supplier)]


@pytest.fixture
def survey(csr_specialist: User, buyer: User, admin: User) -> Campaign:
    with time_machine.travel(START, tick=False):
        for _place in range(4):
            in_scope(buyer=buyer)
        in_scope(buyer=buyer, country="CN")
        return running(csr_specialist, manager=admin)


def suppliers(survey: Campaign) -> list[Supplier]:
    return [one.supplier for one in survey.participants.order_by("pk")]


def test_nine_weeks(survey: Campaign, buyer: User, admin: User) -> None:
    silent, prompt, late, declines, chinese = suppliers(survey)
    backup = SupplierContact.objects.create(supplier=silent, name="Backup", email="b@supplier.test")

    def life(number: int) -> None:
        if number == 10:
            make_declaration(prompt)
        if number == 30:
            make_declaration(late)
        if number == 20:
            Participant.objects.filter(supplier=declines).update(declined_at=day(20))

    live(0, 75, life)
    assert days_of(prompt) == [0]
    assert days_of(late) == [0, 14, 28]
    assert days_of(declines) == [0, 14]
    # Day 45 after the start is the third after the due date: the contact and the backup.
    assert days_of(silent) == [0, 14, 28, 42, 45, 45]
    assert Mail.objects.filter(address=backup.email).count() == 1
    steps = SurveyStep.objects.filter(participant=part_of(silent))
    assert [step.code for step in steps] == [
        "reminder_1", "reminder_2", "due", "backup", "buyer", "manager", "decision",
    ]  # fmt: skip
    told = defaultdict(list)
    for row in Notification.objects.filter(about_key=silent.pk):
        told[row.kind].append(row.recipient)
    assert told["survey.silent"] == [buyer]
    assert set(told["survey.manager"]) == {buyer, admin}
    assert set(told["survey.decision"]) == {buyer, admin}
    assert [event.kind for event in RiskEvent.objects.filter(supplier=silent)] == ["no_response"]
    assert not RiskEvent.objects.exclude(supplier__in=[silent, chinese]).exists()
    # The National Day holidays of China: 1 to 7 October.
    for number in days_of(chinese):
        assert not is_day_off(day(number).date(), "CN")
    assert_limit()


def assert_limit() -> None:
    """Nobody had more than the week's mails in any seven days."""
    by_address: dict[str, list[dt.datetime]] = defaultdict(list)
    for row in Mail.objects.all():
        if row.sent_at is not None:
            by_address[row.address].append(row.sent_at)
    for moments in by_address.values():
        for moment in moments:
            window = [one for one in moments if moment <= one < moment + dt.timedelta(days=7)]
            assert len(window) <= django_settings.MAILS_PER_WEEK


def test_the_limit_holds_whoever_presses_the_button(survey: Campaign, buyer: User) -> None:
    """A buyer who reminds every day does not flood the contact."""
    silent = suppliers(survey)[0]

    def press(number: int) -> None:
        remind(buyer, survey.pk, [part_of(silent).pk])

    live(0, 20, press)
    assert_limit()
    assert len(days_of(silent)) <= 9


def test_nothing_is_sent_twice_by_a_second_run(survey: Campaign) -> None:
    live(0, 14)
    assert len(mail.outbox) == 10
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 10


def test_a_pause_stops_and_the_last_step_alone_is_taken_after(
    survey: Campaign, csr_specialist: User
) -> None:
    silent = suppliers(survey)[0]
    live(0, 5)
    pause_campaign(csr_specialist, survey.pk)
    live(6, 30)
    assert days_of(silent) == [0]
    resume_campaign(csr_specialist, survey.pk)
    live(31, 33)
    assert days_of(silent) == [0, 31]
    passed = SurveyStep.objects.filter(participant=part_of(silent), passed_over=True)
    assert [step.code for step in passed] == ["reminder_1"]


def test_more_time_moves_the_escalation(survey: Campaign, buyer: User) -> None:
    silent = suppliers(survey)[0]
    live(0, 30)
    with time_machine.travel(day(31), tick=False):
        extend(buyer, survey.pk, [part_of(silent).pk], day(60).date(), "New line starts.")
    live(31, 59)
    assert days_of(silent) == [0, 14, 28]
    live(60, 60)
    assert days_of(silent) == [0, 14, 28, 60]


def test_taken_out_and_closed(survey: Campaign, csr_specialist: User) -> None:
    out, other = suppliers(survey)[:2]
    live(0, 2)
    take_out(csr_specialist, survey.pk, [part_of(out).pk], "Sold.")
    live(3, 15)
    assert days_of(out) == [0]
    assert days_of(other) == [0, 14]
    close_campaign(csr_specialist, survey.pk)
    live(16, 50)
    assert days_of(other) == [0, 14]


def test_an_answer_between_packing_and_the_reminder_stops_it(survey: Campaign, buyer: User) -> None:
    """The letter was put in the outbox, the answer came before it was packed."""
    silent = suppliers(survey)[0]
    live(0, 0)
    with time_machine.travel(day(3), tick=False):
        remind(buyer, survey.pk, [part_of(silent).pk])
        make_declaration(silent)
    live(3, 4)
    assert days_of(silent) == [0]
