"""Answering and handing in: what is stored, refused, copied, kept for two people at once."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from accounts.roles import Role
from core import clock
from core.errors import DomainError
from core.models import Notification
from suppliers.enums import AssessmentState
from suppliers.models import Assessment, AssessmentAnswer, EvidenceFile, Supplier, SupplierContact
from suppliers.services.assessment_answers import (
    AnswerInput,
    attach_evidence,
    confirm_answers,
    copy_last_answers,
    remove_evidence,
    save_answer,
    version_of,
)
from suppliers.services.assessment_requests import cancel_assessment
from suppliers.services.assessment_review import (
    ReviewInput,
    review_assessment,
    score_of,
    submit_assessment,
)
from tests.conftest import MakeUser
from tests.factories.assessments import fill, hand_in, make_assessment

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(supplier: Supplier) -> Assessment:
    return make_assessment(supplier)


@pytest.fixture
def colleague(make_user: MakeUser, supplier: Supplier) -> User:
    user = make_user(Role.SUPPLIER_CONTACT, "colleague")
    SupplierContact.objects.create(supplier=supplier, user=user, name=user.name, email=user.email)
    return user


def stored(assessment: Assessment, code: str) -> AssessmentAnswer | None:
    return assessment.answers.filter(question__code=code).first()


def refused(call: object) -> str:
    with pytest.raises(DomainError) as caught:
        call()  # type: ignore[operator]
    return caught.value.code


def test_an_answer_is_stored_with_its_author(asked: Assessment, supplier_user: User) -> None:
    save_answer(supplier_user, asked.pk, AnswerInput("lab-1", grade="partly", comment=" soon "))
    answer = stored(asked, "LAB-1")
    assert answer is not None
    assert (answer.grade, answer.comment, answer.answered_by) == ("partly", "soon", supplier_user)
    asked.refresh_from_db()
    assert asked.revision == 2


def test_the_same_again_changes_nothing(asked: Assessment, supplier_user: User) -> None:
    for _time in range(2):
        save_answer(supplier_user, asked.pk, AnswerInput("LAB-1", grade="yes"))
    asked.refresh_from_db()
    assert asked.revision == 2


def test_nothing_said_stores_nothing(asked: Assessment, supplier_user: User) -> None:
    assert save_answer(supplier_user, asked.pk, AnswerInput("LAB-1")) is None
    assert not asked.answers.exists()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (AnswerInput("LAB-99", grade="yes"), "question_not_found"),
        (AnswerInput("LAB-1", grade="maybe"), "answer_grade_unknown"),
        (AnswerInput("LAB-1", text="yes"), "answer_kind_wrong"),
        (AnswerInput("LAB-6", grade="yes"), "answer_kind_wrong"),
        (AnswerInput("LAB-6", text="many"), "answer_not_a_number"),
        (AnswerInput("LAB-6", text="-3"), "answer_not_a_number"),
        (AnswerInput("LAB-6", text="NaN"), "answer_not_a_number"),
        (AnswerInput("LAB-6", text="9e99"), "answer_not_a_number"),
        (AnswerInput("NXT-6", text="x" * 10_000), "answer_too_long"),
        (AnswerInput("LAB-1", grade="yes", comment="x" * 10_000), "comment_too_long"),
    ],
)
def test_refusals_store_nothing(
    asked: Assessment, supplier_user: User, data: AnswerInput, code: str
) -> None:
    assert refused(lambda: save_answer(supplier_user, asked.pk, data)) == code
    assert not asked.answers.exists()


@pytest.mark.parametrize(
    ("typed", "kept"), [("1,204", "1204"), ("１２０４", "1204"), ("0", "0"), ("12.50", "12.5")]
)
def test_numbers_are_kept_plain(
    asked: Assessment, supplier_user: User, typed: str, kept: str
) -> None:
    answer = save_answer(supplier_user, asked.pk, AnswerInput("LAB-6", text=typed))
    assert answer is not None
    assert answer.text == kept


def test_another_company_finds_no_form(
    asked: Assessment, other_supplier_user: User, csr_specialist: User
) -> None:
    data = AnswerInput("LAB-1", grade="yes")
    assert refused(lambda: save_answer(other_supplier_user, asked.pk, data)) == (
        "assessment_not_found"
    )
    assert refused(lambda: save_answer(csr_specialist, asked.pk, data)) == (
        "may_not_answer_assessments"
    )
    assert not asked.answers.exists()


def test_the_later_of_two_people_is_told_and_nothing_is_lost(
    asked: Assessment, supplier_user: User, colleague: User
) -> None:
    first = save_answer(supplier_user, asked.pk, AnswerInput("LAB-1", grade="yes"))
    late = AnswerInput("LAB-1", grade="no")
    with pytest.raises(DomainError) as caught:
        save_answer(colleague, asked.pk, late)
    assert caught.value.code == "answer_changed_meanwhile"
    assert supplier_user.name in caught.value.message
    answer = stored(asked, "LAB-1")
    assert answer is not None
    assert answer.grade == "yes"
    seen = AnswerInput("LAB-1", grade="no", seen=version_of(first))
    save_answer(colleague, asked.pk, seen)
    answer.refresh_from_db()
    assert (answer.grade, answer.answered_by) == ("no", colleague)


def test_two_people_who_agree_do_not_collide(
    asked: Assessment, supplier_user: User, colleague: User
) -> None:
    for person in (supplier_user, colleague):
        save_answer(person, asked.pk, AnswerInput("LAB-1", grade="yes"))
    assert asked.answers.count() == 1


def test_handing_in_needs_every_answer(asked: Assessment, supplier_user: User) -> None:
    fill(asked, supplier_user)
    AssessmentAnswer.objects.filter(assessment=asked, question__code="ETH-1").update(grade="")
    with pytest.raises(DomainError) as caught:
        submit_assessment(supplier_user, asked.pk)
    assert (caught.value.code, caught.value.params["open"]) == ("assessment_incomplete", 1)
    asked.refresh_from_db()
    assert (asked.state, asked.score) == (AssessmentState.REQUESTED, None)


def test_handing_in_scores_and_tells_the_specialists(
    asked: Assessment, supplier_user: User, csr_specialist: User
) -> None:
    # Labour: weights 3, 3, 2, 2, 2; LAB-3 partly: (300 + 300 + 100 + 200 + 200) / 12 = 91.67
    done = hand_in(asked, supplier_user, LAB_3="partly")
    assert done.state == AssessmentState.SUBMITTED
    assert done.area_scores["labour"] == 91.7
    assert done.score == Decimal("99.0")  # (91.666... + 7 * 100) / 8 = 98.958
    told = Notification.objects.get(recipient=csr_specialist)
    assert told.kind == "assessment.submitted"
    assert told.params["supplier"]["en"] == "Bright Tin Co."


def test_a_failed_key_question_holds_the_total(asked: Assessment, supplier_user: User) -> None:
    done = hand_in(asked, supplier_user, SAF_1="no")
    assert (done.area_scores["safety"], done.score) == (40.0, Decimal("59.0"))


def test_an_area_that_does_not_apply_has_no_score(asked: Assessment, supplier_user: User) -> None:
    grades = {f"CYB_{number}": "na" for number in range(1, 5)}
    done = hand_in(asked, supplier_user, "partly", **grades)
    assert (done.area_scores["cyber"], done.score) == (None, Decimal("50.0"))


def test_an_unanswered_form_has_no_good_score(asked: Assessment) -> None:
    assert score_of(asked).total == Decimal("0.0")


def test_a_form_handed_in_is_closed(asked: Assessment, supplier_user: User) -> None:
    hand_in(asked, supplier_user)
    data = AnswerInput("LAB-1", grade="no")
    for call in (
        lambda: save_answer(supplier_user, asked.pk, data),
        lambda: confirm_answers(supplier_user, asked.pk),
        lambda: submit_assessment(supplier_user, asked.pk),
    ):
        assert refused(call) == "assessment_closed"
    answer = stored(asked, "LAB-1")
    assert answer is not None
    assert answer.grade == "yes"


def accepted_last_year(supplier: Supplier, actor: User, specialist: User) -> Assessment:
    last = make_assessment(supplier)
    hand_in(last, actor, "partly")
    review_assessment(specialist, last.pk, ReviewInput("accept"))
    at = clock.now() - dt.timedelta(days=340)
    Assessment.objects.filter(pk=last.pk).update(submitted_at=at)
    return last


def test_copied_answers_count_once_confirmed(
    supplier: Supplier, supplier_user: User, csr_specialist: User
) -> None:
    accepted_last_year(supplier, supplier_user, csr_specialist)
    asked = make_assessment(supplier)
    save_answer(supplier_user, asked.pk, AnswerInput("LAB-1", grade="yes"))
    assert copy_last_answers(supplier_user, asked.pk) == 39
    kept = stored(asked, "LAB-1")
    assert kept is not None
    assert (kept.grade, kept.is_confirmed) == ("yes", True)
    assert refused(lambda: submit_assessment(supplier_user, asked.pk)) == "assessment_incomplete"
    # The same answer saved again is no confirmation; saying so, or changing it, is.
    save_answer(supplier_user, asked.pk, AnswerInput("LAB-2", grade="partly"))
    assert asked.answers.filter(is_confirmed=False).count() == 39
    save_answer(supplier_user, asked.pk, AnswerInput("LAB-2", grade="partly", confirms=True))
    save_answer(supplier_user, asked.pk, AnswerInput("LAB-3", grade="no"))
    assert asked.answers.filter(is_confirmed=False).count() == 37
    assert confirm_answers(supplier_user, asked.pk, "labour") == 3
    assert confirm_answers(supplier_user, asked.pk) == 34
    assert submit_assessment(supplier_user, asked.pk).state == AssessmentState.SUBMITTED


def test_nothing_to_copy_is_said(asked: Assessment, supplier_user: User) -> None:
    assert refused(lambda: copy_last_answers(supplier_user, asked.pk)) == "nothing_to_copy"


def pdf(name: str = "policy.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7 policy")


def test_evidence_belongs_to_the_answer_and_is_shown_to_the_supplier(
    asked: Assessment, supplier_user: User, other_supplier_user: User
) -> None:
    file = attach_evidence(supplier_user, asked.pk, "LAB-1", pdf())
    answer = stored(asked, "LAB-1")
    assert answer is not None
    assert EvidenceFile.objects.about(answer).get() == file
    assert EvidenceFile.objects.visible_to(supplier_user).filter(pk=file.pk).exists()
    assert not EvidenceFile.objects.visible_to(other_supplier_user).filter(pk=file.pk).exists()
    remove_evidence(supplier_user, asked.pk, file.pk)
    assert not EvidenceFile.objects.exists()


def test_evidence_of_something_else_is_not_removed_here(
    asked: Assessment, supplier: Supplier, supplier_user: User
) -> None:
    foreign = EvidenceFile.objects.create(
        supplier=supplier, name="x", sha256="0" * 64, size=1, kind="pdf", is_internal=False
    )
    assert refused(lambda: remove_evidence(supplier_user, asked.pk, foreign.pk)) == (
        "evidence_not_found"
    )
    assert EvidenceFile.objects.filter(pk=foreign.pk).exists()


def test_evidence_that_is_none_is_refused(asked: Assessment, supplier_user: User) -> None:
    bad = SimpleUploadedFile("run.exe", b"MZ\x90")
    code = refused(lambda: attach_evidence(supplier_user, asked.pk, "LAB-1", bad))
    assert code == "evidence_kind"
    assert not asked.answers.exists()


def test_a_form_taken_back_is_gone_for_the_supplier(
    asked: Assessment, supplier_user: User, csr_specialist: User
) -> None:
    cancel_assessment(csr_specialist, asked.pk)
    data = AnswerInput("LAB-1", grade="yes")
    code = refused(lambda: save_answer(supplier_user, asked.pk, data))
    assert code == "assessment_not_found"
