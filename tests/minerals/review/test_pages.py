"""Reviewing in the browser: decisions beside findings, questions out, answers on a phone, lists."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from core import clock
from minerals.enums import ClarificationState, ReviewState
from minerals.models import Clarification, Declaration
from minerals.rules.review import working_days_after
from suppliers.models import Supplier
from tests.factories.minerals import form, make_declaration
from tests.minerals.review.conftest import ask, decide, errors

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def staff(sign_in: SignIn, csr_specialist: User) -> Client:
    return sign_in(csr_specialist)


@pytest.fixture
def contact(sign_in: SignIn, supplier_user: User) -> Client:
    return sign_in(supplier_user)


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_decide_ask_send_answer_accept(
    staff: Client, contact: Client, wrong: Declaration, csr_specialist: User
) -> None:
    address = wrong.get_absolute_url()
    assert "Begin the review" in page(staff, address)
    for key in errors(wrong):
        data = {"key": key, "kind": "asked", "reason": "Do you use tin?"}
        answer = staff.post(f"{address}findings/", data, headers={"HX-Request": "true"})
        assert "To be asked" in answer.content.decode()
        assert 'hx-swap-oob="true"' in answer.content.decode(), "the strip above follows"
    send = page(staff, f"{address}questions/")
    assert "Do you use tin?" in send
    due_on = working_days_after(clock.today(), 10).isoformat()
    assert due_on in send
    sent = {"due_on": due_on, "owner": csr_specialist.pk, "message": "Hello"}
    assert staff.post(f"{address}questions/", sent).status_code == 302
    asked = Clarification.objects.get()
    assert asked.message == "Hello"

    own = page(contact, asked.get_absolute_url())
    first = asked.items.first()
    assert first is not None
    assert first.cell.split("!")[-1] in own
    assert "Your answer" in own
    assert asked.get_absolute_url() in page(contact, "/")
    assert asked.get_absolute_url() in page(contact, address)
    every = {f"answer-{item.position}": "We use none." for item in asked.items.all()}
    half = every | {f"answer-{first.position}": ""}
    refused = contact.post(f"{asked.get_absolute_url()}answer/", half)
    if len(every) > 1:
        assert "We use none." in refused.content.decode(), "what was typed stays"
    assert refused.status_code == 422
    assert contact.post(f"{asked.get_absolute_url()}answer/", every).status_code == 302
    assert "Thank you" in page(contact, asked.get_absolute_url())

    beside = page(staff, address)
    assert "We use none." in beside
    assert "Ask again" in beside
    decide(csr_specialist, wrong, errors(wrong), "waived", "They use none.")
    assert "Accept with exceptions" in page(staff, address)
    staff.post(f"{address}review/", {"step": "accept"})
    wrong.refresh_from_db()
    assert wrong.review == ReviewState.WITH_EXCEPTIONS
    assert "accepted with exceptions" in page(contact, address)
    assert "They use none." not in page(contact, address), "waivers are for our own people"


def test_a_corrected_file_on_the_page_of_the_questions(
    contact: Client, wrong: Declaration, csr_specialist: User
) -> None:
    asked = ask(csr_specialist, wrong, errors(wrong))
    file = SimpleUploadedFile("corrected.xlsx", form())
    answer = contact.post(f"{asked.get_absolute_url()}file/", {"files": file})
    assert answer.status_code == 302
    assert "/minerals/uploads/" in answer.headers["Location"]
    assert wrong.supplier is not None
    assert wrong.supplier.declarations.filter(file_name="corrected.xlsx").exists()
    nothing = contact.post(f"{asked.get_absolute_url()}file/", {})
    assert nothing.headers["Location"] == asked.get_absolute_url()


def test_a_refused_decision_says_why_and_keeps_the_words(staff: Client, wrong: Declaration) -> None:
    data = {"key": errors(wrong)[0], "kind": "accepted", "reason": "because"}
    answer = staff.post(
        f"{wrong.get_absolute_url()}findings/", data, headers={"HX-Request": "true"}
    )
    assert "HX-Trigger" in answer.headers
    assert not wrong.finding_decisions.exists()


def test_batch_names_the_clean_and_the_others_with_reasons(
    staff: Client, wrong: Declaration, other_supplier: Supplier
) -> None:
    clean = make_declaration(other_supplier)
    text = page(staff, f"/minerals/declarations/accept/?ids={clean.pk}&ids={wrong.pk}")
    assert "Golden Contact Ltd" in text
    assert "errors are neither corrected nor waived" in text
    everything = page(staff, "/minerals/declarations/accept/?all=1&review=not_begun")
    assert f'value="{clean.pk}"' in everything
    assert f'value="{wrong.pk}"' not in everything
    staff.post("/minerals/declarations/accept/", {"ids": [clean.pk]})
    clean.refresh_from_db()
    assert clean.review == ReviewState.ACCEPTED


def test_filters_by_review_are_for_our_own_people(
    staff: Client, contact: Client, wrong: Declaration, csr_specialist: User, supplier: Supplier
) -> None:
    other = make_declaration(supplier, family="EMRT")
    decide(csr_specialist, wrong, errors(wrong), "waived", "known")
    mine = f"/minerals/declarations/?review=under_review&reviewer={csr_specialist.pk}"
    listed = page(staff, mine)
    assert wrong.get_absolute_url() in listed
    assert other.get_absolute_url() not in listed
    assert other.get_absolute_url() in page(staff, "/minerals/declarations/?review=not_begun")
    own = page(contact, f"/minerals/declarations/?reviewer={csr_specialist.pk}&review=accepted")
    assert wrong.get_absolute_url() in own, "left out for him"


def test_the_list_of_questions_and_its_export(
    staff: Client,
    wrong: Declaration,
    csr_specialist: User,
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    asked = ask(csr_specialist, wrong, errors(wrong), "Do you use tin?")
    assert asked.get_absolute_url() in page(staff, "/minerals/clarifications/?state=open")
    assert asked.get_absolute_url() not in page(staff, "/minerals/clarifications/?overdue=yes")
    export = staff.get("/minerals/clarifications/export/?format=csv")
    text = b"".join(export.streaming_content).decode()  # type: ignore[attr-defined]
    assert "Do you use tin?" in text
    for close in ("close", "take-back"):
        staff.post(f"{asked.get_absolute_url()}{close}/")
    asked.refresh_from_db()
    assert asked.state == ClarificationState.CANCELLED


def test_queries_do_not_grow_with_the_findings(
    staff: Client,
    wrong: Declaration,
    csr_specialist: User,
    django_assert_num_queries: Callable[..., object],
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    decide(csr_specialist, wrong, errors(wrong), "waived", "known")
    with CaptureQueriesContext(connection) as few:
        page(staff, wrong.get_absolute_url())
    first = wrong.findings.first()
    assert first is not None
    for number in range(20):
        first.pk = None
        first.cell = f"Declaration!Z{number}"
        first.position = 100 + number
        first.save()
    with CaptureQueriesContext(connection) as many:
        page(staff, wrong.get_absolute_url())
    assert len(many) == len(few)


def test_a_smelter_row_says_whether_it_is_in_our_products(
    staff: Client, wrong: Declaration
) -> None:
    line = wrong.smelters.first()
    assert line is not None
    link = f"/minerals/smelter-rows/{line.pk}/link/"
    answer = staff.post(link, {"link": "excluded"}, headers={"HX-Request": "true"})
    assert "Not in our products" in answer.content.decode()
    assert "Not in our products" in page(staff, f"{wrong.get_absolute_url()}?tab=smelters")
