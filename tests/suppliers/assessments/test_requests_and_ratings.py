"""Sending, reminding, reviewing; parts of the rating."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from core import clock
from core.errors import DomainError
from core.models import ActivityEntry, Notification
from suppliers.enums import AssessmentState, RatingLevel, SupplierStatus
from suppliers.filters.assessments import AssessmentFilter
from suppliers.models import (
    Assessment,
    RatingPart,
    Supplier,
)
from suppliers.selectors.assessment_work import assessment_tasks, assessment_work
from suppliers.services.assessment_requests import (
    RequestInput,
    plan_requests,
    request_assessments,
    send_reminders,
)
from suppliers.services.assessment_review import ReviewInput, review_assessment
from suppliers.services.ratings import (
    RatingPartInput,
    expire_ratings,
    record_rating_by_hand,
    record_rating_part,
)
from tests.factories.assessments import hand_in, make_assessment, questionnaire

pytestmark = pytest.mark.django_db


def refused(call: Any) -> str:
    with pytest.raises(DomainError) as caught:
        call()
    return caught.value.code


def today(days: int = 0) -> dt.date:
    return clock.today() + dt.timedelta(days=days)


# --- Sending ---


def test_a_request_reaches_the_people_and_names_who_is_left_out(
    csr_specialist: User, supplier: Supplier, supplier_user: User, other_supplier: Supplier
) -> None:
    data = RequestInput([supplier.pk, other_supplier.pk], today(28))
    result = request_assessments(csr_specialist, data)
    assert [one.supplier for one in result.sent] == [supplier]
    assert [(one.supplier, one.skip) for one in result.skipped] == [(other_supplier, "no_contact")]
    told = Notification.objects.get()
    assert (told.recipient, told.kind) == (supplier_user, "assessment.requested")
    assert str(result.sent[0].pk) in told.url


def test_each_reads_the_title_in_the_own_language(
    csr_specialist: User, supplier: Supplier, supplier_user: User
) -> None:
    User.objects.filter(pk=supplier_user.pk).update(language="zh-hans")
    request_assessments(csr_specialist, RequestInput([supplier.pk], today(28)))
    told = Notification.objects.get()
    assert questionnaire().local_title in told.text_in("zh-hans")
    assert questionnaire().title in told.text_in("en")


def test_nobody_is_asked_twice_at_a_time(
    csr_specialist: User, supplier: Supplier, supplier_user: User
) -> None:
    data = RequestInput([supplier.pk], today(28))
    request_assessments(csr_specialist, data)
    assert refused(lambda: request_assessments(csr_specialist, data)) == "nobody_to_ask"
    assert Assessment.objects.count() == 1


@pytest.mark.parametrize("days", [0, -1, 366])
def test_due_dates_lie_ahead(
    csr_specialist: User, supplier: Supplier, supplier_user: User, days: int
) -> None:
    data = RequestInput([supplier.pk], today(days))
    assert refused(lambda: request_assessments(csr_specialist, data)) == "due_date_wrong"
    assert not Assessment.objects.exists()


def test_ended_and_freshly_answered_are_left_out(
    csr_specialist: User, supplier: Supplier, supplier_user: User, other_supplier: Supplier
) -> None:
    Supplier.objects.filter(pk=other_supplier.pk).update(status=SupplierStatus.DISQUALIFIED)
    done = hand_in(make_assessment(supplier), supplier_user)
    review_assessment(csr_specialist, done.pk, ReviewInput("accept"))
    plan = plan_requests(csr_specialist, [supplier.pk, other_supplier.pk])
    assert [line.skip for line in plan] == ["answered", "ended"]
    old = clock.now() - dt.timedelta(days=320)
    Assessment.objects.filter(pk=done.pk).update(submitted_at=old)
    assert plan_requests(csr_specialist, [supplier.pk])[0].skip == ""


def test_who_may_not_ask(auditor: User, supplier: Supplier, supplier_user: User) -> None:
    for person in (auditor, supplier_user):
        data = RequestInput([supplier.pk], today(28))
        assert refused(lambda p=person, d=data: request_assessments(p, d)) == (
            "may_not_request_assessments"
        )


# --- Reminders ---


def test_reminders_go_out_once_a_day_and_end_with_the_buyer(
    csr_specialist: User,
    buyer: User,
    supplier: Supplier,
    supplier_user: User,
) -> None:
    Supplier.objects.filter(pk=supplier.pk).update(buyer=buyer)
    assessment = make_assessment(supplier, days=20, requested_by=csr_specialist)
    day = clock.today()
    written = []
    for number in range(70):
        on = day + dt.timedelta(days=number)
        if send_reminders(on):
            written.append((on - assessment.due_on).days)
        assert send_reminders(on) == 0
    assert written == [-14, -7, 0, 7, 14, 21, 28, 35]
    kinds = list(Notification.objects.order_by("pk").values_list("recipient", "kind"))
    assert kinds == [(supplier_user.pk, "assessment.reminder")] * 7 + [
        (buyer.pk, "assessment.unanswered")
    ]


def test_nobody_is_reminded_of_what_was_handed_in(supplier: Supplier, supplier_user: User) -> None:
    hand_in(make_assessment(supplier, days=1), supplier_user)
    assert send_reminders(today(30)) == 0


@pytest.mark.parametrize("status", ["disqualified", "not_introduced", "phased_out"])
def test_nobody_is_reminded_once_the_relation_has_ended(
    status: str, csr_specialist: User, buyer: User, supplier: Supplier, supplier_user: User
) -> None:
    asked = make_assessment(supplier, days=-1, requested_by=csr_specialist)
    Assessment.objects.filter(pk=asked.pk).update(requested_at=clock.now() - dt.timedelta(days=90))
    assert [item.title for item in assessment_work(csr_specialist)]
    assert len(assessment_tasks(supplier_user)) == 1
    Supplier.objects.filter(pk=supplier.pk).update(status=status, buyer=buyer)
    assert send_reminders(today()) + send_reminders(today(40)) == 0
    assert assessment_work(csr_specialist) == []
    assert assessment_tasks(supplier_user) == []
    late = AssessmentFilter({"overdue": "yes"}, Assessment.objects.all())
    assert not late.qs.exists()


def test_one_broken_request_keeps_nobody_else_from_being_reminded(
    supplier: Supplier, other_supplier: Supplier, supplier_user: User, other_supplier_user: User
) -> None:
    broken = make_assessment(supplier)
    asked = make_assessment(other_supplier, days=1)
    Assessment.objects.update(requested_at=clock.now() - dt.timedelta(days=90))
    # No day can be counted back from the first one there is.
    Assessment.objects.filter(pk=broken.pk).update(due_on=dt.date.min)
    with pytest.raises(ExceptionGroup):
        send_reminders(today())
    assert [one.recipient for one in Notification.objects.all()] == [other_supplier_user]
    asked.refresh_from_db()
    assert asked.reminders == 1


# --- Review ---


@pytest.fixture
def handed_in(supplier: Supplier, supplier_user: User) -> Assessment:
    return hand_in(make_assessment(supplier), supplier_user, "partly")


def test_accepting_makes_a_part_of_the_rating(
    handed_in: Assessment, csr_specialist: User, supplier: Supplier
) -> None:
    review_assessment(csr_specialist, handed_in.pk, ReviewInput("accept", "thanks"))
    part = RatingPart.objects.get()
    assert (part.kind, part.score, part.dated_on) == ("self_assessment", Decimal("50.0"), today())
    assert part.source_ref == f"suppliers.assessment:{handed_in.pk}"
    assert part.valid_until is not None
    assert part.valid_until > today(360)
    supplier.refresh_from_db()
    # One part of four: 50 is below 55, so D.
    assert (supplier.rating_level, supplier.rating_score) == (RatingLevel.D, Decimal("50.0"))


def test_accepting_what_applies_nowhere_leaves_the_rating_unknown(
    supplier: Supplier, supplier_user: User, csr_specialist: User
) -> None:
    done = hand_in(make_assessment(supplier), supplier_user, "na")
    assert done.score is None
    review_assessment(csr_specialist, done.pk, ReviewInput("accept"))
    supplier.refresh_from_db()
    assert (supplier.rating_level, RatingPart.objects.count()) == (RatingLevel.UNKNOWN, 0)


def test_sending_back_names_what_to_mend(
    handed_in: Assessment, csr_specialist: User, supplier_user: User
) -> None:
    review = ReviewInput("return", "Almost", {"SAF-1": "Which permit?", "SAF-2": " "})
    review_assessment(csr_specialist, handed_in.pk, review)
    handed_in.refresh_from_db()
    assert handed_in.state == AssessmentState.RETURNED
    notes = handed_in.answers.exclude(review_note="").values_list("question__code", "review_note")
    assert list(notes) == [("SAF-1", "Which permit?")]
    assert Notification.objects.filter(recipient=supplier_user, is_urgent=True).count() == 1
    assert handed_in.due_on >= today(14)
    again = hand_in(handed_in, supplier_user, "yes")
    assert again.score == Decimal("100.0")
    review_assessment(csr_specialist, again.pk, ReviewInput("accept"))
    assert not again.answers.exclude(review_note="").exists()


@pytest.mark.parametrize(
    ("review", "code"),
    [
        (ReviewInput("return"), "review_note_missing"),
        (ReviewInput("praise"), "review_decision_unknown"),  # type: ignore[arg-type]
        (ReviewInput("return", notes={"LAB-99": "x"}), "question_not_found"),
        (ReviewInput("return", note="x" * 10_000), "review_note_too_long"),
    ],
)
def test_reviews_that_are_refused(
    handed_in: Assessment, csr_specialist: User, review: ReviewInput, code: str
) -> None:
    assert refused(lambda: review_assessment(csr_specialist, handed_in.pk, review)) == code
    handed_in.refresh_from_db()
    assert handed_in.state == AssessmentState.SUBMITTED


def test_the_second_reviewer_is_told(
    handed_in: Assessment, csr_specialist: User, admin: User, buyer: User
) -> None:
    accept = ReviewInput("accept")
    assert refused(lambda: review_assessment(buyer, handed_in.pk, accept)) == (
        "may_not_review_assessments"
    )
    review_assessment(csr_specialist, handed_in.pk, accept)
    assert refused(lambda: review_assessment(admin, handed_in.pk, accept)) == (
        "assessment_not_submitted"
    )
    assert RatingPart.objects.count() == 1


# --- Ratings ---


def part(kind: str = "audit", score: str = "90", **changes: Any) -> RatingPartInput:
    facts: dict[str, Any] = {
        "kind": kind,
        "score": Decimal(score),
        "dated_on": today(),
        "valid_until": max(today(100), changes.get("dated_on", today())),
    }
    return RatingPartInput(**{**facts, **changes})


def test_the_level_changes_with_the_parts_and_leaves_a_trail(
    csr_specialist: User, supplier: Supplier
) -> None:
    revision = supplier.revision
    for kind in ("audit", "minerals", "findings"):
        record_rating_by_hand(csr_specialist, supplier.pk, part(kind))
    supplier.refresh_from_db()
    assert (supplier.rating_level, supplier.rated_on, supplier.revision) == ("B", today(), revision)
    changed = ActivityEntry.objects.filter(verb="rating.changed").order_by("pk")
    assert [entry.data["changes"]["rating"] for entry in changed] == [["unknown", "C"], ["C", "B"]]


def test_the_newest_of_a_kind_counts(csr_specialist: User, supplier: Supplier) -> None:
    record_rating_by_hand(csr_specialist, supplier.pk, part(score="90"))
    record_rating_by_hand(csr_specialist, supplier.pk, part(score="10", dated_on=today(-30)))
    supplier.refresh_from_db()
    assert supplier.rating_score == Decimal("90.0")


def test_the_same_result_recorded_twice_is_one(supplier: Supplier) -> None:
    for _time in range(2):
        record_rating_part(None, supplier, part(source="audits", source_ref="audits.audit:1"))
    assert RatingPart.objects.count() == 1


def test_a_result_that_comes_back_counts_again(supplier: Supplier) -> None:
    for score in ("90", "30", "90"):
        data = part(source="audits", source_ref="audits.audit:1", score=score)
        record_rating_part(None, supplier, data)
    supplier.refresh_from_db()
    assert (RatingPart.objects.count(), supplier.rating_score) == (3, Decimal("90.0"))


def test_a_part_out_of_date_is_forgotten_by_the_next_day(
    csr_specialist: User, supplier: Supplier, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_rating_by_hand(csr_specialist, supplier.pk, part(valid_until=today(10)))
    assert expire_ratings(today(10)) == 0
    later = today(11)
    monkeypatch.setattr(clock, "today", lambda: later)
    assert expire_ratings(later) == 1
    supplier.refresh_from_db()
    assert (supplier.rating_level, supplier.rating_score) == (RatingLevel.UNKNOWN, None)
    assert expire_ratings(later) == 0


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "charm"}, "rating_kind_unknown"),
        ({"kind": "self_assessment"}, "rating_kind_from_form"),
        ({"score": Decimal("100.06")}, "rating_score_out_of_range"),
        ({"score": Decimal("-1")}, "rating_score_out_of_range"),
        ({"score": Decimal("NaN")}, "rating_score_out_of_range"),
        (
            {"dated_on": dt.date(2999, 1, 1), "valid_until": dt.date(2999, 2, 1)},
            "rating_date_in_future",
        ),
        ({"valid_until": dt.date(2000, 1, 1)}, "rating_valid_before_date"),
        ({"valid_until": None}, "rating_validity_missing"),
        ({"valid_until": dt.date(2999, 1, 1)}, "rating_validity_too_long"),
        ({"note": "x" * 10_000}, "rating_note_too_long"),
    ],
)
def test_parts_that_are_refused(
    csr_specialist: User, supplier: Supplier, changes: dict[str, Any], code: str
) -> None:
    assert refused(lambda: record_rating_by_hand(csr_specialist, supplier.pk, part(**changes))) == (
        code
    )
    supplier.refresh_from_db()
    assert (RatingPart.objects.count(), supplier.rating_level) == (0, RatingLevel.UNKNOWN)
