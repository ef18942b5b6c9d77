"""Questions about the report reach a supplier without an account, and its answers come back."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from minerals.enums import ClarificationState
from minerals.models import Clarification, Declaration
from suppliers.models import Supplier
from surveys.models import Campaign
from tests.factories.surveys import in_scope, running
from tests.minerals.review.conftest import ask, contradicting, errors
from tests.surveys.answering import draft_of, judged, link_of_mail, send_mails, stage_of, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def tin(db: None) -> Supplier:
    return in_scope()


@pytest.fixture
def survey(tin: Supplier, csr_specialist: User) -> Campaign:
    return running(csr_specialist)


@pytest.fixture
def asked(survey: Campaign, tin: Supplier, csr_specialist: User) -> tuple[str, Clarification]:
    path = link_of_mail()
    upload(Client(), path, contradicting())
    draft = judged(draft_of(tin))
    Client().post(f"{path}files/{draft.pk}/submit/", {"explanation": "It is as it is."})
    declaration = Declaration.objects.get(supplier=tin)
    return path, ask(csr_specialist, declaration, errors(declaration), "Which one is right?")


def test_by_mail_and_link_without_an_account(
    asked: tuple[str, Clarification], tin: Supplier
) -> None:
    path, made = asked
    assert stage_of(tin) == "clarification"
    send_mails()
    assert "questions" in mail.outbox[-1].subject.lower()
    guest = Client()
    assert f"questions/{made.pk}/" in guest.get(path).content.decode()
    page = guest.get(f"{path}questions/{made.pk}/")
    assert "Which one is right?" in page.content.decode()

    few = guest.post(f"{path}questions/{made.pk}/", {"answer-1": "The list."})
    assert few.status_code == (302 if made.items.count() == 1 else 422)
    answers = {f"answer-{one.position}": "The list is right." for one in made.items.all()}
    assert guest.post(f"{path}questions/{made.pk}/", answers).status_code == 302
    made.refresh_from_db()
    assert made.state == ClarificationState.ANSWERED
    assert {one.answer for one in made.items.all()} == {"The list is right."}
    assert guest.post(f"{path}questions/{made.pk}/", answers).status_code == 422


def test_bit_by_bit(asked: tuple[str, Clarification]) -> None:
    path, made = asked
    Client().post(f"{path}questions/{made.pk}/", {"answer-1": "Half", "later": "1"})
    made.refresh_from_db()
    assert made.state == ClarificationState.OPEN
    assert "Half" in Client().get(f"{path}questions/{made.pk}/").content.decode()


def test_questions_to_others_are_not_there(asked: tuple[str, Clarification]) -> None:
    path, made = asked
    other = in_scope()
    Clarification.objects.filter(pk=made.pk).update(supplier=other)
    assert Client().get(f"{path}questions/{made.pk}/").status_code == 404
    assert Client().post(f"{path}questions/{made.pk}/", {"answer-1": "x"}).status_code == 404


def test_nothing_is_mailed_that_was_answered_meanwhile(
    asked: tuple[str, Clarification],
) -> None:
    path, made = asked
    answers = {f"answer-{one.position}": "Done." for one in made.items.all()}
    Client().post(f"{path}questions/{made.pk}/", answers)
    before = len(mail.outbox)
    send_mails()
    assert len(mail.outbox) == before
