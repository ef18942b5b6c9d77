"""Evidence of answers and the workbook from a program: what the supplier does on the page."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from accounts.models import User
from suppliers.models import Assessment, EvidenceFile, Supplier
from tests.api.conftest import ApiFor
from tests.factories.assessments import fill, hand_in, make_assessment

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n"
ANSWER = 4


@pytest.fixture
def asked(supplier: Supplier) -> Assessment:
    return make_assessment(supplier)


def address(asked: Assessment, rest: str = "") -> str:
    return f"/api/v1/assessments/{asked.pk}/{rest}"


def attach(client: Any, asked: Assessment, code: str = "lab-1", content: bytes = PDF) -> Any:
    sent = {"evidence": SimpleUploadedFile("policy.pdf", content)}
    return client.post(address(asked, f"answers/{code}/evidence/"), sent, format="multipart")


def content_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_evidence_is_added_listed_fetched_and_taken_back(
    api_for: ApiFor, asked: Assessment, supplier_user: User, auditor: User
) -> None:
    client = api_for(supplier_user)
    made = attach(client, asked)
    assert (made.status_code, made.json()["name"], made.json()["kind"]) == (
        201, "policy.pdf", "pdf",
    )  # fmt: skip
    (answer,) = client.get(address(asked)).json()["answers"]
    assert (answer["code"], answer["evidence"]) == ("LAB-1", [made.json()])
    assert api_for(auditor).get(address(asked)).json()["answers"] is None
    key = made.json()["id"]
    assert content_of(client.get(f"/api/v1/evidence/{key}/")) == PDF
    assert client.delete(address(asked, f"evidence/{key}/")).status_code == 204
    again = client.delete(address(asked, f"evidence/{key}/"))
    assert (again.status_code, again.json()["error"]["code"]) == (404, "evidence_not_found")
    assert not EvidenceFile.objects.exists()


def test_our_people_see_the_evidence_of_a_form_handed_in(
    api_for: ApiFor, asked: Assessment, supplier_user: User, auditor: User
) -> None:
    attach(api_for(supplier_user), asked)
    hand_in(asked, supplier_user)
    answers = api_for(auditor).get(address(asked)).json()["answers"]
    assert [len(one["evidence"]) for one in answers] == [1] + [0] * 39
    late = attach(api_for(supplier_user), asked)
    assert (late.status_code, late.json()["error"]["code"]) == (409, "assessment_closed")


@pytest.mark.parametrize(
    ("code", "content", "status", "error"),
    [
        ("lab-99", PDF, 404, "question_not_found"),
        ("lab-1", b"a text", 400, "evidence_kind"),
        ("lab-1", b"", 400, "evidence_empty"),
    ],
)
def test_odd_evidence(
    code: str,
    content: bytes,
    status: int,
    error: str,
    api_for: ApiFor,
    asked: Assessment,
    supplier_user: User,
) -> None:
    answer = attach(api_for(supplier_user), asked, code, content)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, error)
    assert not EvidenceFile.objects.exists()
    nothing = api_for(supplier_user).post(address(asked, "answers/lab-1/evidence/"), {})
    assert nothing.status_code == 415
    empty = api_for(supplier_user).post(
        address(asked, "answers/lab-1/evidence/"), {"other": "x"}, format="multipart"
    )
    assert list(empty.json()["error"]["fields"]) == ["evidence"]


def filled(content: bytes, **answers: str) -> SimpleUploadedFile:
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    for row in range(5, sheet.max_row + 1):
        code = str(sheet.cell(row, 1).value).replace("-", "_")
        if code in answers:
            sheet.cell(row, ANSWER).value = answers[code]
    target = io.BytesIO()
    book.save(target)
    return SimpleUploadedFile("form.xlsx", target.getvalue())


def test_the_workbook_goes_round(
    api_for: ApiFor, asked: Assessment, supplier_user: User, supplier: Supplier
) -> None:
    fill(asked, supplier_user, "partly")
    client = api_for(supplier_user)
    fetched = client.get(address(asked, "workbook/"), headers={"Accept-Language": "zh-hans"})
    assert f"csr-2026-{supplier.code}.xlsx" in fetched.headers["Content-Disposition"]
    content = content_of(fetched)
    same = client.post(address(asked, "workbook/"), {"file": filled(content)}, format="multipart")
    assert (same.status_code, same.json()) == (200, {"saved": 0})
    changed = filled(content, LAB_1="是", LAB_2="不符合")
    done = client.post(address(asked, "workbook/"), {"file": changed}, format="multipart")
    assert done.json() == {"saved": 2}
    grades = dict(asked.answers.values_list("question__code", "grade"))
    assert (grades["LAB-1"], grades["LAB-2"], grades["LAB-3"]) == ("yes", "no", "partly")


def test_every_wrong_cell_is_told_and_nothing_is_saved(
    api_for: ApiFor, asked: Assessment, supplier_user: User
) -> None:
    client = api_for(supplier_user)
    content = content_of(client.get(address(asked, "workbook/")))
    wrong = filled(content, LAB_1="yes", LAB_2="perhaps", LAB_6="many")
    refused = client.post(address(asked, "workbook/"), {"file": wrong}, format="multipart")
    error = refused.json()["error"]
    assert (refused.status_code, error["code"]) == (400, "form_has_problems")
    assert error["message"].startswith("2 cells")
    assert list(error["fields"]) == ["D6", "D10"]
    assert not asked.answers.exists()


def test_a_workbook_of_another_form_is_refused(
    api_for: ApiFor,
    asked: Assessment,
    other_supplier: Supplier,
    supplier_user: User,
    other_supplier_user: User,
) -> None:
    foreign = make_assessment(other_supplier)
    theirs = content_of(api_for(other_supplier_user).get(address(foreign, "workbook/")))
    refused = api_for(supplier_user).post(
        address(asked, "workbook/"), {"file": filled(theirs)}, format="multipart"
    )
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "form_of_another")
