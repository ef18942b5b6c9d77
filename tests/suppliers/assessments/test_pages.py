"""Pages of self-assessments, ratings and tables of risk."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from accounts.roles import Role
from core import clock
from suppliers.enums import AssessmentState
from suppliers.models import Assessment, CountryRisk, RatingPart, Supplier, SupplierContact
from suppliers.selectors.assessment_card import assessment_card
from suppliers.selectors.assessment_work import assessment_tasks, assessment_work
from suppliers.selectors.rating_card import rating_card
from suppliers.services.assessment_answers import AnswerInput, save_answer, save_answers
from suppliers.services.assessment_review import ReviewInput, review_assessment, submit_assessment
from suppliers.services.suppliers import SupplierInput, create_supplier
from tests.conftest import MakeUser
from tests.factories.assessments import fill, hand_in, make_assessment, questionnaire

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def asked(supplier: Supplier) -> Assessment:
    return make_assessment(supplier)


def page_of(name: str, *args: object) -> str:
    return reverse(f"suppliers:{name}", args=args)


def shown(page: Any) -> list[str]:
    return [one.supplier.code for one in page.context["page_obj"]]


def many(count: int) -> None:
    for number in range(Supplier.objects.count(), count):
        supplier = create_supplier(None, SupplierInput(f"C{number:03}", f"Company {number}"))
        make_assessment(supplier)


def test_list_filters(
    sign_in: SignIn, auditor: User, asked: Assessment, other_supplier: Supplier
) -> None:
    late = make_assessment(other_supplier, days=-1)
    client = sign_in(auditor)
    address = page_of("assessment-list")
    assert set(shown(client.get(address))) == {"S-1", "S-2"}
    assert shown(client.get(address, {"overdue": "yes"})) == ["S-2"]
    assert shown(client.get(address, {"overdue": "no"})) == ["S-1"]
    assert shown(client.get(address, {"search": "亮锡"})) == ["S-1"]
    Assessment.objects.filter(pk=late.pk).update(state=AssessmentState.SUBMITTED, score=70)
    assert shown(client.get(address, {"state": "submitted"})) == ["S-2"]
    assert shown(client.get(address, {"score": "middle"})) == ["S-2"]
    assert shown(client.get(address, {"score": "low"})) == []
    unscored = {"questionnaire": str(questionnaire().pk), "score": "none"}
    assert shown(client.get(address, unscored)) == ["S-1"]


@pytest.mark.parametrize("name", ["assessment-list", "assessment-request"])
def test_lists_ask_as_often_for_thirty_rows_as_for_three(
    sign_in: SignIn, buyer: User, name: str
) -> None:
    client = sign_in(buyer)
    asked = []
    for count in (3, 30):
        many(count)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(page_of(name))
        assert len(page.context["page_obj"]) == count
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 21


def test_export_has_the_areas_and_the_filter(
    sign_in: SignIn, auditor: User, asked: Assessment, supplier_user: User
) -> None:
    hand_in(asked, supplier_user, LAB_3="partly")
    answer = sign_in(auditor).get(page_of("assessment-export"), {"state": "submitted"})
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    book = load_workbook(io.BytesIO(content))
    rows = list(book.worksheets[0].values)
    assert rows[1][0] == "S-1"
    assert (rows[1][6], rows[1][8]) == (99, 91.7)
    assert ("State", "Submitted") in list(book.worksheets[1].values)


def test_sending_shows_who_gets_it_and_who_does_not(
    sign_in: SignIn,
    csr_specialist: User,
    supplier: Supplier,
    supplier_user: User,
    other_supplier: Supplier,
) -> None:
    client = sign_in(csr_specialist)
    address = page_of("assessment-send")
    page = client.get(address, {"all": "1", "country": "CN"})
    assert page.context["chosen"] == [supplier]
    assert [one for one, _why in page.context["skipped"]] == [other_supplier]
    assert not Assessment.objects.exists()
    due = (clock.today() + dt.timedelta(days=30)).isoformat()
    keys = f"{supplier.pk},{other_supplier.pk}"
    client.post(address, {"suppliers": keys, "due_on": due})
    assert Assessment.objects.get().supplier == supplier


def test_answers_save_themselves_and_without_scripts_by_the_button(
    sign_in: SignIn, supplier_user: User, asked: Assessment
) -> None:
    client = sign_in(supplier_user)
    question = asked.questionnaire.questions.get(code="LAB-1")
    address = page_of("assessment-answer", asked.pk, "LAB-1")
    saved = client.post(address, {f"grade-{question.pk}": "yes"}, headers={"HX-Request": "true"})
    assert "Saved" in saved.content.decode()
    answer = asked.answers.get()
    assert f'value="{answer.answered_at.isoformat()}"' in saved.content.decode()
    other = asked.questionnaire.questions.get(code="LAB-2")
    area = page_of("assessment-area", asked.pk, "labour")
    form = {f"grade-{question.pk}": "yes", f"grade-{other.pk}": "no"}
    moved = client.post(area, form)
    assert moved.headers["Location"] == page_of("assessment-area", asked.pk, "safety")
    assert asked.answers.count() == 2
    later = client.post(area, {**form, "later": "1"})
    assert later.headers["Location"] == page_of("assessment-detail", asked.pk)


def test_what_cannot_be_saved_stays_on_the_page(
    sign_in: SignIn, supplier_user: User, asked: Assessment
) -> None:
    client = sign_in(supplier_user)
    questions = {one.code: one.pk for one in asked.questionnaire.questions.all()}
    form = {f"grade-{questions['LAB-1']}": "yes", f"text-{questions['LAB-6']}": "many people"}
    page = client.post(page_of("assessment-area", asked.pk, "labour"), form)
    assert page.status_code == 422
    assert "many people" in page.content.decode()
    assert "Write a number without words" in page.content.decode()
    assert [one.question.code for one in asked.answers.select_related("question")] == ["LAB-1"]
    part = client.post(
        page_of("assessment-answer", asked.pk, "LAB-6"), form, headers={"HX-Request": "true"}
    )
    assert part.status_code == 422


def test_the_second_of_two_people_sees_the_answer_of_the_first(
    sign_in: SignIn, make_user: MakeUser, supplier: Supplier, supplier_user: User, asked: Assessment
) -> None:
    colleague = make_user(Role.SUPPLIER_CONTACT, "colleague")
    SupplierContact.objects.create(supplier=supplier, user=colleague, name=colleague.name)
    question = asked.questionnaire.questions.get(code="LAB-1")
    save_answer(colleague, asked.pk, AnswerInput("LAB-1", grade="no", comment="Not yet"))
    client = sign_in(supplier_user)
    address = page_of("assessment-answer", asked.pk, "LAB-1")
    form = {f"grade-{question.pk}": "yes", f"seen-{question.pk}": ""}
    told = client.post(address, form, headers={"HX-Request": "true"})
    text = told.content.decode()
    assert (told.status_code, told.headers["HX-Retarget"]) == (409, f"#question-{question.pk}")
    assert "colleague" in text
    assert "Not yet" in text
    seen = asked.answers.get().answered_at.isoformat()
    assert f'value="{seen}"' in text
    mine = {**form, f"seen-{question.pk}": seen}
    assert client.post(address, mine, headers={"HX-Request": "true"}).status_code == 200
    assert asked.answers.get().grade == "yes"


def test_handing_in_leads_to_a_calm_page(
    sign_in: SignIn, supplier_user: User, asked: Assessment
) -> None:
    fill(asked, supplier_user)
    client = sign_in(supplier_user)
    page = client.post(page_of("assessment-submit", asked.pk), follow=True).content.decode()
    assert "Your form is with us" in page
    assert "usually within two weeks" in page
    assert "Score by area" not in page


def test_our_people_see_answers_only_once_handed_in(
    sign_in: SignIn, csr_specialist: User, supplier_user: User, asked: Assessment
) -> None:
    save_answer(supplier_user, asked.pk, AnswerInput("LAB-1", grade="no", comment="Draft only"))
    client = sign_in(csr_specialist)
    address = page_of("assessment-detail", asked.pk)
    assert "Draft only" not in client.get(address).content.decode()
    hand_in(asked, supplier_user, LAB_1="partly")
    page = client.get(address).content.decode()
    assert "Score by area" in page
    assert "style=" not in page.split("<main")[1]


def test_review_page_accepts_and_keeps_what_was_typed(
    sign_in: SignIn, csr_specialist: User, supplier_user: User, asked: Assessment
) -> None:
    hand_in(asked, supplier_user)
    client = sign_in(csr_specialist)
    address = page_of("assessment-review", asked.pk)
    refused = client.post(address, {"decision": "return"})
    assert refused.status_code == 422
    client.post(address, {"decision": "return", "note-SAF-1": "Which permit?"})
    page = sign_in(supplier_user).get(page_of("assessment-detail", asked.pk)).content.decode()
    assert "Which permit?" in page


def test_evidence_by_the_page(
    sign_in: SignIn, supplier_user: User, other_supplier_user: User, asked: Assessment
) -> None:
    client = sign_in(supplier_user)
    file = SimpleUploadedFile("policy.pdf", b"%PDF-1.7 policy")
    client.post(page_of("assessment-evidence", asked.pk, "LAB-1"), {"evidence": file})
    area = client.get(page_of("assessment-area", asked.pk, "labour")).content.decode()
    link = page_of("evidence-download", asked.supplier.evidence.get().pk)
    assert link in area
    assert client.get(link).status_code == 200
    assert sign_in(other_supplier_user).get(link).status_code == 404


def test_workbook_by_the_page(sign_in: SignIn, supplier_user: User, asked: Assessment) -> None:
    client = sign_in(supplier_user)
    answer = client.get(page_of("assessment-workbook", asked.pk))
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    book.worksheets[0]["D5"] = "perhaps"
    address = page_of("assessment-upload", asked.pk)
    refused = client.post(address, {"file": saved(book)})
    assert refused.status_code == 422
    assert "D5" in refused.content.decode()
    book.worksheets[0]["D5"] = "Partly"
    assert client.post(address, {"file": saved(book)}).status_code == 302
    assert asked.answers.get().grade == "partly"


def saved(book: Any) -> SimpleUploadedFile:
    data = io.BytesIO()
    book.save(data)
    return SimpleUploadedFile("form.xlsx", data.getvalue())


def test_work_of_colleagues_and_tasks_of_the_supplier(
    csr_specialist: User,
    buyer: User,
    auditor: User,
    supplier_user: User,
    asked: Assessment,
    other_supplier: Supplier,
    django_assert_max_num_queries: Any,
) -> None:
    (task,) = assessment_tasks(supplier_user)
    assert (task.action, task.due_on, task.is_done) == ("Begin", asked.due_on, False)
    save_answer(supplier_user, asked.pk, AnswerInput("LAB-1", grade="yes"))
    assert assessment_tasks(supplier_user)[0].detail == "1 of 40 questions are answered."
    hand_in(asked, supplier_user)
    assert assessment_tasks(supplier_user)[0].is_done
    make_assessment(other_supplier, days=-3, requested_by=buyer)
    with django_assert_max_num_queries(4):
        found = assessment_work(csr_specialist)
    assert [item.severity for item in found] == ["warning", "error"]
    assert [item.severity for item in assessment_work(buyer)] == ["error"]
    assert assessment_work(auditor) == []
    assert assessment_tasks(auditor) == []


def test_long_queues_end_with_a_line_of_more(csr_specialist: User) -> None:
    many(8)
    Assessment.objects.update(state=AssessmentState.SUBMITTED)
    lines = assessment_work(csr_specialist)
    assert len(lines) == 6
    assert lines[-1].title == "3 more self-assessments to review"


def test_cards_say_what_is_not_known(
    csr_specialist: User, supplier: Supplier, sign_in: SignIn
) -> None:
    card = assessment_card(csr_specialist, supplier)
    assert (card.risk.level, card.running, card.accepted) == ("unknown", None, None)
    assert rating_card(csr_specialist, supplier).tone == "unknown"
    page = sign_in(csr_specialist).get(page_of("rating-detail", supplier.pk)).content.decode()
    assert page.count("not known") >= 4


def test_cards_after_an_accepted_form(
    csr_specialist: User, supplier: Supplier, supplier_user: User, asked: Assessment
) -> None:
    hand_in(asked, supplier_user)
    review_assessment(csr_specialist, asked.pk, ReviewInput("accept"))
    card = assessment_card(csr_specialist, supplier)
    assert (card.is_in_date, card.running) == (True, None)
    rated = rating_card(csr_specialist, supplier)
    assert (rated.rating.level, rated.rating.score) == ("C", Decimal("100.0"))


def test_a_result_is_recorded_by_the_form(
    sign_in: SignIn, csr_specialist: User, supplier: Supplier
) -> None:
    today = clock.today()
    form = {
        "kind": "audit",
        "score": "82.5",
        "dated_on": today.isoformat(),
        "valid_until": (today + dt.timedelta(days=300)).isoformat(),
        "evidence": SimpleUploadedFile("report.pdf", b"%PDF-1.7 report"),
    }
    client = sign_in(csr_specialist)
    bad = client.post(page_of("rating-record", supplier.pk), {**form, "score": "182"})
    assert "score" in bad.context["form"].errors
    form["evidence"] = SimpleUploadedFile("report.pdf", b"%PDF-1.7 report")
    client.post(page_of("rating-record", supplier.pk), form)
    assert RatingPart.objects.get().score == Decimal("82.5")
    assert supplier.evidence.get().is_internal
    page = client.get(page_of("rating-detail", supplier.pk)).content.decode()
    assert "report.pdf" in page


def test_tables_of_risk_are_changed_in_place(sign_in: SignIn, admin: User) -> None:
    client = sign_in(admin)
    client.post(page_of("risk-country", "CN"), {"points": "3", "source": "Own study"})
    client.post(page_of("risk-country", "new"), {"country": "BO", "points": "5"})
    assert CountryRisk.objects.get(country="CN").points == 3
    page = client.get(page_of("risk-tables")).content.decode()
    assert "CN: 4 → 3" in page
    assert "Bolivia" in page
    for points in ("7", "x", "-1", "9" * 30):
        client.post(page_of("risk-country", "CN"), {"points": points})
    assert CountryRisk.objects.get(country="CN").points == 3


def test_an_edition_by_the_pages(sign_in: SignIn, admin: User) -> None:
    client = sign_in(admin)
    form = {"code": "csr-2027", "title": "Form", "local_title": "问卷", "valid_months": "12"}
    made = client.post(page_of("questionnaire-copy", questionnaire().pk), form)
    draft = made.headers["Location"]
    assert "LAB-1" in client.get(draft).content.decode()
    client.post(f"{draft}publish/")
    assert questionnaire().code == "csr-2027"
    assert "Add a question" not in client.get(draft).content.decode()


def test_a_refused_review_keeps_the_notes_at_the_questions(
    sign_in: SignIn, csr_specialist: User, supplier_user: User, asked: Assessment
) -> None:
    hand_in(asked, supplier_user)
    sent = {"decision": "return", "note": "x" * 2001, "note-SAF-1": "Which permit?"}
    refused = sign_in(csr_specialist).post(page_of("assessment-review", asked.pk), sent)
    text = refused.content.decode()
    assert refused.status_code == 422
    assert sent["note"] in text
    field = text.split('name="note-SAF-1"')[1].split("</textarea>")[0]
    assert field.endswith(">Which permit?")


def test_nobody_watches_the_supplier_mend(
    sign_in: SignIn, csr_specialist: User, supplier_user: User, asked: Assessment
) -> None:
    hand_in(asked, supplier_user)
    ours = sign_in(csr_specialist)
    form, api = page_of("assessment-detail", asked.pk), f"/api/v1/assessments/{asked.pk}/"

    def seen() -> tuple[bool, bool]:
        by_page = "Being mended" in ours.get(form).content.decode()
        return by_page, "Being mended" in ours.get(api).content.decode()

    ours.post(page_of("assessment-review", asked.pk), {"decision": "return", "note": "Again"})
    mended = [AnswerInput("LAB-1", grade="no", comment="Being mended")]
    save_answers(supplier_user, asked.pk, mended)
    assert seen() == (False, False)
    assert ours.get(api).json()["answers"] is None
    submit_assessment(supplier_user, asked.pk)
    assert seen() == (True, True)


def test_what_was_half_mended_stays_unseen_when_it_is_taken_back(
    sign_in: SignIn, csr_specialist: User, supplier_user: User, asked: Assessment
) -> None:
    hand_in(asked, supplier_user)
    ours, api = sign_in(csr_specialist), f"/api/v1/assessments/{asked.pk}/"
    ours.post(page_of("assessment-review", asked.pk), {"decision": "return", "note": "Again"})
    ours.post(page_of("assessment-cancel", asked.pk))
    assert ours.get(api).json()["answers"] is None


def test_what_was_handed_in_is_seen_when_it_is_taken_back(
    sign_in: SignIn, csr_specialist: User, supplier_user: User, asked: Assessment
) -> None:
    hand_in(asked, supplier_user)
    ours = sign_in(csr_specialist)
    ours.post(page_of("assessment-cancel", asked.pk))
    assert len(ours.get(f"/api/v1/assessments/{asked.pk}/").json()["answers"]) == 40
