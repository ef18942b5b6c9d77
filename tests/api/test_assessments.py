"""Self-assessments and ratings from a program: same state and codes as page and workbook."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from core import clock
from suppliers.models import Assessment, Supplier
from tests.api.conftest import ApiFor
from tests.factories.assessments import answers_for, hand_in, make_assessment

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/assessments/"


@pytest.fixture
def asked(supplier: Supplier) -> Assessment:
    return make_assessment(supplier)


def test_the_whole_way_of_a_form(
    api_for: ApiFor, csr_specialist: User, supplier: Supplier, supplier_user: User
) -> None:
    ours, theirs = api_for(csr_specialist), api_for(supplier_user)
    due = (clock.today() + dt.timedelta(days=20)).isoformat()
    asked = ours.post(ADDRESS, {"suppliers": [supplier.pk], "due_on": due}, format="json")
    assert asked.status_code == 201
    key = asked.json()["sent"][0]["id"]
    form = f"{ADDRESS}{key}/"
    early = theirs.post(f"{form}submit/")
    assert (early.status_code, early.json()["error"]["code"]) == (409, "assessment_incomplete")
    answers = [
        {"code": one.code, "grade": one.grade, "text": one.text}
        for one in answers_for(Assessment.objects.get(pk=key), "partly")
    ]
    saved = theirs.patch(f"{form}answers/", {"answers": answers}, format="json")
    assert len(saved.json()["answers"]) == 40
    assert ours.get(form).json()["answers"] is None
    assert theirs.post(f"{form}submit/").json()["score"] is None
    assert (ours.get(form).json()["score"], len(ours.get(form).json()["answers"])) == (50.0, 40)
    done = ours.post(f"{form}review/", {"decision": "accept"}, format="json")
    assert done.json()["state"] == "accepted"
    assert theirs.get(form).json()["area_scores"]["labour"] == 50.0
    rating = ours.get(f"/api/v1/suppliers/{supplier.pk}/rating/").json()
    assert (rating["level"], rating["score"]) == ("D", "50.0")
    assert rating["unknown_parts"] == ["audit", "minerals", "findings"]
    parts = ours.get("/api/v1/rating-parts/", {"supplier": supplier.pk}).json()["results"]
    assert [part["source_ref"] for part in parts] == [f"suppliers.assessment:{key}"]


@pytest.mark.parametrize(
    ("answer", "status", "code"),
    [
        ({"code": "LAB-99", "grade": "yes"}, 404, "question_not_found"),
        ({"code": "LAB-1", "grade": "maybe"}, 400, "answer_grade_unknown"),
        ({"code": "LAB-6", "text": "many"}, 400, "answer_not_a_number"),
        ({"code": "NXT-6", "text": "x" * 10_000}, 400, "answer_too_long"),
        ({"grade": "yes"}, 400, "invalid_input"),
    ],
)
def test_refused_answers_carry_the_code_of_the_page(
    api_for: ApiFor,
    supplier_user: User,
    asked: Assessment,
    answer: dict[str, str],
    status: int,
    code: str,
) -> None:
    good = {"code": "LAB-2", "grade": "yes"}
    refused = api_for(supplier_user).patch(
        f"{ADDRESS}{asked.pk}/answers/", {"answers": [good, answer]}, format="json"
    )
    assert (refused.status_code, refused.json()["error"]["code"]) == (status, code)
    assert not asked.answers.exists()


def test_a_question_answered_twice_is_refused(
    api_for: ApiFor, supplier_user: User, asked: Assessment
) -> None:
    twice = {"answers": [{"code": "LAB-1", "grade": grade} for grade in ("yes", "no")]}
    refused = api_for(supplier_user).patch(f"{ADDRESS}{asked.pk}/answers/", twice, format="json")
    assert refused.json()["error"]["code"] == "question_twice"
    assert not asked.answers.exists()


def test_each_sees_the_own_forms_only(
    api_for: ApiFor,
    asked: Assessment,
    other_supplier: Supplier,
    supplier_user: User,
    other_supplier_user: User,
    auditor: User,
) -> None:
    foreign = make_assessment(other_supplier)
    for person, keys in (
        (supplier_user, {asked.pk}),
        (other_supplier_user, {foreign.pk}),
        (auditor, {asked.pk, foreign.pk}),
    ):
        client = api_for(person)
        listed = {row["id"] for row in client.get(ADDRESS).json()["results"]}
        found = {
            pk for pk in (asked.pk, foreign.pk) if client.get(f"{ADDRESS}{pk}/").status_code == 200
        }
        assert listed == found == keys


def test_the_score_is_hidden_from_the_supplier_until_accepted(
    api_for: ApiFor, asked: Assessment, supplier_user: User, auditor: User
) -> None:
    hand_in(asked, supplier_user)
    assert api_for(supplier_user).get(ADDRESS).json()["results"][0]["score"] is None
    assert api_for(auditor).get(ADDRESS).json()["results"][0]["score"] == 100.0


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "self_assessment"}, "rating_kind_from_form"),
        ({"score": "101"}, "rating_score_out_of_range"),
        ({"valid_until": None}, "rating_validity_missing"),
        ({"supplier": 10**17}, "supplier_not_found"),
    ],
)
def test_refused_results(
    api_for: ApiFor, csr_specialist: User, supplier: Supplier, changes: dict[str, object], code: str
) -> None:
    today = clock.today()
    data: dict[str, object] = {
        "supplier": supplier.pk,
        "kind": "audit",
        "score": "80",
        "dated_on": today.isoformat(),
        "valid_until": (today + dt.timedelta(days=100)).isoformat(),
    }
    client = api_for(csr_specialist)
    refused = client.post("/api/v1/rating-parts/", {**data, **changes}, format="json")
    assert refused.json()["error"]["code"] == code
    assert not supplier.rating_parts.exists()
    assert client.post("/api/v1/rating-parts/", data, format="json").status_code == 201


def test_questionnaires_with_their_questions(api_for: ApiFor, esg_reporter: User) -> None:
    (edition,) = api_for(esg_reporter).get("/api/v1/questionnaires/").json()["results"]
    assert (edition["code"], len(edition["questions"])) == ("csr-2026", 40)
