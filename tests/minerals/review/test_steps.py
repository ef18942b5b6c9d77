"""Steps of a review, decisions about findings, and what follows elsewhere."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from core.errors import DomainError, InvalidInput, NotAllowed
from core.models import ActivityEntry, Notification
from minerals.enums import ClarificationState, DeclarationStatus, ReviewState
from minerals.models import Declaration, FindingDecision, ReferenceEntry, SmelterLine
from minerals.selectors.history import history_of
from minerals.selectors.review import decisions_in_force, tally_of
from minerals.services.assign import assign_supplier
from minerals.services.batch_review import accept_clean, plan_acceptance
from minerals.services.clarification_reminders import remind_of_clarifications
from minerals.services.clarifications import AskInput, send_questions, take_questions_back
from minerals.services.finding_decisions import undo_finding_decision
from minerals.services.judging import rejudge
from minerals.services.merging import move_declarations
from minerals.services.product_links import set_product_link
from minerals.services.review import take_step
from suppliers.models import GateRecord, Supplier
from tests.factories.minerals import Desk, form, make_declaration
from tests.minerals.review.conftest import ask, decide, errors, keys

pytestmark = pytest.mark.django_db


def gates(supplier: Supplier) -> list[str]:
    found = GateRecord.objects.filter(supplier=supplier, source="minerals").order_by("pk")
    return list(found.values_list("result", flat=True))


def test_errors_are_waived_with_a_reason_or_not_at_all(
    wrong: Declaration, csr_specialist: User
) -> None:
    with pytest.raises(DomainError, match="error_needs_waiver"):
        decide(csr_specialist, wrong, errors(wrong), "accepted")
    with pytest.raises(InvalidInput, match="reason_missing"):
        decide(csr_specialist, wrong, errors(wrong), "waived", "  ")
    decide(csr_specialist, wrong, errors(wrong), "waived", "No tin in what we buy.")
    assert (wrong.review, wrong.reviewer) == (ReviewState.UNDER_REVIEW, csr_specialist)
    take_step(csr_specialist, wrong.pk, "accept")
    wrong.refresh_from_db()
    assert wrong.status == DeclarationStatus.WITH_EXCEPTIONS
    with pytest.raises(DomainError, match="review_decided"):
        decide(csr_specialist, wrong, errors(wrong), "waived", "Again.")


def test_a_decision_is_replaced_and_undone(wrong: Declaration, csr_specialist: User) -> None:
    key = errors(wrong)[0]
    decide(csr_specialist, wrong, [key], "asked", "Why?")
    decide(csr_specialist, wrong, [key], "waived", "It is fine.")
    assert FindingDecision.objects.count() == 2
    kept = decisions_in_force(wrong)[key]
    assert kept.kind == "waived"
    open_before = tally_of(wrong).open_errors
    undo_finding_decision(csr_specialist, kept.pk)
    assert tally_of(wrong).open_errors == open_before + 1
    with pytest.raises(DomainError, match="decision_already_undone"):
        undo_finding_decision(csr_specialist, kept.pk)


@pytest.mark.parametrize("role", ["buyer", "auditor", "esg_reporter", "supplier_user"])
def test_only_reviewers_review(
    role: str, wrong: Declaration, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(role)
    with pytest.raises(NotAllowed):
        take_step(person, wrong.pk, "begin")
    with pytest.raises(NotAllowed):
        decide(person, wrong, errors(wrong), "asked")


def test_rejected_and_reopened(
    desk: Desk, supplier: Supplier, csr_specialist: User, supplier_user: User
) -> None:
    supplier.minerals.create(metal="tin", reason="solder")
    good = desk.hand_in(supplier, form())
    with pytest.raises(InvalidInput, match="reason_missing"):
        take_step(csr_specialist, good.pk, "reject")
    take_step(csr_specialist, good.pk, "reject", "It is the form of another company.")
    good.refresh_from_db()
    assert good.status == DeclarationStatus.REJECTED
    assert gates(supplier)[-1] == "failed"
    note = Notification.objects.get(recipient=supplier_user, kind="declaration.rejected")
    assert "another company" in note.params["reason"]
    take_step(csr_specialist, good.pk, "reopen", "A mistake of ours.")
    good.refresh_from_db()
    assert (good.status, good.review_note) == (DeclarationStatus.UNDER_REVIEW, "")
    words = [line.text for line in history_of(good, supplier_user)]
    assert any("another company" in text for text in words)
    assert not any("mistake" in line.detail for line in history_of(good, supplier_user))
    assert any("mistake" in line.detail for line in history_of(good, csr_specialist))


def test_reopening_takes_the_passed_condition_back(
    wrong: Declaration, supplier: Supplier, csr_specialist: User
) -> None:
    supplier.minerals.create(metal="tin", reason="solder")
    Declaration.objects.filter(pk=wrong.pk).update(verdict="with_warnings")
    wrong.findings.filter(severity="error").update(severity="warning")
    take_step(csr_specialist, wrong.pk, "accept")
    assert gates(supplier)[-1] == "passed"
    take_step(csr_specialist, wrong.pk, "reopen", "Looked again.")
    assert gates(supplier)[-1] == "failed"


def test_a_new_judgement_keeps_the_acceptance_and_marks_what_is_new(
    desk: Desk, supplier: Supplier, csr_specialist: User
) -> None:
    desk.install()
    good = desk.hand_in(supplier, form(misspelt=True))
    known = keys(good)
    decide(csr_specialist, good, errors(good), "waived", "seen") if errors(good) else None
    take_step(csr_specialist, good.pk, "accept")
    rejudge(good.pk)
    assert not good.findings.filter(is_new=True).exists()
    ReferenceEntry.objects.filter(cid="CID900001").delete()
    desk.install("cmrt_6.4", "other.xlsx")
    line = SmelterLine.objects.filter(declaration=good).first()
    assert line is not None
    found = good.findings.exclude(severity="info").first()
    assert found is not None
    found.delete()
    rejudge(good.pk)
    good.refresh_from_db()
    fresh = [one.is_new for one in good.findings.all()]
    assert any(fresh)
    assert good.review in (ReviewState.ACCEPTED, ReviewState.WITH_EXCEPTIONS)
    assert len(known) >= 1
    rejudge(good.pk)
    assert [one.is_new for one in good.findings.all()] == fresh, "it stays new"
    take_step(csr_specialist, good.pk, "reopen", "Look at the new ones.")
    assert not good.findings.filter(is_new=True).exists()


def test_many_at_once_leaves_out_what_wants_a_look(
    desk: Desk, supplier: Supplier, other_supplier: Supplier, wrong: Declaration,
    csr_specialist: User,
) -> None:  # fmt: skip
    clean = make_declaration(other_supplier)
    nobody = make_declaration(None)
    planned = plan_acceptance(csr_specialist, [clean.pk, wrong.pk, nobody.pk])
    assert {line.declaration.pk: line.skip for line in planned} == {
        clean.pk: "", wrong.pk: "errors", nobody.pk: "no_supplier",
    }  # fmt: skip
    done = accept_clean(csr_specialist, [clean.pk, wrong.pk, nobody.pk])
    assert [line.declaration.pk for line in done if not line.skip] == [clean.pk]
    for one in (clean, wrong):
        one.refresh_from_db()
    assert (clean.status, wrong.review) == (DeclarationStatus.ACCEPTED, "")
    with pytest.raises(DomainError, match="nothing_to_accept"):
        accept_clean(csr_specialist, [clean.pk, wrong.pk])


def test_questions_need_somebody_to_answer_them(
    desk: Desk, other_supplier: Supplier, wrong: Declaration, csr_specialist: User, buyer: User
) -> None:
    today = dt.date(2020, 1, 1)
    decide(csr_specialist, wrong, errors(wrong), "asked")
    with pytest.raises(InvalidInput, match="due_date_wrong"):
        send_questions(csr_specialist, wrong.pk, AskInput(today))
    soon = dt.date.today() + dt.timedelta(days=9)
    with pytest.raises(InvalidInput, match="owner_cannot_review"):
        send_questions(csr_specialist, wrong.pk, AskInput(soon, buyer.pk))
    wrong.supplier.contacts.update(user=None)  # type: ignore[union-attr]
    with pytest.raises(DomainError, match="nobody_to_ask"):
        send_questions(csr_specialist, wrong.pk, AskInput(soon))


def test_taken_back_questions_can_be_sent_again(
    wrong: Declaration, csr_specialist: User, supplier_user: User
) -> None:
    asked = ask(csr_specialist, wrong, errors(wrong))
    take_questions_back(csr_specialist, asked.pk)
    wrong.refresh_from_db()
    assert wrong.status == DeclarationStatus.UNDER_REVIEW
    unread = Notification.objects.filter(recipient=supplier_user, read_at=None)
    assert [note.kind for note in unread] == ["clarification.cancelled"]
    soon = dt.date.today() + dt.timedelta(days=9)
    again = send_questions(csr_specialist, wrong.pk, AskInput(soon))
    assert again.items.count() == asked.items.count()


def test_reminded_twice_then_the_buyer_and_never_answered_by_itself(
    wrong: Declaration, supplier: Supplier, csr_specialist: User, supplier_user: User, buyer: User
) -> None:
    supplier.buyer = buyer
    supplier.save()
    asked = ask(csr_specialist, wrong, errors(wrong))
    counts = []
    for days in (-1, 0, 0, 3, 5, 9, 10, 11, 60):
        counts.append(remind_of_clarifications(asked.due_on + dt.timedelta(days=days)))
    assert counts == [0, 1, 0, 0, 1, 0, 1, 0, 0]
    told = Notification.objects.filter(kind="clarification.reminder")
    assert [note.recipient for note in told] == [supplier_user, supplier_user]
    escalated = Notification.objects.filter(kind="clarification.unanswered")
    assert {note.recipient for note in escalated} == {buyer, csr_specialist}
    asked.refresh_from_db()
    assert (asked.state, asked.reminders) == (ClarificationState.OPEN, 3)


def test_what_is_in_our_products(
    desk: Desk, supplier: Supplier, csr_specialist: User, buyer: User
) -> None:
    good = desk.hand_in(supplier, form())
    line = good.smelters.first()
    assert line is not None
    with pytest.raises(NotAllowed):
        set_product_link(buyer, line.pk, "confirmed")
    with pytest.raises(InvalidInput, match="unknown_link"):
        set_product_link(csr_specialist, line.pk, "perhaps")
    set_product_link(csr_specialist, line.pk, "confirmed")
    rejudge(good.pk)
    line.refresh_from_db()
    assert (line.link, line.link_by) == ("confirmed", csr_specialist), "a judgement keeps it"
    assert line.link_at is not None
    set_product_link(csr_specialist, line.pk, "")
    line.refresh_from_db()
    assert (line.link, line.link_by) == ("", None)


def test_a_review_goes_along_with_a_merged_supplier(
    wrong: Declaration, other_supplier: Supplier, supplier: Supplier, csr_specialist: User,
    admin: User,
) -> None:  # fmt: skip
    asked = ask(csr_specialist, wrong, errors(wrong))
    move_declarations(admin, other_supplier.pk, supplier.pk)
    wrong.refresh_from_db()
    asked.refresh_from_db()
    assert asked.supplier == other_supplier
    assert len(decisions_in_force(wrong)) == len(errors(wrong))


def test_a_review_as_somebody_elses_ends(
    wrong: Declaration, other_supplier: Supplier, csr_specialist: User
) -> None:
    asked = ask(csr_specialist, wrong, errors(wrong))
    moved = assign_supplier(csr_specialist, wrong.pk, other_supplier.pk)
    asked.refresh_from_db()
    assert (moved.review, moved.reviewer) == ("", None)
    assert asked.state == ClarificationState.CANCELLED
    assert decisions_in_force(moved) == {}


def test_what_was_said_about_our_products_holds_for_the_next_file(
    desk: Desk, supplier: Supplier, other_supplier: Supplier, csr_specialist: User
) -> None:
    first = desk.hand_in(supplier, form())
    confirmed, excluded, *_rest = first.smelters.order_by("row")
    set_product_link(csr_specialist, confirmed.pk, "confirmed")
    set_product_link(csr_specialist, excluded.pk, "excluded")
    second = desk.hand_in(supplier, form(company={"contact_name": "Somebody else"}))
    links = dict(second.smelters.exclude(link="").values_list("matched_cid", "link"))
    assert links == {confirmed.matched_cid: "confirmed", excluded.matched_cid: "excluded"}
    line = second.smelters.get(link="confirmed")
    confirmed.refresh_from_db()
    assert (line.link_by, line.link_at) == (csr_specialist, confirmed.link_at)
    told = ActivityEntry.objects.get(verb="line.carried", subject_id=str(second.pk))
    assert told.data == {"rows": 2, "before": first.pk}
    set_product_link(csr_specialist, line.pk, "excluded")
    rejudge(second.pk)
    line.refresh_from_db()
    assert line.link == "excluded", "the newer word stays"
    elsewhere = desk.hand_in(other_supplier, form(company={"contact_name": "Elsewhere"}))
    assert not elsewhere.smelters.exclude(link="").exists()
