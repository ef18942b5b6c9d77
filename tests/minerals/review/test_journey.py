"""The whole way: a file with contradictions, questions, a corrected file, accepted."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from core.errors import DomainError, NotFound
from core.models import Notification
from minerals.enums import ClarificationState, DeclarationStatus, ReviewState
from minerals.models import Clarification, Declaration, RiskRating
from minerals.selectors.clarifications import clarification_for, clarifications_for, question_lines
from minerals.selectors.review import decisions_in_force, pending_questions
from minerals.selectors.review_work import clarification_tasks, review_work
from minerals.services.clarifications import AnswerInput, answer_questions
from minerals.services.rating import rate_supplier
from minerals.services.review import take_step
from suppliers.models import GateRecord, Supplier
from tests.factories.minerals import Desk, form
from tests.minerals.review.conftest import ask, contradicting, decide, errors, warnings

pytestmark = pytest.mark.django_db


def told(person: User, kind: str) -> list[Notification]:
    return list(Notification.objects.filter(recipient=person, kind=kind, read_at=None))


def last_gate(supplier: Supplier) -> str:
    newest = GateRecord.objects.filter(supplier=supplier, source="minerals").order_by("-pk").first()
    return newest.result if newest else ""


def test_from_contradictions_to_accepted(
    own_desk: Desk,
    supplier: Supplier,
    wrong: Declaration,
    csr_specialist: User,
    supplier_user: User,
) -> None:
    supplier.minerals.create(metal="tin", reason="solder")
    assert wrong.status == DeclarationStatus.NEEDS_CORRECTION
    with pytest.raises(DomainError, match="errors_undecided"):
        take_step(csr_specialist, wrong.pk, "accept")

    asked = ask(csr_specialist, wrong, errors(wrong), "Do you use tungsten at all?")
    assert wrong.status == DeclarationStatus.CLARIFICATION_OPEN
    assert (asked.owner, asked.items.count()) == (csr_specialist, len(errors(wrong)))
    line = question_lines(asked)[0]
    assert line.cells
    assert line.text.message
    assert line.text.remedy
    assert told(supplier_user, "clarification.asked")[0].is_urgent, "mailed at once"
    assert [task.url for task in clarification_tasks(supplier_user)] == [asked.get_absolute_url()]

    corrected = own_desk.hand_in(supplier, form(), "corrected.xlsx")
    asked.refresh_from_db()
    wrong.refresh_from_db()
    assert (asked.state, asked.answered_with) == (ClarificationState.ANSWERED, corrected)
    assert wrong.status == DeclarationStatus.SUPERSEDED
    assert corrected.status == DeclarationStatus.UNDER_REVIEW, "the review goes on with it"
    assert corrected.reviewer == csr_specialist
    assert told(csr_specialist, "clarification.answered")
    assert told(supplier_user, "clarification.asked") == [], "nobody has to answer any more"
    assert "corrected file" in review_work(csr_specialist)[0].detail

    take_step(csr_specialist, corrected.pk, "accept")
    corrected.refresh_from_db()
    asked.refresh_from_db()
    assert corrected.status in (DeclarationStatus.ACCEPTED, DeclarationStatus.WITH_EXCEPTIONS)
    assert asked.state == ClarificationState.CLOSED
    assert last_gate(supplier) == "passed"
    assert told(supplier_user, "declaration.accepted")
    rate_supplier(supplier.pk)
    assert not RiskRating.objects.get(supplier=supplier).is_provisional


def test_another_supplier_sees_nothing(
    wrong: Declaration, csr_specialist: User, other_supplier_user: User, buyer: User
) -> None:
    asked = ask(csr_specialist, wrong, errors(wrong))
    assert clarifications_for(buyer).get() == asked, "procurement sees"
    assert not clarifications_for(other_supplier_user).exists()
    assert clarification_tasks(other_supplier_user) == []
    with pytest.raises(NotFound):
        clarification_for(other_supplier_user, asked.pk)
    with pytest.raises(NotFound):
        answer_questions(other_supplier_user, asked.pk, AnswerInput({1: "x"}))


def test_an_identical_file_is_asked_nothing_again(
    own_desk: Desk,
    supplier: Supplier,
    wrong: Declaration,
    csr_specialist: User,
    supplier_user: User,
) -> None:
    decide(csr_specialist, wrong, warnings(wrong), "waived", "known") if warnings(wrong) else None
    asked = ask(csr_specialist, wrong, errors(wrong))
    answers = {item.position: "We use no tin." for item in asked.items.all()}
    answer_questions(supplier_user, asked.pk, AnswerInput(answers))
    before = decisions_in_force(wrong)

    later = (wrong.effective_on or dt.date(2026, 3, 31)) + dt.timedelta(days=1)
    same = own_desk.hand_in(
        supplier, contradicting(company={"effective_date": later.isoformat()}), "again.xlsx"
    )
    assert same.pk != wrong.pk
    assert same.content_key == wrong.content_key
    assert decisions_in_force(same) == before
    assert pending_questions(same) == []
    asked.refresh_from_db()
    assert (asked.declaration, asked.answered_with) == (same, None), "the same is no correction"
    with pytest.raises(DomainError, match="question_answered_already"):
        decide(csr_specialist, same, errors(same), "asked")
    decide(csr_specialist, same, errors(same), "asked", "Then why is tin marked?")
    assert len(pending_questions(same)) == len(errors(same))


def test_open_questions_go_on_with_an_identical_file(
    own_desk: Desk, supplier: Supplier, wrong: Declaration, csr_specialist: User
) -> None:
    asked = ask(csr_specialist, wrong, errors(wrong))
    later = (wrong.effective_on or dt.date(2026, 3, 31)) + dt.timedelta(days=1)
    company = {"effective_date": later.isoformat()}
    same = own_desk.hand_in(supplier, contradicting(company=company), "again.xlsx")
    asked.refresh_from_db()
    assert (asked.state, asked.declaration) == (ClarificationState.OPEN, same)
    assert same.review == ReviewState.CLARIFICATION_OPEN
    assert Clarification.objects.filter(state=ClarificationState.OPEN).count() == 1


def test_answers_in_words_bring_it_back_to_the_reviewer(
    wrong: Declaration, csr_specialist: User, supplier_user: User
) -> None:
    asked = ask(csr_specialist, wrong, errors(wrong))
    first = asked.items.first()
    assert first is not None
    answer_questions(supplier_user, asked.pk, AnswerInput({first.position: "So"}, is_final=False))
    asked.refresh_from_db()
    assert asked.state == ClarificationState.OPEN, "kept, not sent"
    every = {item.position: "We use no tin." for item in asked.items.all()}
    with pytest.raises(DomainError, match="answers_missing"):
        answer_questions(supplier_user, asked.pk, AnswerInput(every | {first.position: " "}))
    answer_questions(supplier_user, asked.pk, AnswerInput(every))
    wrong.refresh_from_db()
    assert wrong.status == DeclarationStatus.UNDER_REVIEW
    decide(csr_specialist, wrong, errors(wrong), "waived", "They use none; next year's file.")
    take_step(csr_specialist, wrong.pk, "accept")
    wrong.refresh_from_db()
    assert wrong.status == DeclarationStatus.WITH_EXCEPTIONS


def test_a_file_that_counts_less_answers_nothing(
    own_desk: Desk, supplier: Supplier, wrong: Declaration, csr_specialist: User
) -> None:
    asked = ask(csr_specialist, wrong, errors(wrong))
    old = form(company={"effective_date": "2020-01-01"})
    late = own_desk.hand_in(supplier, old, "old.xlsx")
    assert late.status == DeclarationStatus.SUPERSEDED
    asked.refresh_from_db()
    assert asked.state == ClarificationState.OPEN
