"""The supplier's side: the link, the file, its judgement, submitting, and what it can say."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core import clock
from core.models import Letter, Notification
from minerals.enums import DeclarationStatus
from minerals.models import Declaration
from suppliers.models import Supplier, SupplierContact
from surveys.models import AccessLink, Campaign, Participant, SurveyMessage
from surveys.services.links import token_of
from surveys.services.running import close_campaign
from tests.factories.minerals import form
from tests.factories.surveys import in_scope, part_of, running
from tests.surveys.answering import draft_of, judged, link_of_mail, stage_of, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def tin(db: None) -> Supplier:
    supplier = in_scope()
    Supplier.objects.filter(pk=supplier.pk).update(name="Bright Tin Co.", name_key="bright tin co")
    return supplier


@pytest.fixture
def survey(tin: Supplier, csr_specialist: User) -> Campaign:
    return running(csr_specialist)


def test_from_the_mail_to_a_submitted_answer(survey: Campaign, tin: Supplier) -> None:
    path = link_of_mail()
    guest = Client()
    page = guest.get(path)
    assert page.status_code == 200
    assert page["Referrer-Policy"] == "same-origin"
    assert page["Cache-Control"] == "no-store"
    assert stage_of(tin) == "asked"
    assert guest.post(f"{path}opened/").status_code == 204
    assert stage_of(tin) == "opened"

    answer = upload(guest, path, form(answers={("Q1", "Tin"): ""}))
    faulty = judged(draft_of(tin))
    assert answer["Location"] == f"{path}files/{faulty.pk}/"
    assert stage_of(tin) == "started"
    text = guest.get(answer["Location"]).content.decode()
    assert "Declaration!D" in text
    assert faulty.blocking_count

    refused = guest.post(f"{path}files/{faulty.pk}/submit/", follow=True)
    assert "Correct it, or say why" in refused.content.decode()
    assert draft_of(tin) == faulty

    assert guest.post(f"{path}files/{faulty.pk}/discard/").status_code == 302
    upload(guest, path, form())
    mended = judged(draft_of(tin))
    assert not mended.blocking_count
    assert not Declaration.objects.filter(supplier=tin).exists()
    assert guest.post(f"{path}files/{mended.pk}/submit/").status_code == 302
    assert Declaration.objects.get(supplier=tin).status == DeclarationStatus.STRUCTURALLY_VALID
    assert stage_of(tin) == "valid"


def test_with_an_explanation_a_faulty_file_can_be_submitted(
    survey: Campaign, tin: Supplier
) -> None:
    path = link_of_mail()
    upload(Client(), path, form(answers={("Q1", "Tin"): ""}))
    draft = judged(draft_of(tin))
    Client().post(f"{path}files/{draft.pk}/submit/", {"explanation": "Our smelter is silent."})
    assert stage_of(tin) == "submitted"
    assert part_of(tin).explanation == "Our smelter is silent."


def test_altered_revoked_and_foreign_links(survey: Campaign, tin: Supplier) -> None:
    path = link_of_mail()
    token = path.split("/")[2]
    for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), "x", f"{token}x"):
        assert Client().get(f"/answer/{wrong}/").status_code == 404
    other = in_scope()
    stranger = Declaration.everything.create(
        supplier=other, workbook=_workbook(), file_name="x", source="web", status="draft"
    )
    for verb, end in (
        ("get", ""),
        ("post", "submit/"),
        ("post", "discard/"),
        ("get", "correction/"),
    ):
        answer = getattr(Client(), verb)(f"{path}files/{stranger.pk}/{end}")
        assert answer.status_code == 404
    assert Declaration.everything.filter(pk=stranger.pk).exists()
    AccessLink.objects.update(revoked_at=clock.now())
    assert Client().get(path).status_code == 404


def _workbook() -> Any:
    from minerals.models import WorkbookFile

    return WorkbookFile.objects.create(sha256="f" * 64, size=1, kind="xlsx")


def test_an_expired_link_sends_a_new_one_to_its_own_address(
    survey: Campaign, tin: Supplier
) -> None:
    path = link_of_mail()
    with time_machine.travel(clock.now() + dt.timedelta(days=100), tick=False):
        answer = Client().get(path)
        assert answer.status_code == 410
        assert Client().post(f"{path}renew/").status_code == 200
        Client().post(f"{path}renew/")
        assert Letter.objects.filter(kind="survey.link").count() == 1
        fresh = link_of_mail()
        assert Client().get(fresh).status_code == 200
    assert mail.outbox[-1].to == mail.outbox[0].to


def test_what_a_supplier_can_say(survey: Campaign, tin: Supplier, csr_specialist: User) -> None:
    path = link_of_mail()
    guest = Client()
    assert guest.post(f"{path}say/question/", {"text": ""}).status_code == 422
    guest.post(f"{path}say/question/", {"text": "Which version?"})
    guest.post(f"{path}say/colleague/", {"name": "Li Wei", "email": "li@supplier.test"})
    guest.post(f"{path}say/decline/", {"text": "We sell software."})
    kinds = list(SurveyMessage.objects.values_list("kind", flat=True))
    assert kinds == ["question", "colleague", "declined"]
    assert stage_of(tin) == "declined"
    told = Notification.objects.filter(recipient=csr_specialist).values_list("kind", flat=True)
    assert {"survey.question", "survey.colleague", "survey.declined"} <= set(told)
    guest.post(f"{path}take-back/")
    assert stage_of(tin) == "asked"
    assert guest.get(f"{path}say/nonsense/").status_code == 404


def test_the_wrong_person_hears_no_more(survey: Campaign, tin: Supplier) -> None:
    path = link_of_mail()
    answer = Client().post(f"{path}say/wrong-person/", {"text": "Ask sales."})
    assert answer.status_code == 200
    assert Client().get(path).status_code == 404
    assert part_of(tin).contact is None


def test_a_closed_survey_takes_nothing(
    survey: Campaign, tin: Supplier, csr_specialist: User
) -> None:
    path = link_of_mail()
    close_campaign(csr_specialist, survey.pk)
    assert Client().get(path).status_code == 200
    answer = upload(Client(), path, form())
    assert answer.status_code == 302
    assert not Declaration.everything.filter(supplier=tin).exists()
    said = Client().post(f"{path}say/question/", {"text": "Still open?"})
    assert said.status_code == 422


def test_the_same_file_of_two_suppliers(survey: Campaign, tin: Supplier) -> None:
    other = in_scope()
    content = form()
    Participant.objects.create(
        campaign=survey, supplier=other, asked_on=clock.today(), due_on=survey.due_on
    ).forms.create(family="CMRT")
    path = link_of_mail()
    upload(Client(), path, content)
    contact = SupplierContact.objects.get(supplier=other)
    link = AccessLink.objects.create(
        participant=part_of(other), contact=contact, address=contact.email, nonce="n",
        expires_on=survey.due_on,
    )  # fmt: skip
    upload(Client(), f"/answer/{token_of(link)}/", content)
    assert Declaration.everything.filter(supplier=tin).count() == 1
    assert Declaration.everything.filter(supplier=other).count() == 1


def test_two_contacts_at_once_see_the_same_task(survey: Campaign, tin: Supplier) -> None:
    path = link_of_mail()
    second = SupplierContact.objects.create(supplier=tin, name="Second", email="two@supplier.test")
    link = AccessLink.objects.create(
        participant=part_of(tin), contact=second, address=second.email, nonce="n",
        expires_on=survey.due_on,
    )  # fmt: skip
    upload(Client(), path, form())
    draft = judged(draft_of(tin))
    other = f"/answer/{token_of(link)}/"
    assert Client().post(f"{other}files/{draft.pk}/submit/").status_code == 302
    again = Client().post(f"{path}files/{draft.pk}/submit/", follow=True)
    assert again.status_code == 404
    assert stage_of(tin) == "valid"


def test_signed_in_people_of_the_supplier(
    survey: Campaign, tin: Supplier, supplier_user: User, sign_in: Any
) -> None:
    own = reverse("surveys:own", args=[part_of(tin).pk])
    assert sign_in(supplier_user).get(own).status_code == 404
    SupplierContact.objects.filter(user=supplier_user).update(supplier=tin)
    assert sign_in(supplier_user).get(own).status_code == 200
    assert Client().get(own).status_code == 302


def test_broken_files_are_refused_with_words(survey: Campaign, tin: Supplier) -> None:
    path = link_of_mail()
    answer = Client()
    response = answer.post(
        f"{path}upload/", {"files": SimpleUploadedFile("a.xlsx", b"no workbook")}, follow=True
    )
    assert response.status_code == 200
    assert not Declaration.everything.exists()
    assert "toast" in response.content.decode() or "message" in response.content.decode()
