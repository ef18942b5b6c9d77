"""Finding the right person: another contact, new links, revoked ones, mails that came back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core import clock
from core.errors import DomainError, InvalidInput, NotAllowed
from core.models import Mail, MailState, Notification
from core.services.bounces import record_failure
from suppliers.models import Supplier, SupplierContact
from surveys.models import Campaign, Participant
from surveys.selectors.board import board_of
from surveys.services.people import (
    add_contact,
    hold_reminders,
    renew_link,
    revoke_links,
    set_contact,
)
from surveys.services.reminders import take_steps
from surveys.services.starting import add_supplier
from tests.factories.surveys import in_scope, part_of, running
from tests.surveys.answering import link_of_mail, send_mails

pytestmark = pytest.mark.django_db


@pytest.fixture
def tin(db: None, buyer: User) -> Supplier:
    return in_scope(buyer=buyer)


@pytest.fixture
def survey(tin: Supplier, csr_specialist: User) -> Campaign:
    return running(csr_specialist)


def test_a_named_colleague_is_asked_with_one_click(
    survey: Campaign, tin: Supplier, buyer: User, sign_in: Any
) -> None:
    path = link_of_mail()
    Client().post(f"{path}say/colleague/", {"name": "Li Wei", "email": "li@supplier.test"})
    client = sign_in(buyer)
    page = client.get(reverse("surveys:participant-detail", args=[part_of(tin).pk]))
    assert "name=Li%20Wei&amp;email=li%40supplier.test" in page.content.decode()
    url = reverse("surveys:participant-contact", args=[part_of(tin).pk])
    answer = client.post(url, {"contact": "", "name": "Li Wei", "email": "li@supplier.test"})
    assert answer.status_code == 302
    part = part_of(tin)
    assert part.contact is not None
    assert (part.contact.email, part.contact.role) == ("li@supplier.test", "minerals")
    assert part.messages.get().handled_by == buyer
    send_mails()
    assert mail.outbox[-1].to == ["li@supplier.test"]
    assert Client().get(path).status_code == 404
    assert Client().get(link_of_mail()).status_code == 200


def test_who_is_known_already_is_not_added_twice(
    survey: Campaign, tin: Supplier, csr_specialist: User
) -> None:
    SupplierContact.objects.create(supplier=tin, name="Known", email="Known@supplier.test")
    add_contact(csr_specialist, part_of(tin).pk, "Known again", "known@supplier.test")
    assert tin.contacts.count() == 2
    contact = part_of(tin).contact
    assert contact is not None
    assert contact.name == "Known"


def test_contacts_of_others_cannot_be_chosen(
    survey: Campaign, tin: Supplier, csr_specialist: User
) -> None:
    other = in_scope()
    stranger = other.contacts.get()
    with pytest.raises(InvalidInput) as caught:
        set_contact(csr_specialist, part_of(tin).pk, stranger.pk)
    assert caught.value.code == "contact_not_found"


def test_a_new_link_makes_the_old_one_useless(
    survey: Campaign, tin: Supplier, csr_specialist: User
) -> None:
    old = link_of_mail()
    renew_link(csr_specialist, part_of(tin).pk)
    new = link_of_mail()
    assert old != new
    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200
    assert revoke_links(csr_specialist, part_of(tin).pk) == 1
    assert Client().get(new).status_code == 404


def test_those_who_only_read_change_nobody(survey: Campaign, tin: Supplier, auditor: User) -> None:
    for act in (renew_link, revoke_links):
        with pytest.raises(NotAllowed):
            act(auditor, part_of(tin).pk)


def test_a_mail_that_came_back_is_told_and_shown(
    survey: Campaign, tin: Supplier, buyer: User, csr_specialist: User, sign_in: Any
) -> None:
    send_mails()
    sent = Mail.objects.get()
    assert record_failure(sent.pk, MailState.BOUNCED, "5.1.1 no such user")
    assert not record_failure(sent.pk, MailState.BOUNCED, "again")
    assert Notification.objects.filter(kind="survey.bounced", recipient=buyer).count() == 1
    assert board_of(csr_specialist, survey).bounced == 1
    client = sign_in(csr_specialist)
    listed = client.get(f"/surveys/{survey.pk}/?reach=bounced").content.decode()
    assert tin.name in listed
    page = client.get(reverse("surveys:participant-detail", args=[part_of(tin).pk]))
    assert "no such user" in page.content.decode()
    # With the right person it is over.
    add_contact(csr_specialist, part_of(tin).pk, "Right", "right@supplier.test")
    assert board_of(csr_specialist, survey).bounced == 0


def test_no_reminders_for_a_while(survey: Campaign, tin: Supplier, csr_specialist: User) -> None:
    today = clock.today()
    hold_reminders(csr_specialist, part_of(tin).pk, today + dt.timedelta(days=40))
    assert take_steps(today + dt.timedelta(days=30)) == 0
    with pytest.raises(InvalidInput):
        hold_reminders(csr_specialist, part_of(tin).pk, today)
    hold_reminders(csr_specialist, part_of(tin).pk, None)
    assert take_steps(today + dt.timedelta(days=30)) == 1


def test_one_more_supplier_while_it_runs(survey: Campaign, csr_specialist: User) -> None:
    late = in_scope()
    nothing = in_scope(metals=())
    part = add_supplier(csr_specialist, survey.pk, late.pk, "New since the start")
    assert isinstance(part, Participant)
    assert (part.asked_on, survey.scope.filter(supplier=late).count()) == (clock.today(), 0)
    for supplier, code in ((late, "survey_asked_already"), (nothing, "survey_nothing_to_ask")):
        with pytest.raises(DomainError) as caught:
            add_supplier(csr_specialist, survey.pk, supplier.pk, "Again")
        assert caught.value.code == code


def test_who_is_asked_again_after_another_gets_a_link_that_works(
    survey: Campaign, tin: Supplier, csr_specialist: User
) -> None:
    first = tin.contacts.get()
    link_of_mail()
    add_contact(csr_specialist, part_of(tin).pk, "Another", "another@supplier.test")
    send_mails()
    set_contact(csr_specialist, part_of(tin).pk, first.pk)
    path = link_of_mail()
    assert mail.outbox[-1].to == [first.email]
    assert Client().get(path).status_code == 200
